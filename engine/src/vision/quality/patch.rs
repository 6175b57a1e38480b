//! The pixels of a part of a face, turned upright and brought to one size.

use super::super::{Picture, Point};

/// Samples a side.
pub(in super::super) const SIDE: usize = 12;

/// A parallelogram in a picture: its middle, and from there half its width and half its height, in pixels.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Region {
    pub(in super::super) middle: Point,
    pub(in super::super) across: Point,
    pub(in super::super) down: Point,
}

/// Samples of a region: luma (0 to 255), blue and red chroma.
pub(in super::super) struct Patch(Vec<[f32; 3]>);

impl Patch {
    pub(in super::super) fn new(picture: &Picture, region: &Region) -> Self {
        let long = region.across.x.hypot(region.across.y).max(region.down.x.hypot(region.down.y));
        // Means of as many pixels as fall together, or a large face would be rougher than a small one.
        let finer = (2.0 * long / SIDE as f32).ceil().clamp(1.0, 3.0) as usize;
        let at = |index: usize| (2.0 * index as f32 + 1.0) / (SIDE * finer) as f32 - 1.0;
        let colour = |x: usize, y: usize| {
            let (u, v) = (at(x), at(y));
            picture.between(
                region.middle.x + u * region.across.x + v * region.down.x,
                region.middle.y + u * region.across.y + v * region.down.y,
            )
        };
        let sample = |index: usize| {
            let (left, top) = (index % SIDE * finer, index / SIDE * finer);
            let mut sum = [0.0; 3];
            for part in 0..finer * finer {
                let seen = colour(left + part % finer, top + part / finer);
                for (sum, seen) in sum.iter_mut().zip(seen) {
                    *sum += seen;
                }
            }
            let [red, green, blue] = sum.map(|sum| sum / (finer * finer) as f32);
            let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            [luma, 0.564 * (blue - luma), 0.713 * (red - luma)]
        };
        Self((0..SIDE * SIDE).map(sample).collect())
    }

    /// Means of one channel over `count` × `count` equal blocks, row by row; `count` divides [`SIDE`].
    pub(in super::super) fn blocks(&self, count: usize, channel: usize) -> Vec<f32> {
        let side = SIDE / count;
        let mut sums = vec![0.0; count * count];
        for (index, sample) in self.0.iter().enumerate() {
            sums[index / SIDE / side * count + index % SIDE / side] += sample[channel];
        }
        sums.iter().map(|sum| sum / (side * side) as f32).collect()
    }

    pub(in super::super) fn mean(&self, channel: usize) -> f32 {
        self.0.iter().map(|sample| sample[channel]).sum::<f32>() / self.0.len() as f32
    }

    /// The luma below which a share of the samples lies.
    pub(in super::super) fn quantile(&self, share: f32) -> f32 {
        let mut sorted: Vec<f32> = self.0.iter().map(|sample| sample[0]).collect();
        sorted.sort_by(f32::total_cmp);
        sorted[((sorted.len() - 1) as f32 * share) as usize]
    }
}
