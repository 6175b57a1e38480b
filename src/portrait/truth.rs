//! What a picture really shows, for tests of those who look at it.

use lianpu_corpus::Sex;
use serde::Serialize;

use super::landmarks;
use super::look::sex_and_age;
use super::measured::{self, Head, Point};
use super::mouth::Shape;
use super::plan::Plan;
use super::recapture;
use super::scene::{Part, Scene};

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
            told(&head, scene, |p| {
                let (x, y) = recapture::moved(scene, p.x * enlarge, p.y * enlarge);
                Point { x, y }
            })
        })
        .collect()
}

/// What is seen of a head, by where the picture has what the camera sees.
fn told(head: &Head<'_>, scene: &Scene, picture: impl Fn(Point) -> Point) -> TrueFace {
    let (look, sitter) = (&head.look, head.sitter);
    let (sex, age) = sex_and_age(sitter.who);
    let mouth = Shape::new(look, sitter);
    let outline = head.outline(&picture);
    let at = |x: f32, y: f32| picture(head.at(x, y));
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
        nose: at(0.0, measured::tip_of_nose(look)),
        mouth: at(0.0, mouth.y + 0.5 * mouth.gap),
        chin: at(0.0, measured::chin(look)),
        landmarks: landmarks::all(look, sitter, |x, y| head.depth(x, y))
            .into_iter()
            .map(|p| picture(head.seen(p)))
            .map(|p| [p.x, p.y])
            .collect(),
        covered: sitter.cover.iter().map(|part: &Part| part.word()).collect(),
        material: (!sitter.cover.is_empty()).then(|| sitter.material.word()),
        visible: outline.inside(scene.pixels()),
        conditions: scene.conditions(),
    }
}
