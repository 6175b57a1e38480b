//! How far eyes and mouth are open.
//!
//! The landmark net draws closed eyes almost as it draws open ones, so the pixels decide: the iris and the white of an
//! eye, the dark between the lips or the teeth. The landmarks' own heights are one sign among them.

use super::super::weights::openness::{EYE, MOUTH};
use super::super::{Landmarks, Picture, Point};
use super::blur;
use super::parts;
use super::patch::Patch;

/// How many numbers are taken of an eye, or of a mouth.
pub const SIGNS: usize = 57;

/// How far the eyes are open, 0 closed to 1, the one on the picture's left first. Says nothing of eyes that are hidden.
pub fn eyes(picture: &Picture, landmarks: &Landmarks) -> [f32; 2] {
    eye_signs(picture, landmarks).map(|signs| EYE.probability(&signs))
}

/// How far the mouth is open, 0 closed to 1; a smile that shows teeth is not open by itself.
pub fn mouth(picture: &Picture, landmarks: &Landmarks) -> f32 {
    MOUTH.probability(&mouth_signs(picture, landmarks))
}

/// What is measured of both eyes.
pub fn eye_signs(picture: &Picture, landmarks: &Landmarks) -> [Vec<f32>; 2] {
    let regions = parts::regions(landmarks);
    let blur = blur::blur(picture, landmarks);
    [(0, 36), (1, 42)].map(|(part, first)| {
        let mut signs = pixels(&Patch::new(picture, &regions[part]));
        signs.extend([height(landmarks, first), 0.0, blur]);
        signs
    })
}

/// What is measured of the mouth.
pub fn mouth_signs(picture: &Picture, landmarks: &Landmarks) -> Vec<f32> {
    let mut signs = pixels(&Patch::new(picture, &parts::regions(landmarks)[3]));
    let apart = |a: usize, b: usize| distance(landmarks[a], landmarks[b]);
    let gap = (apart(61, 67) + apart(62, 66) + apart(63, 65)) / 3.0;
    let wide = apart(48, 54).max(f32::MIN_POSITIVE);
    signs.extend([gap / wide, apart(51, 57) / wide, blur::blur(picture, landmarks)]);
    signs
}

/// Brightness in 36 blocks against the brightest tenth of the part, colour in 9 against its mean.
fn pixels(patch: &Patch) -> Vec<f32> {
    let bright = patch.quantile(0.9).max(8.0);
    let mut signs: Vec<f32> = patch.blocks(6, 0).into_iter().map(|luma| luma / bright - 0.75).collect();
    for channel in [1, 2] {
        let mean = patch.mean(channel);
        signs.extend(patch.blocks(3, channel).into_iter().map(|value| 4.0 * (value - mean) / bright));
    }
    signs
}

/// Height over width of the eye that starts at a landmark, 36 or 42.
fn height(landmarks: &Landmarks, first: usize) -> f32 {
    let apart = |a: usize, b: usize| distance(landmarks[first + a], landmarks[first + b]);
    f32::midpoint(apart(1, 5), apart(2, 4)) / apart(0, 3).max(f32::MIN_POSITIVE)
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
