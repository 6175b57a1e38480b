//! Whether a face is a person's or drawn: flat tones between dark lines, or skin.

use super::align::Frame;
use super::weights::face_type::CARTOON;
use super::{Landmarks, Picture};

/// How many numbers are taken of a face.
pub const SIGNS: usize = 11;

/// Samples a side.
const SIDE: usize = 96;
/// Classes of brightness.
const TONES: usize = 32;

/// How likely the face is a cartoon, 0 a human's to 1 drawn.
pub fn cartoon(picture: &Picture, landmarks: &Landmarks) -> f32 {
    CARTOON.probability(&signs(picture, landmarks))
}

/// What is measured.
pub fn signs(picture: &Picture, landmarks: &Landmarks) -> Vec<f32> {
    let colours = sampled(picture, landmarks);
    let lumas: Vec<f32> =
        colours.iter().map(|[red, green, blue]| 0.299 * red + 0.587 * green + 0.114 * blue).collect();
    let plane = calmed(&lumas);
    let bright = (plane.iter().sum::<f32>() / plane.len() as f32).max(8.0);

    let mut steps: Vec<f32> = (0..plane.len() - SIDE - 1)
        .filter(|index| index % SIDE + 1 < SIDE)
        .map(|index| (plane[index + 1] - plane[index]).hypot(plane[index + SIDE] - plane[index]) / bright)
        .collect();
    steps.sort_by(f32::total_cmp);
    let step = |share: f32| steps[((steps.len() - 1) as f32 * share) as usize];

    let mut tones = [0.0_f32; TONES];
    for value in &plane {
        tones[((value / 256.0 * TONES as f32) as usize).min(TONES - 1)] += 1.0 / plane.len() as f32;
    }
    let disorder: f32 = tones.iter().filter(|share| **share > 0.0).map(|share| -share * share.ln()).sum();
    let dark = plane.iter().filter(|value| **value < 0.3 * bright).count() as f32 / plane.len() as f32;
    tones.sort_by(|a, b| b.total_cmp(a));

    let colourful: Vec<f32> = colours
        .iter()
        .zip(&lumas)
        .map(|([red, _, blue], luma)| (red - luma).hypot(blue - luma) / luma.max(8.0))
        .collect();
    let colour = colourful.iter().sum::<f32>() / colourful.len() as f32;
    vec![
        10.0 * step(0.2),
        10.0 * step(0.5),
        5.0 * step(0.8),
        2.0 * step(0.95),
        step(0.5) / step(0.95).max(1e-3),
        step(0.8) / step(0.95).max(1e-3),
        disorder / 3.5,
        tones[..3].iter().sum(),
        tones[..8].iter().sum(),
        4.0 * dark,
        2.0 * colour.min(0.5),
    ]
}

fn sampled(picture: &Picture, landmarks: &Landmarks) -> Vec<[f32; 3]> {
    let frame = Frame::new(landmarks);
    let at = |index: usize| (index as f32 + 0.5) / SIDE as f32;
    (0..SIDE * SIDE)
        .map(|index| frame.pixel(-1.1 + 2.2 * at(index % SIDE), -0.7 + 2.2 * at(index / SIDE)))
        .map(|place| picture.between(place.x, place.y))
        .collect()
}

/// Means of three by three, so that the noise of a sensor does not fill flat tones.
fn calmed(plane: &[f32]) -> Vec<f32> {
    let at = |x: usize, y: usize| plane[y.min(SIDE - 1) * SIDE + x.min(SIDE - 1)];
    (0..plane.len())
        .map(|index| (index % SIDE, index / SIDE))
        .map(|(x, y)| {
            let near =
                (0..9).map(|near| at((x + near % 3).saturating_sub(1), (y + near / 3).saturating_sub(1)));
            near.sum::<f32>() / 9.0
        })
        .collect()
}
