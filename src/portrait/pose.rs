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

#[cfg(test)]
mod tests {
    use super::super::maths::{V3, v3};
    use super::{Camera, Pose};
    use proptest::prelude::*;

    fn point() -> impl Strategy<Value = V3> {
        (-2.0..2.0_f32, -2.0..2.0_f32, -2.0..2.0_f32).prop_map(|(x, y, z)| v3(x, y, z))
    }

    fn length(p: V3) -> f32 {
        p.dot(p).sqrt()
    }

    proptest! {
        #[test]
        fn a_turned_head_keeps_its_shape(
            a in point(), b in point(), yaw in -60.0..60.0_f32, pitch in -45.0..45.0_f32, roll in -180.0..180.0_f32,
        ) {
            let pose = Pose::new(yaw, pitch, roll);
            let turned = length(pose.place(a) - pose.place(b));
            prop_assert!((turned - length(a - b)).abs() < 1e-5, "{turned}");
        }

        #[test]
        fn a_head_that_is_not_turned_stays(p in point()) {
            prop_assert!(length(Pose::new(0.0, 0.0, 0.0).place(p) - p) < 1e-6);
        }

        #[test]
        fn what_is_nearer_is_seen_larger(p in point(), nearer in 0.05..1.0_f32) {
            let camera = Camera { x: 100.0, y: 120.0, scale: 60.0 };
            let off = |p: V3| {
                let seen = camera.project(p);
                (seen.x - camera.x).abs() + (seen.y - camera.y).abs()
            };
            prop_assert!(off(v3(p.x, p.y, p.z + nearer)) >= off(p));
        }
    }
}
