//! The canvas of the rasteriser: colour with coverage, and depth.

use super::colour::Rgb;

/// Pixels of light, premultiplied by coverage, and their depth (larger is nearer).
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) colour: Vec<[f32; 4]>,
    pub(super) depth: Vec<f32>,
}

impl Frame {
    /// An empty canvas.
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            colour: vec![[0.0; 4]; width * height],
            depth: vec![f32::NEG_INFINITY; width * height],
        }
    }

    /// Forgets depths: what is drawn next lies over everything before.
    pub(super) fn clear_depth(&mut self) {
        self.depth.fill(f32::NEG_INFINITY);
    }

    /// Puts what was drawn over a background with `1 / finer` of the width and height.
    pub(super) fn over(&self, background: &mut [Rgb], finer: usize) {
        let share = 1.0 / (finer * finer) as f32;
        let columns = self.width / finer;
        for (place, behind) in background.iter_mut().enumerate() {
            let corner = place / columns * finer * self.width + place % columns * finer;
            let mut sum = [0.0_f32; 4];
            for y in 0..finer {
                for pixel in &self.colour[corner + y * self.width..][..finer] {
                    for (total, part) in sum.iter_mut().zip(pixel) {
                        *total += part;
                    }
                }
            }
            let clear = 1.0 - sum[3] * share;
            for (light, drawn) in behind.iter_mut().zip(sum) {
                *light = *light * clear + drawn * share;
            }
        }
    }
}
