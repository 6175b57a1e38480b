//! The canvas of the rasteriser: samples of colour with coverage and depth.

use super::colour::Rgb;

/// Samples of what is drawn.
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
    pub(super) samples: Vec<Sample>,
}

/// What is seen at a point. Colour and depth lie together: a triangle covers few samples in a row.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    /// Light, premultiplied by coverage, and coverage.
    pub(super) colour: [f32; 4],
    /// Larger is nearer.
    pub(super) depth: f32,
}

impl Sample {
    const EMPTY: Self = Self { colour: [0.0; 4], depth: f32::NEG_INFINITY };
}

impl Frame {
    /// An empty canvas for a picture of so many pixels.
    pub(super) fn new(width: usize, height: usize, finer: usize) -> Self {
        debug_assert!(finer.is_power_of_two());
        let samples = vec![Sample::EMPTY; width * height * finer];
        Self { width, height: height * finer, halvings: finer.ilog2(), samples }
    }

    /// Forgets depths: what is drawn next lies over everything before.
    pub(super) fn clear_depth(&mut self) {
        for sample in &mut self.samples {
            sample.depth = f32::NEG_INFINITY;
        }
    }

    /// Forgets what was drawn, and keeps how near it was.
    pub(super) fn clear_colours(&mut self) {
        for sample in &mut self.samples {
            sample.colour = Sample::EMPTY.colour;
        }
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

    /// The picture: what was drawn over `behind(column, row)`, which is asked for only where it is seen.
    pub(super) fn over(&self, mut behind: impl FnMut(usize, usize) -> Rgb) -> Vec<Rgb> {
        let share = 1.0 / self.finer() as f32;
        let mut picture = Vec::with_capacity(self.samples.len() / self.finer());
        for (row, samples) in self.samples.chunks_exact(self.finer() * self.width).enumerate() {
            for column in 0..self.width {
                let mut sum = [0.0_f32; 4];
                for line in samples.chunks_exact(self.width) {
                    for (total, part) in sum.iter_mut().zip(line[column].colour) {
                        *total += part;
                    }
                }
                let clear = 1.0 - sum[3] * share;
                let mut light = if clear > 0.0 { behind(column, row).map(|v| v * clear) } else { [0.0; 3] };
                for (light, drawn) in light.iter_mut().zip(sum) {
                    *light += drawn * share;
                }
                picture.push(light);
            }
        }
        picture
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

#[cfg(test)]
mod tests {
    use super::Frame;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn samples_of_a_row_lie_where_they_are_looked_for(finer in 0..2_u32, row in 0..8_usize, place in 0..60_usize) {
            let frame = Frame::new(40, 8, 1 << finer);
            let sample = frame.sample(row, place);
            prop_assert!(frame.place(row, sample) >= place as f32);
            prop_assert!(sample == 0 || frame.place(row, sample - 1) < place as f32);
        }
    }

    #[test]
    fn what_is_behind_shows_through_as_far_as_nothing_covers_it() {
        let mut frame = Frame::new(3, 1, 2);
        frame.samples[0].colour = [0.5, 0.25, 0.0, 1.0];
        frame.samples[3].colour = [0.5, 0.25, 0.0, 1.0];
        frame.samples[1].colour = [0.5, 0.25, 0.0, 1.0];
        let mut asked = Vec::new();
        let picture = frame.over(|column, row| {
            asked.push((column, row));
            [1.0, 1.0, 1.0]
        });
        assert_eq!(picture, [[0.5, 0.25, 0.0], [0.75, 0.625, 0.5], [1.0, 1.0, 1.0]]);
        assert_eq!(asked, [(1, 0), (2, 0)], "where all samples are covered nobody asks");
    }
}
