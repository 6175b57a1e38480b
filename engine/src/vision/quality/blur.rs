//! How blurred a face is.
//!
//! Blurring once more takes much from a sharp picture and little from a blurred one. The face is sampled at a fixed
//! size, smoothed in four steps that double their reach, and the loss of gradient at each step tells the width of the
//! blur, whatever the contrast. The width is measured in distances between the eyes, so a picture that was only made
//! larger is as blurred as it was.

use super::super::align::Frame;
use super::super::weights::blur::BLUR;
use super::super::{Landmarks, Picture};

/// Samples a side.
const SIDE: usize = 96;
/// The side in distances between the eyes.
const WIDE: f32 = 2.0;
/// Steps of smoothing.
pub const STEPS: usize = 4;
/// The width of a blur (its sigma in distances between the eyes) that counts as 0.5.
pub const HALF: f32 = 0.036;

/// 0 for a sharp face to 1: with a width `w` of the blur `w / (w + HALF)`.
///
/// That makes 0.2, 0.6 and 0.8 widths of 0.9 %, 5.4 % and 14 % of the distance between the eyes.
pub fn blur(picture: &Picture, landmarks: &Landmarks) -> f32 {
    let signs = signs(picture, landmarks);
    let width =
        (terms(&signs).iter().zip(BLUR).map(|(a, b)| a * b).sum::<f32>().exp() - LEAST - GRAIN).max(0.0);
    width / (width + HALF)
}

/// The width that the lenses of eyes and the grain of skin seem to have in a face that is sharp.
const GRAIN: f32 = 0.0035;

/// Added to widths before the logarithm, so that no blur is a number too.
pub const LEAST: f32 = 0.006;

/// What the logarithm of the width is a weighted sum of.
pub fn terms(signs: &[f32; STEPS]) -> [f32; 11] {
    let [a, b, c, d] = *signs;
    [1.0, a, b, c, d, a * a, b * b, c * c, d * d, a * b, b * c]
}

/// The logarithms of how much gradient each step of smoothing leaves of the one before.
pub fn signs(picture: &Picture, landmarks: &Landmarks) -> [f32; STEPS] {
    let mut plane = sampled(picture, landmarks);
    let mut energy = gradient(&plane);
    std::array::from_fn(|step| {
        plane = smoothed(&plane, 1 << step);
        let left = gradient(&plane);
        let sign = (energy / left).ln();
        energy = left;
        sign
    })
}

fn sampled(picture: &Picture, landmarks: &Landmarks) -> Vec<f32> {
    let frame = Frame::new(landmarks);
    let step = WIDE / SIDE as f32;
    // Means of as many samples as pixels fall together, or the smaller copy would be rough.
    let samples = (step * frame.unit()).ceil().clamp(1.0, 4.0) as usize;
    let part = |part: usize| (part as f32 + 0.5) / samples as f32;
    let value = |x: usize, y: usize| {
        let sum: f32 = (0..samples * samples)
            .map(|index| {
                let across = (x as f32 + part(index % samples)) * step - WIDE / 2.0;
                let down = (y as f32 + part(index / samples)) * step - 0.3 * WIDE;
                let place = frame.pixel(across, down);
                let [red, green, blue] = picture.between(place.x, place.y);
                0.299 * red + 0.587 * green + 0.114 * blue
            })
            .sum();
        sum / (samples * samples) as f32
    };
    (0..SIDE * SIDE).map(|index| value(index % SIDE, index / SIDE)).collect()
}

/// The mean square of the differences between neighbours, never 0.
fn gradient(plane: &[f32]) -> f32 {
    let rows = plane.chunks_exact(SIDE);
    let across: f32 =
        rows.flat_map(|row| row.windows(2)).map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0])).sum();
    let down: f32 = plane.iter().zip(&plane[SIDE..]).map(|(a, b)| (b - a) * (b - a)).sum();
    (across + down) / plane.len() as f32 + 1e-3
}

/// Weights 1, 2, 1 across and down, `reach` apart.
fn smoothed(plane: &[f32], reach: usize) -> Vec<f32> {
    let line = |plane: &[f32], across: bool| -> Vec<f32> {
        let at = |x: usize, y: usize| plane[y * SIDE + x];
        let value = |index: usize| {
            let (x, y) = (index % SIDE, index / SIDE);
            let place = if across { x } else { y };
            let (before, after) = (place.saturating_sub(reach), (place + reach).min(SIDE - 1));
            let (before, after) =
                if across { (at(before, y), at(after, y)) } else { (at(x, before), at(x, after)) };
            0.25 * before + 0.5 * at(x, y) + 0.25 * after
        };
        (0..SIDE * SIDE).map(value).collect()
    };
    line(&line(plane, true), false)
}
