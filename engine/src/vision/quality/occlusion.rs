//! Which parts of a face are hidden.
//!
//! The face is sampled upright and at one size, wherever the mean head lies best over its landmarks: a patch that misleads
//! some of them moves it little. A small convolutional network looks at all of it at once, since what an eye ought to look
//! like depends on the other one, on the light and on the turn of the head. Dark lenses hide the eyes; clear ones, beards
//! and wrinkles hide nothing.
//!
//! Start with [`NET`]; what it is fitted on is in `engine/calibrate/src/occlusion.rs`.

use std::sync::LazyLock;

use super::super::convolution::{self, Convolutions, Layer};
use super::super::wide::wide;
use super::super::{Landmarks, Picture, pose};
use super::values::Occlusion;

pub use super::parts::PARTS;

/// Samples a side.
pub const SIDE: usize = 64;
/// The side in units of the face's frame ([`pose::frame`]).
pub const WIDE: f32 = 3.0;
/// How far the middle lies below the frame's origin.
pub const BELOW: f32 = 0.6;

/// The network: for each part, in the order of [`PARTS`], the logarithm of the odds that it is hidden.
pub const NET: Convolutions = Convolutions {
    side: SIDE,
    channels: 3,
    layers: &[
        Layer { kernel: 5, stride: 2, outputs: 12 },
        Layer { kernel: 3, stride: 2, outputs: 24 },
        Layer { kernel: 3, stride: 2, outputs: 32 },
        Layer { kernel: 3, stride: 1, outputs: 32 },
        Layer { kernel: 1, stride: 1, outputs: 12 },
    ],
    hidden: 40,
    outputs: 7,
};

/// Written by `cargo run --release -p lianpu-calibrate -- occlusion` and, on faces varied in more ways, `occlusion-further`.
static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| convolution::read(include_bytes!("../weights/occlusion.bin")));

/// How the face is looked at: so many samples further right and down, and whether in a mirror.
const LOOKS: [(isize, isize, bool); 4] = [(1, 1, false), (-1, -1, false), (1, -1, true), (-1, 1, true)];

/// The part on the other side.
const MIRROR: [usize; 7] = [1, 0, 2, 3, 5, 4, 6];

/// How likely each part is hidden.
pub(super) fn occlusion(picture: &Picture, landmarks: &Landmarks) -> Occlusion {
    let [left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour] =
        likely(&WEIGHTS, &sampled(picture, landmarks));
    Occlusion { left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour }
}

/// How likely each part of a sampled face is hidden, in the order of [`PARTS`].
///
/// The logarithms of the odds are the mean over several looks: what a mirror or the shift of a sample changes is
/// chance, and only what is seen each time is left.
pub fn likely(weights: &[f32], colours: &[[f32; 3]]) -> [f32; 7] {
    let input = levelled(colours);
    let mut odds = [0.0; 7];
    for look in LOOKS {
        let seen = NET.run(weights, &looked(&input, look));
        for (part, odds) in odds.iter_mut().enumerate() {
            *odds += seen[if look.2 { MIRROR[part] } else { part }];
        }
    }
    odds.map(|sum| 1.0 / (1.0 + (-sum / LOOKS.len() as f32).exp()))
}

/// What the network takes, shifted and mirrored; at the border its last samples are repeated.
fn looked(input: &[f32], (right, down, mirrored): (isize, isize, bool)) -> Vec<f32> {
    let inside = |place: isize| place.clamp(0, SIDE as isize - 1) as usize;
    let mut seen = Vec::with_capacity(input.len());
    for y in 0..SIDE as isize {
        for x in 0..SIDE as isize {
            let x = if mirrored { SIDE as isize - 1 - x } else { x };
            let from = NET.channels * (inside(y - down) * SIDE + inside(x - right));
            seen.extend_from_slice(&input[from..from + NET.channels]);
        }
    }
    seen
}

/// The colours of the face, [`SIDE`] × [`SIDE`], row by row.
pub fn sampled(picture: &Picture, landmarks: &Landmarks) -> Vec<[f32; 3]> {
    let frame = pose::frame(landmarks);
    let step = WIDE / SIDE as f32;
    // Means of as many pixels as fall together, or a large face would be rougher than a small one.
    let finer = (step * frame.unit()).ceil().clamp(1.0, 3.0) as usize;
    let at = |index: usize| (index as f32 + 0.5) * step / finer as f32 - WIDE / 2.0;
    let mut samples = Vec::with_capacity(SIDE * SIDE);
    wide(
        #[inline(always)]
        || {
            for index in 0..SIDE * SIDE {
                let (left, top) = (index % SIDE * finer, index / SIDE * finer);
                let mut sum = [0.0; 3];
                for part in 0..finer * finer {
                    let place = frame.pixel(at(left + part % finer), BELOW + at(top + part / finer));
                    let seen = picture.between(place.x, place.y);
                    sum.iter_mut().zip(seen).for_each(|(sum, seen)| *sum += seen);
                }
                samples.push(sum.map(|sum| sum / (finer * finer) as f32));
            }
        },
    );
    samples
}

/// What the network takes: brightness less the mean of the face in parts of how much it varies there, and two colours in
/// parts of the mean brightness.
pub fn levelled(colours: &[[f32; 3]]) -> Vec<f32> {
    let luma = |[red, green, blue]: &[f32; 3]| 0.299 * red + 0.587 * green + 0.114 * blue;
    let inner =
        || (SIDE / 5..SIDE - SIDE / 6).flat_map(|y| (SIDE / 4..SIDE - SIDE / 4).map(move |x| y * SIDE + x));
    let count = inner().count() as f32;
    let mean = inner().map(|index| luma(&colours[index])).sum::<f32>() / count;
    let squares: f32 = inner().map(|index| (luma(&colours[index]) - mean).powi(2)).sum();
    let spread = (squares / count).sqrt().max(6.0);
    colours
        .iter()
        .flat_map(|colour| {
            let own = luma(colour);
            let chroma = |value: f32| (3.0 * (value - own) / mean.max(8.0)).clamp(-2.0, 2.0);
            [((own - mean) / spread).clamp(-4.0, 4.0), chroma(colour[2]), chroma(colour[0])]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bright oval with a dark square over its left half, in an uneven light.
    fn half_hidden() -> Vec<[f32; 3]> {
        let colour = |index: usize| {
            let (x, y) = ((index % SIDE) as f32 - 31.5, (index / SIDE) as f32 - 31.5);
            let skin = if x * x / 400.0 + y * y / 700.0 < 1.0 { 180.0 } else { 90.0 };
            let light = skin + 0.8 * x + 0.3 * y;
            if (-24.0..-4.0).contains(&x) && y.abs() < 10.0 {
                [20.0, 25.0, 40.0]
            } else {
                [light, 0.8 * light, 0.7 * light]
            }
        };
        (0..SIDE * SIDE).map(colour).collect()
    }

    #[test]
    fn in_a_mirror_the_same_parts_of_the_other_side_are_hidden() {
        let face = half_hidden();
        let mirrored: Vec<[f32; 3]> =
            (0..SIDE * SIDE).map(|index| face[index / SIDE * SIDE + SIDE - 1 - index % SIDE]).collect();
        let (seen, other) = (likely(&WEIGHTS, &face), likely(&WEIGHTS, &mirrored));
        assert!(seen.iter().any(|likely| (0.001..0.999).contains(likely)), "nothing to tell apart: {seen:?}");
        for (part, seen) in seen.iter().enumerate() {
            assert!((seen - other[MIRROR[part]]).abs() < 1e-3, "{part}: {seen} and {other:?}");
        }
    }

    #[test]
    fn a_look_shifts_and_mirrors_and_repeats_the_border() {
        let input: Vec<f32> = (0..SIDE * SIDE * NET.channels).map(|index| index as f32).collect();
        let at = |seen: &[f32], x: usize, y: usize| seen[NET.channels * (y * SIDE + x)];
        let seen = looked(&input, (1, -1, false));
        assert_eq!((at(&seen, 5, 7), at(&seen, 0, SIDE - 1)), (at(&input, 4, 8), at(&input, 0, SIDE - 1)));
        let seen = looked(&input, (1, -1, true));
        assert_eq!((at(&seen, 5, 7), at(&seen, SIDE - 1, 0)), (at(&input, SIDE - 7, 8), at(&input, 0, 1)));
    }
}
