//! Telling almost the same picture of a face from another one.
//!
//! A fingerprint is the face's box and a little around it, in grey, [`SIDE`] × [`SIDE`] bytes. Two are compared
//! by the correlation of their fine structure (each pixel less the mean around it), the second shifted and
//! resized a little in every way, because a box moves when a picture is cut or resized.

use super::picture::{Grey, luma};
use super::{Picture, Rect};

/// Pixels a side.
pub const SIDE: usize = 40;

/// The box is grown by this factor.
const GROWN: f32 = 1.25;
/// The part of the second fingerprint that is compared.
const INNER: usize = 24;
/// From this correlation on, two fingerprints show the same picture.
pub const SAME: f32 = 0.85;

/// The fingerprint of a box.
pub fn fingerprint(picture: &Picture, rect: &Rect) -> Vec<u8> {
    patch(picture, &rect.grown(GROWN), SIDE).luma
}

/// A square part of a picture in grey, resized to `side` × `side` by taking means.
pub fn patch(picture: &Picture, rect: &Rect, side: usize) -> Grey {
    let step = (rect.width / side as f32, rect.height / side as f32);
    let samples = (step.0.max(step.1).ceil() as usize).clamp(2, 8);
    let mut bytes = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let mut sum = 0.0;
            for index in 0..samples * samples {
                let part = |part: usize| (part as f32 + 0.5) / samples as f32;
                let across = (x as f32 + part(index % samples)) * step.0 + rect.x - 0.5;
                let down = (y as f32 + part(index / samples)) * step.1 + rect.y - 0.5;
                let colour = picture.between(across, down).map(|value| value as u8);
                sum += f32::from(luma(colour));
            }
            bytes.push((sum / (samples * samples) as f32).round() as u8);
        }
    }
    Grey { width: side, height: side, luma: bytes }
}

/// The best correlation of two fingerprints, -1 to 1; -1 for what is no fingerprint.
pub fn likeness(a: &[u8], b: &[u8]) -> f32 {
    if a.len() != SIDE * SIDE || b.len() != SIDE * SIDE {
        return -1.0;
    }
    let (a, b) = (fine(a), fine(b));
    let reference = window(&a, 0.0, 0.0, 1.0);
    let mut best = (-1.0, 0.0, 0.0, 1.0);
    let attempt = |x: f32, y: f32, scale: f32, best: &mut (f32, f32, f32, f32)| {
        let value = correlation(&reference, &window(&b, x, y, scale));
        if value > best.0 {
            *best = (value, x, y, scale);
        }
    };
    for scale in [0.88, 0.94, 1.0, 1.06, 1.13] {
        for y in -5..=5_i16 {
            for x in -5..=5_i16 {
                attempt(f32::from(x), f32::from(y), scale, &mut best);
            }
        }
    }
    for step in [0.5, 0.25, 0.12] {
        for _ in 0..2 {
            let (_, x, y, scale) = best;
            for (dx, dy, ds) in [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)] {
                for sign in [-step, step] {
                    attempt(x + dx * sign, y + dy * sign, scale + ds * sign * 0.05, &mut best);
                }
            }
        }
    }
    best.0
}

/// Each pixel less the mean of the square around it.
fn fine(bytes: &[u8]) -> Vec<f32> {
    const REACH: usize = 3;
    let at = |x: usize, y: usize| f32::from(bytes[y * SIDE + x]);
    let mut fine = Vec::with_capacity(bytes.len());
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (top, lower) = (y.saturating_sub(REACH), (y + REACH).min(SIDE - 1));
            let (left, right) = (x.saturating_sub(REACH), (x + REACH).min(SIDE - 1));
            let mut sum = 0.0;
            for row in top..=lower {
                for column in left..=right {
                    sum += at(column, row);
                }
            }
            fine.push(at(x, y) - sum / ((lower - top + 1) * (right - left + 1)) as f32);
        }
    }
    fine
}

/// The inner part, shifted by pixels and resized about its middle.
fn window(fine: &[f32], x: f32, y: f32, scale: f32) -> Vec<f32> {
    let middle = (SIDE as f32 - 1.0) / 2.0;
    let half = (INNER as f32 - 1.0) / 2.0;
    let last = SIDE as isize - 1;
    let at = |x: isize, y: isize| fine[y.clamp(0, last) as usize * SIDE + x.clamp(0, last) as usize];
    let mut window = Vec::with_capacity(INNER * INNER);
    for row in 0..INNER {
        for column in 0..INNER {
            let across = middle + x + (column as f32 - half) * scale;
            let down = middle + y + (row as f32 - half) * scale;
            let (left, top) = (across.floor(), down.floor());
            let (dx, dy) = (across - left, down - top);
            let (left, top) = (left as isize, top as isize);
            let upper = at(left, top) + (at(left + 1, top) - at(left, top)) * dx;
            let lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * dx;
            window.push(upper + (lower - upper) * dy);
        }
    }
    window
}

fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    let length = (aa * bb).sqrt();
    if length > 0.0 { ab / length } else { -1.0 }
}
