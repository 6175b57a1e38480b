//! How a head is turned, and where its points land in the picture.

use super::maths::{V3, turn, v3};

/// A turned head: a rotation about a point inside it.
#[derive(Debug, Clone)]
pub(super) struct Pose {
    rows: [V3; 3],
    pivot: V3,
}

impl Pose {
    /// Angles in degrees with the signs of a [`super::Sitter`].
    pub(super) fn new(yaw: f32, pitch: f32, roll: f32) -> Self {
        let ((sy, cy), (sp, cp), (sr, cr)) = (turn(yaw), turn(pitch), turn(roll));
        let first = v3(cy, 0.0, sy);
        let second = v3(sy * sp, cp, -sp * cy);
        let third = v3(-sy * cp, sp, cp * cy);
        let rows = [first * cr + second * -sr, first * sr + second * cr, third];
        Self { rows, pivot: v3(0.0, 0.3, -0.25) }
    }

    /// Where a point of the head goes.
    pub(super) fn place(&self, p: V3) -> V3 {
        let p = p - self.pivot;
        v3(self.rows[0].dot(p), self.rows[1].dot(p), self.rows[2].dot(p)) + self.pivot
    }
}

/// An eye in front of the head, and the part of the picture it fills.
#[derive(Debug, Clone, Copy)]
pub(super) struct Camera {
    /// Where the point between the eyes of an unturned head lands, in pixels.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Pixels a unit.
    pub(super) scale: f32,
}

/// Units from the head to the camera.
const FAR: f32 = 11.0;

impl Camera {
    /// A height that is below the picture's lower edge at every depth of a body.
    pub(super) fn lowest(&self, edge: f32) -> f32 {
        1.15 * (edge - self.y).max(0.0) / self.scale
    }

    /// Pixel coordinates, and depth, larger nearer.
    pub(super) fn project(&self, p: V3) -> V3 {
        let nearer = FAR / (FAR - p.z + 0.7);
        v3(self.x + p.x * nearer * self.scale, self.y + p.y * nearer * self.scale, p.z)
    }
}
