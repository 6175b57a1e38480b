//! What a picture really shows, for tests of those who look at it.

use lianpu_corpus::Sex;
use serde::Serialize;

use super::head;
use super::landmarks;
use super::look::{Look, sex_and_age};
use super::maths::{V3, v3};
use super::mouth::Shape;
use super::plan::Plan;
use super::pose::{Camera, Pose};
use super::recapture;
use super::scene::{Part, Scene, Sitter};
use super::surface::Surface;

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
    /// As drawn: `female` or `male`.
    pub sex: &'static str,
    /// Age in years, as drawn.
    pub age: f32,
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
    /// The 68 points in iBUG's order, each to the right and down; left and right as the viewer sees them. Points of the head: what is
    /// turned away from the viewer is told where it is behind the head, the jaw as it is seen from the front.
    pub landmarks: Vec<[f32; 2]>,
    /// The parts that are asked to be covered, by their words; how much of each is hidden says [`hiding`](super::hiding()).
    pub covered: Vec<&'static str>,
    /// What covers them, by its word; none when nothing does.
    pub material: Option<&'static str>,
    /// The share of the box that lies inside the picture, 0 to 1.
    pub visible: f32,
    /// How the picture was taken, where not as usual, as its line says it: `motion=8,30`, `recapture=print`.
    pub conditions: Vec<String>,
}

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
    fn inside(&self, (width, height): (u32, u32)) -> f32 {
        let kept = |from: f32, size: f32, end: u32| ((from + size).min(end as f32) - from.max(0.0)).max(0.0);
        kept(self.x, self.width, width) * kept(self.y, self.height, height)
            / (self.width * self.height).max(1e-9)
    }
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
            let head = Head::new(sitter, plan.camera(scene, index, 1.0));
            head.truth(scene, |p| {
                let (x, y) = recapture::moved(scene, p.x * enlarge, p.y * enlarge);
                Point { x, y }
            })
        })
        .collect()
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
struct Head<'a> {
    sitter: &'a Sitter,
    look: Look,
    face: Surface,
    pose: Pose,
    camera: Camera,
}

impl<'a> Head<'a> {
    fn new(sitter: &'a Sitter, camera: Camera) -> Self {
        let look = head::opened(&Look::of(sitter.who), sitter);
        let face = head::surface(&look, sitter, 0.75);
        Self { sitter, look, face, pose: Pose::new(sitter.yaw, sitter.pitch, sitter.roll), camera }
    }

    fn seen(&self, p: V3) -> Point {
        let seen = self.camera.project(self.pose.place(p));
        Point { x: seen.x, y: seen.y }
    }

    /// Where the point of the front at this place is seen.
    fn at(&self, x: f32, y: f32) -> Point {
        self.seen(v3(x, y, self.depth(x, y)))
    }

    /// How far the front stands out at this place.
    fn depth(&self, x: f32, y: f32) -> f32 {
        let off = |p: &V3| (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y);
        let front = self.face.at.iter().filter(|p| p.z > 0.0);
        front.min_by(|a, b| off(a).total_cmp(&off(b))).expect("a head has a front").z
    }

    fn outline(&self, picture: impl Fn(Point) -> Point) -> Rect {
        let face = self.face.at.iter().filter(|p| p.z > 0.1 && p.y > self.look.brow.y - 0.12);
        let outline: Vec<Point> = face.map(|p| picture(self.seen(*p))).collect();
        let span = |value: fn(&Point) -> f32| {
            let low = outline.iter().map(value).fold(f32::INFINITY, f32::min);
            (low, outline.iter().map(value).fold(f32::NEG_INFINITY, f32::max) - low)
        };
        let ((x, width), (y, height)) = (span(|p| p.x), span(|p| p.y));
        Rect { x, y, width, height }
    }

    fn truth(&self, scene: &Scene, picture: impl Fn(Point) -> Point) -> TrueFace {
        let (look, sitter) = (&self.look, self.sitter);
        let (sex, age) = sex_and_age(sitter.who);
        let mouth = Shape::new(look, sitter);
        let outline = self.outline(&picture);
        let at = |x: f32, y: f32| picture(self.at(x, y));
        TrueFace {
            x: outline.x,
            y: outline.y,
            width: outline.width,
            height: outline.height,
            sex: if sex == Sex::Female { "female" } else { "male" },
            age,
            yaw: sitter.yaw,
            pitch: sitter.pitch,
            roll: sitter.roll,
            left_eye: at(-look.eye.x, 0.0),
            right_eye: at(look.eye.x, 0.0),
            nose: at(0.0, tip_of_nose(look)),
            mouth: at(0.0, mouth.y + 0.5 * mouth.gap),
            chin: at(0.0, chin(look)),
            landmarks: landmarks::all(look, sitter, |x, y| self.depth(x, y))
                .into_iter()
                .map(|p| picture(self.seen(p)))
                .map(|p| [p.x, p.y])
                .collect(),
            covered: sitter.cover.iter().map(|part: &Part| part.word()).collect(),
            material: (!sitter.cover.is_empty()).then(|| sitter.material.word()),
            visible: outline.inside(scene.pixels()),
            conditions: scene.conditions(),
        }
    }
}
