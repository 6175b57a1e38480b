//! How far eyes and mouth are open, from the landmarks.

use super::super::{Landmarks, Point};

/// Height of an eye as a part of its width, closed and wide open, as the landmark net sees them.
const EYE: [f32; 2] = [0.16, 0.32];
/// Height of the gap between the lips as a part of the mouth's width, closed and wide open.
const MOUTH: [f32; 2] = [0.04, 0.25];

/// How far the eyes are open, 0 closed to 1, the one on the picture's left first.
pub fn eyes(landmarks: &Landmarks) -> [f32; 2] {
    [36, 42].map(|first| between(EYE, eye_height(landmarks, first)))
}

/// How far the mouth is open, 0 closed to 1.
pub fn mouth(landmarks: &Landmarks) -> f32 {
    between(MOUTH, mouth_height(landmarks))
}

/// Height over width of the eye that starts at a landmark, 36 or 42.
pub fn eye_height(landmarks: &Landmarks, first: usize) -> f32 {
    let apart = |a: usize, b: usize| distance(landmarks[first + a], landmarks[first + b]);
    f32::midpoint(apart(1, 5), apart(2, 4)) / apart(0, 3).max(f32::MIN_POSITIVE)
}

/// Height over width of the gap between the lips.
pub fn mouth_height(landmarks: &Landmarks) -> f32 {
    let apart = |a: usize, b: usize| distance(landmarks[a], landmarks[b]);
    (apart(61, 67) + apart(62, 66) + apart(63, 65)) / (3.0 * apart(48, 54)).max(f32::MIN_POSITIVE)
}

fn between([closed, open]: [f32; 2], height: f32) -> f32 {
    ((height - closed) / (open - closed)).clamp(0.0, 1.0)
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
