//! The canvas of the rasteriser: colour with coverage, and depth.

use super::colour::Rgb;

/// Samples of light, premultiplied by coverage, and their depth (larger is nearer).
///
/// A pixel has `finer` rows of samples, one sample a row, each further right than the one above: on the diagonal, so
/// that edges in every direction are softened by as many samples as there are rows.
pub(super) struct Frame {
    /// Samples in a row; pixels across.
    pub(super) width: usize,
    /// Rows of samples.
    pub(super) height: usize,
    /// Rows of samples in a pixel: 2 to this power, so that no division is needed.
    halvings: u32,
    pub(super) colour: Vec<[f32; 4]>,
    pub(super) depth: Vec<f32>,
}

impl Frame {
    /// An empty canvas for a picture of so many pixels.
    pub(super) fn new(width: usize, height: usize, finer: usize) -> Self {
        debug_assert!(finer.is_power_of_two());
        let samples = width * height * finer;
        Self {
            width,
            height: height * finer,
            halvings: finer.ilog2(),
            colour: vec![[0.0; 4]; samples],
            depth: vec![f32::NEG_INFINITY; samples],
        }
    }

    /// Forgets depths: what is drawn next lies over everything before.
    pub(super) fn clear_depth(&mut self) {
        self.depth.fill(f32::NEG_INFINITY);
    }

    /// Rows of samples in a pixel.
    pub(super) fn finer(&self) -> usize {
        1 << self.halvings
    }

    /// The sample of a row at or right of a place, which is counted in units of a pixel divided by `finer`.
    pub(super) fn sample(&self, row: usize, place: usize) -> usize {
        (place + self.last() - (row & self.last())) >> self.halvings
    }

    /// Where a sample of a row lies, in units of a pixel divided by `finer`.
    pub(super) fn place(&self, row: usize, sample: usize) -> f32 {
        ((sample << self.halvings) + (row & self.last())) as i32 as f32 + 0.5
    }

    fn last(&self) -> usize {
        self.finer() - 1
    }

    /// Puts what was drawn over a background.
    pub(super) fn over(&self, background: &mut [Rgb]) {
        let share = 1.0 / self.finer() as f32;
        for (row, pixels) in background.chunks_exact_mut(self.width).enumerate() {
            let samples = &self.colour[row * self.finer() * self.width..][..self.finer() * self.width];
            for (column, behind) in pixels.iter_mut().enumerate() {
                let mut sum = [0.0_f32; 4];
                for line in samples.chunks_exact(self.width) {
                    for (total, part) in sum.iter_mut().zip(line[column]) {
                        *total += part;
                    }
                }
                let clear = 1.0 - sum[3] * share;
                for (light, drawn) in behind.iter_mut().zip(sum) {
                    *light = *light * clear + drawn * share;
                }
            }
        }
    }
}

/// Depths alone, seen from somewhere (larger is nearer).
pub(super) struct Depths {
    pub(super) side: usize,
    pub(super) depth: Vec<f32>,
}

impl Depths {
    /// A square in which nothing stands.
    pub(super) fn new(side: usize) -> Self {
        Self { side, depth: vec![f32::NEG_INFINITY; side * side] }
    }
}
