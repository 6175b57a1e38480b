//! What a picture really shows, for tests of those who look at it.

use serde::Serialize;

use super::finish::Plan;
use super::head;
use super::look::Look;
use super::maths::{V3, v3};
use super::mouth::Shape;
use super::pose::Pose;
use super::scene::{Part, Scene, Sitter};

/// A face as it was drawn, in pixels of the picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrueFace {
    /// Left edge of the box from the brows to the chin and from side to side.
    pub x: f32,
    /// Upper edge of the box.
    pub y: f32,
    /// Width of the box.
    pub width: f32,
    /// Height of the box.
    pub height: f32,
    /// Degrees; positive turns to the picture's right.
    pub yaw: f32,
    /// Degrees; positive looks up.
    pub pitch: f32,
    /// Degrees; positive turns clockwise.
    pub roll: f32,
    /// Centre of the eye on the picture's left (of an upright head).
    pub left_eye: Point,
    /// Centre of the eye on the picture's right (of an upright head).
    pub right_eye: Point,
    /// Tip of the nose.
    pub nose: Point,
    /// Middle of the mouth.
    pub mouth: Point,
    /// Lowest point of the chin.
    pub chin: Point,
    /// The parts that are covered, by their words.
    pub covered: Vec<&'static str>,
}

/// A point in pixels from the picture's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// The faces of a scene, in its order.
pub fn truth(scene: &Scene) -> Vec<TrueFace> {
    let plan = Plan::of(scene);
    let enlarge = scene.pixels().0 as f32 / plan.drawn.0 as f32;
    scene
        .faces
        .iter()
        .enumerate()
        .map(|(index, sitter)| {
            let camera = plan.camera(scene, index, 1.0);
            let pose = Pose::new(sitter.yaw, sitter.pitch, sitter.roll);
            true_face(sitter, |p| {
                let seen = camera.project(pose.place(p));
                Point { x: seen.x * enlarge, y: seen.y * enlarge }
            })
        })
        .collect()
}

fn true_face(sitter: &Sitter, seen: impl Fn(V3) -> Point) -> TrueFace {
    let look = head::opened(&Look::of(sitter.who), sitter);
    let face = head::surface(&look, sitter, 0.5);
    let at = |x: f32, y: f32| {
        let off = |p: &V3| (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y);
        let front = face.at.iter().filter(|p| p.z > 0.0);
        let near = front.min_by(|a, b| off(a).total_cmp(&off(b))).expect("a head has a front");
        seen(v3(x, y, near.z))
    };
    let outline: Vec<Point> =
        face.at.iter().filter(|p| p.z > 0.1 && p.y > look.brow.y - 0.12).map(|p| seen(*p)).collect();
    let span = |value: fn(&Point) -> f32| {
        let low = outline.iter().map(value).fold(f32::INFINITY, f32::min);
        (low, outline.iter().map(value).fold(f32::NEG_INFINITY, f32::max) - low)
    };
    let ((x, width), (y, height)) = (span(|p| p.x), span(|p| p.y));
    let mouth = Shape::new(&look, sitter);
    TrueFace {
        x,
        y,
        width,
        height,
        yaw: sitter.yaw,
        pitch: sitter.pitch,
        roll: sitter.roll,
        left_eye: at(-look.eye.x, 0.0),
        right_eye: at(look.eye.x, 0.0),
        nose: at(0.0, look.nose.long - 0.06),
        mouth: at(0.0, mouth.y + 0.5 * mouth.gap),
        chin: at(0.0, look.skull.chin - 0.06),
        covered: sitter.cover.iter().map(|part: &Part| part.word()).collect(),
    }
}
