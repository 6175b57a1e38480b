//! A copy of the rows in one byte a number, for a scan that reads a quarter of the memory.
//!
//! A row is its codes times one step. What that rounds away is known exactly, so a scan of codes yields scores with
//! a bound of their error, and the search re-ranks in `f32` whatever the bound leaves open.

use super::rows::Rows;

/// Codes of rows, with their steps.
#[derive(Debug)]
pub(super) struct Codes {
    rows: Rows<i8>,
    steps: Vec<f32>,
    /// The length of the longest difference between a row and its codes.
    furthest: f32,
}

/// A probe in whole numbers, finer than rows because there is only one of it.
#[derive(Debug)]
pub(super) struct CodedProbe {
    pub(super) numbers: Vec<i16>,
    pub(super) step: f32,
    /// The length of the difference between the probe and its numbers.
    pub(super) rounded: f32,
}

impl Codes {
    pub(super) fn new(width: usize) -> Self {
        Self { rows: Rows::new(width), steps: Vec::new(), furthest: 0.0 }
    }

    pub(super) fn push(&mut self, row: &[f32]) {
        let (codes, step): (Vec<i8>, f32) = whole(row, 127.0, |code| code as i8);
        self.furthest =
            larger(self.furthest, distance(row, codes.iter().map(|code| f32::from(*code) * step)));
        self.rows.push(&codes);
        self.steps.push(step);
    }

    pub(super) fn rows(&self) -> &Rows<i8> {
        &self.rows
    }

    /// The step of each row.
    pub(super) fn steps(&self) -> &[f32] {
        &self.steps
    }

    /// By how much a product of a probe and a row can differ from that of their whole numbers.
    pub(super) fn error(&self, probe: &CodedProbe, probe_length: f32, longest_row: f32) -> f32 {
        probe.rounded * (longest_row + self.furthest) + probe_length * self.furthest
    }
}

impl CodedProbe {
    pub(super) fn new(probe: &[f32]) -> Self {
        // The sum of all products must fit 31 bits.
        let most = (f64::from(i32::MAX) / 128.0 / probe.len().max(1) as f64).min(f64::from(i16::MAX)).floor();
        let (numbers, step): (Vec<i16>, f32) = whole(probe, most as f32, |number| number as i16);
        let rounded = distance(probe, numbers.iter().map(|number| f32::from(*number) * step));
        Self { numbers, step, rounded }
    }
}

/// Numbers as whole multiples of a step, at most `most` of them.
fn whole<T>(values: &[f32], most: f32, narrow: impl Fn(f32) -> T) -> (Vec<T>, f32) {
    let largest = values.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let step = if largest > 0.0 { largest / most } else { 1.0 };
    (values.iter().map(|value| narrow((value / step).round().clamp(-most, most))).collect(), step)
}

/// A little more than the distance between two rows.
fn distance(a: &[f32], b: impl Iterator<Item = f32>) -> f32 {
    let squares: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum();
    squares.sqrt() as f32 * (1.0 + 1e-6)
}

/// The larger number; what is no number wins.
fn larger(a: f32, b: f32) -> f32 {
    if b > a || b.is_nan() { b } else { a }
}
