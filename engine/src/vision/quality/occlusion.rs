//! Which parts of a face are hidden.
//!
//! The face is sampled upright and at one size, wherever the mean head lies best over its landmarks: a patch that misleads
//! some of them moves it little. A small convolutional network looks at all of it at once, since what an eye ought to look
//! like depends on the other one, on the light and on the turn of the head. Dark lenses hide the eyes; clear ones, beards
//! and wrinkles hide nothing.
//!
//! Start with [`NET`]; what it is fitted on is in `examples/calibrate/occlusion.rs`.

use std::sync::LazyLock;

use super::super::convolution::{self, Convolutions, Layer};
use super::super::{Landmarks, Picture, pose};
use super::Occlusion;

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

/// Written by `cargo run --release --example calibrate -- occlusion`.
static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| convolution::read(include_bytes!("../weights/occlusion.bin")));

/// How likely each part is hidden.
pub(super) fn occlusion(picture: &Picture, landmarks: &Landmarks) -> Occlusion {
    let odds = NET.run(&WEIGHTS, &levelled(&sampled(picture, landmarks)));
    let [left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour] =
        std::array::from_fn(|part| 1.0 / (1.0 + (-odds[part]).exp()));
    Occlusion { left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour }
}

/// The colours of the face, [`SIDE`] × [`SIDE`], row by row.
pub fn sampled(picture: &Picture, landmarks: &Landmarks) -> Vec<[f32; 3]> {
    let frame = pose::frame(landmarks);
    let step = WIDE / SIDE as f32;
    // Means of as many pixels as fall together, or a large face would be rougher than a small one.
    let finer = (step * frame.unit()).ceil().clamp(1.0, 3.0) as usize;
    let at = |index: usize| (index as f32 + 0.5) * step / finer as f32 - WIDE / 2.0;
    let sample = |index: usize| {
        let (left, top) = (index % SIDE * finer, index / SIDE * finer);
        let mut sum = [0.0; 3];
        for part in 0..finer * finer {
            let place = frame.pixel(at(left + part % finer), BELOW + at(top + part / finer));
            let seen = picture.between(place.x, place.y);
            sum.iter_mut().zip(seen).for_each(|(sum, seen)| *sum += seen);
        }
        sum.map(|sum| sum / (finer * finer) as f32)
    };
    (0..SIDE * SIDE).map(sample).collect()
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
