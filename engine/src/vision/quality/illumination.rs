//! How bright a face is.

use super::super::align::Frame;
use super::super::picture::luma;
use super::super::{Landmarks, Picture};

/// Places looked at along each side of the face.
const SAMPLES: usize = 24;
/// The part of the darkest and of the brightest places that is left out: eyes, brows, glints.
const TRIMMED: f32 = 0.1;

/// The trimmed mean of the brightness from the brows to the mouth and from cheek to cheek, 0 to 255.
pub(super) fn illumination(picture: &Picture, landmarks: &Landmarks) -> f32 {
    let frame = Frame::new(landmarks);
    let at = |index: usize| (index as f32 + 0.5) / SAMPLES as f32;
    let mut values: Vec<u8> = (0..SAMPLES * SAMPLES)
        .map(|index| frame.pixel(-0.8 + 1.6 * at(index % SAMPLES), -0.35 + 1.5 * at(index / SAMPLES)))
        .map(|place| luma(picture.between(place.x, place.y).map(|value| value as u8)))
        .collect();
    values.sort_unstable();
    let cut = (values.len() as f32 * TRIMMED) as usize;
    let kept = &values[cut..values.len() - cut];
    kept.iter().map(|value| f32::from(*value)).sum::<f32>() / kept.len() as f32
}
