//! A head measured as it is posed: where the camera sees its points, and the box of its face.

use serde::Serialize;

use super::head;
use super::look::Look;
use super::maths::{V3, v3};
use super::pose::{Camera, Pose};
use super::scene::Sitter;
use super::surface::Surface;

/// A point in pixels from the picture's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A rectangle in pixels.
#[derive(Clone, Copy)]
pub(super) struct Rect {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Rect {
    /// The share of it that lies inside a picture.
    pub(super) fn inside(&self, (width, height): (u32, u32)) -> f32 {
        let kept = |from: f32, size: f32, end: u32| ((from + size).min(end as f32) - from.max(0.0)).max(0.0);
        kept(self.x, self.width, width) * kept(self.y, self.height, height)
            / (self.width * self.height).max(1e-9)
    }
}

/// The box of a face before this camera.
pub(super) fn box_of(sitter: &Sitter, camera: Camera) -> Rect {
    Head::new(sitter, camera).outline(|p| p)
}

/// The height of the tip of the nose.
pub(super) fn tip_of_nose(look: &Look) -> f32 {
    look.nose.long - 0.06
}

/// The height of the lowest point of the chin that is seen from the front.
pub(super) fn chin(look: &Look) -> f32 {
    look.skull.chin - 0.06
}

/// A head as posed, measured.
pub(super) struct Head<'a> {
    pub(super) sitter: &'a Sitter,
    pub(super) look: Look,
    face: Surface,
    pose: Pose,
    camera: Camera,
}

impl<'a> Head<'a> {
    pub(super) fn new(sitter: &'a Sitter, camera: Camera) -> Self {
        let look = head::opened(&Look::of(sitter.who), sitter);
        let face = head::surface(&look, sitter, 0.75);
        Self { sitter, look, face, pose: Pose::new(sitter.yaw, sitter.pitch, sitter.roll), camera }
    }

    /// Where a point of the head is seen.
    pub(super) fn seen(&self, p: V3) -> Point {
        let seen = self.camera.project(self.pose.place(p));
        Point { x: seen.x, y: seen.y }
    }

    /// Where the point of the front at this place is seen.
    pub(super) fn at(&self, x: f32, y: f32) -> Point {
        self.seen(v3(x, y, self.depth(x, y)))
    }

    /// How far the front stands out at this place.
    pub(super) fn depth(&self, x: f32, y: f32) -> f32 {
        let off = |p: &V3| (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y);
        let front = self.face.at.iter().filter(|p| p.z > 0.0);
        front.min_by(|a, b| off(a).total_cmp(&off(b))).expect("a head has a front").z
    }

    /// The box from the brows to the chin and from side to side.
    pub(super) fn outline(&self, picture: impl Fn(Point) -> Point) -> Rect {
        let face = self.face.at.iter().filter(|p| p.z > 0.1 && p.y > self.look.brow.y - 0.12);
        let outline: Vec<Point> = face.map(|p| picture(self.seen(*p))).collect();
        let span = |value: fn(&Point) -> f32| {
            let low = outline.iter().map(value).fold(f32::INFINITY, f32::min);
            (low, outline.iter().map(value).fold(f32::NEG_INFINITY, f32::max) - low)
        };
        let ((x, width), (y, height)) = (span(|p| p.x), span(|p| p.y));
        Rect { x, y, width, height }
    }
}
