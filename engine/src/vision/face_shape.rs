//! The outline of a face: square, triangle, oval, heart or round.
//!
//! A classification by three proportions of the jaw's landmarks, as tailors of glasses and hair do it. Nobody measures
//! the shape of a face, so there is no truth to fit it to: the probabilities say how clearly the proportions lie with
//! one word, not how often others would choose it. Hair hides the forehead from the landmarks; it plays no part.

use super::weights::face_shape::USUAL;
use super::{Landmarks, Point, Pose};

/// The word for an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaceShape {
    /// A wide jaw with a wide chin.
    Square,
    /// A jaw that narrows to a pointed chin.
    Triangle,
    /// Longer than wide.
    Oval,
    /// A narrow jaw below wide cheeks.
    Heart,
    /// As wide as long, with a rounded chin.
    Round,
}

/// The words, and where they lie: how many spreads off the usual length, jaw and chin of drawn people.
const WORDS: [(FaceShape, [f32; 3]); 5] = [
    (FaceShape::Square, [-0.2, 1.0, 1.0]),
    (FaceShape::Triangle, [0.3, -0.5, -1.2]),
    (FaceShape::Oval, [0.9, 0.1, 0.0]),
    (FaceShape::Heart, [-0.3, -1.1, 0.1]),
    (FaceShape::Round, [-1.1, 0.2, -0.1]),
];

/// The likeliest word and how likely it is, 0.2 to 1.
pub fn face_shape(landmarks: &Landmarks, pose: Pose) -> (FaceShape, f32) {
    let measured = proportions(landmarks, pose);
    let off: [f32; 3] = std::array::from_fn(|index| {
        let (usual, spread) = USUAL[index];
        ((measured[index] - usual) / spread).clamp(-3.0, 3.0)
    });
    let weights = WORDS.map(|(word, place)| {
        let far: f32 = off.iter().zip(place).map(|(off, place)| (off - place).powi(2)).sum();
        (word, (-0.5 * far).exp())
    });
    let all: f32 = weights.iter().map(|(_, weight)| weight).sum();
    let [first, rest @ ..] = weights;
    let (word, weight) =
        rest.into_iter().fold(first, |best, other| if other.1 > best.1 { other } else { best });
    (word, if all > 0.0 { weight / all } else { 0.2 })
}

/// Length from the root of the nose to the chin, width of the jaw, width of the chin, over the width at the cheeks,
/// as they would be seen from the front.
pub fn proportions(landmarks: &Landmarks, pose: Pose) -> [f32; 3] {
    let apart = |a: usize, b: usize| distance(landmarks[a], landmarks[b]);
    let across = pose.yaw.to_radians().cos().max(0.5);
    let down = pose.pitch.to_radians().cos().max(0.5);
    let width = (apart(1, 15) / across).max(f32::MIN_POSITIVE);
    [apart(27, 8) / down / width, apart(4, 12) / across / width, apart(6, 10) / across / width]
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
