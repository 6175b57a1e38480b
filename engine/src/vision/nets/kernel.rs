//! The inner loop of every convolution: sums of pixels times weights, a tile of results at a time.
//!
//! Knows indices of pixels only; what they mean is [`conv`](super::conv)'s affair. A tile is some neighbouring results with
//! one panel of [`PANEL`] output channels, and stays in registers until it is done. The processor's widest vectors are
//! used, found out when running.

use pulp::{Simd, WithSimd};

use super::packed::widened;
use super::panel::PANEL;

/// One convolution, as sums over steps: in each step a result sees `C` numbers of one input pixel.
///
/// `R` words hold `T` rows of weights, as [`Packed`](super::packed::Packed) has it.
pub(super) struct Sweep<'a, const C: usize, const R: usize, const T: usize> {
    pub(super) input: Places<&'a [[f32; C]]>,
    pub(super) output: Places<&'a mut [[f32; PANEL]]>,
    /// Results, down and across.
    pub(super) size: [usize; 2],
    pub(super) steps: &'a [Step],
    /// For each panel and each of its steps `C` rows of weights.
    pub(super) weights: &'a [[f32; R]],
    /// The packed number that means zero.
    pub(super) zero: f32,
    /// What sums are multiplied with, for each panel.
    pub(super) scale: &'a [[f32; PANEL]],
    /// For each panel.
    pub(super) bias: &'a [[f32; PANEL]],
    /// Whether the results are added to what the output holds.
    pub(super) add: bool,
    /// Whether negative results become zero.
    pub(super) relu: bool,
}

/// Where the pixels of results lie.
pub(super) struct Places<P> {
    pub(super) pixels: P,
    /// The pixel of the first result.
    pub(super) first: usize,
    /// Places from one row of results to the next.
    pub(super) down: usize,
    /// Places from one result to the next: 1 or 2 for inputs, 1 for outputs.
    pub(super) across: usize,
    /// Places from one panel to the next; of no meaning for inputs.
    pub(super) panel: usize,
}

/// A part of what a result is the sum of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// From the result's own pixel to the one seen.
    pub(super) offset: usize,
    /// Which `C` rows of a panel's weights it is multiplied with.
    pub(super) rows: usize,
}

impl<P> Places<P> {
    fn at(&self, y: usize, x: usize) -> usize {
        self.first + y * self.down + x * self.across
    }
}

impl<const C: usize, const R: usize, const T: usize> WithSimd for Sweep<'_, C, R, T> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // A tile of twelve results fills 24 of 32 registers of 16 numbers; one of three fills 12 of 16 registers of 8, too
        // many where weights are to be widened.
        let few = if R == PANEL { 3 } else { 2 };
        match (S::F32_LANES, self.input.across) {
            (16, 1) => self.run::<S, 2, 1>(simd, 12),
            (16, _) => self.run::<S, 2, 2>(simd, 12),
            (8, 1) => self.run::<S, 4, 1>(simd, few),
            (8, _) => self.run::<S, 4, 2>(simd, few),
            (4, 1) => self.run::<S, 8, 1>(simd, few),
            (4, _) => self.run::<S, 8, 2>(simd, few),
            (_, 1) => self.run::<S, PANEL, 1>(simd, 1),
            _ => self.run::<S, PANEL, 2>(simd, 1),
        }
    }
}

#[expect(clippy::inline_always, reason = "compiled for each kind of processor where they are inlined")]
impl<const C: usize, const R: usize, const T: usize> Sweep<'_, C, R, T> {
    /// All panels, with `V` vectors a panel and tiles of at most `most` results side by side.
    #[inline(always)]
    fn run<S: Simd, const V: usize, const ACROSS: usize>(mut self, simd: S, most: usize) {
        let [height, width] = self.size;
        let tiles = width.div_ceil(most);
        for panel in 0..self.bias.len() {
            let mut y = 0;
            while y < height {
                // Narrow pictures: more than one row at a time, so that weights are read less often.
                if most == 12 && width == 4 && height - y >= 3 {
                    self.tile::<S, V, ACROSS, 3, 4>(simd, panel, y, 0);
                    y += 3;
                    continue;
                }
                if most == 12 && width == 3 && height - y >= 3 {
                    self.tile::<S, V, ACROSS, 3, 3>(simd, panel, y, 0);
                    y += 3;
                    continue;
                }
                let mut x = 0;
                for tile in 0..tiles {
                    let count = (width - x).div_ceil(tiles - tile);
                    self.line::<S, V, ACROSS>(simd, panel, y, x, count, most);
                    x += count;
                }
                y += 1;
            }
        }
    }

    /// `count` results side by side.
    #[inline(always)]
    fn line<S: Simd, const V: usize, const ACROSS: usize>(
        &mut self,
        simd: S,
        panel: usize,
        y: usize,
        x: usize,
        count: usize,
        most: usize,
    ) {
        match count {
            1 => self.tile::<S, V, ACROSS, 1, 1>(simd, panel, y, x),
            2 if most > 1 => self.tile::<S, V, ACROSS, 1, 2>(simd, panel, y, x),
            3 if most > 1 => self.tile::<S, V, ACROSS, 1, 3>(simd, panel, y, x),
            4 if most > 3 => self.tile::<S, V, ACROSS, 1, 4>(simd, panel, y, x),
            5 if most > 3 => self.tile::<S, V, ACROSS, 1, 5>(simd, panel, y, x),
            6 if most > 3 => self.tile::<S, V, ACROSS, 1, 6>(simd, panel, y, x),
            7 if most > 3 => self.tile::<S, V, ACROSS, 1, 7>(simd, panel, y, x),
            8 if most > 3 => self.tile::<S, V, ACROSS, 1, 8>(simd, panel, y, x),
            9 if most > 3 => self.tile::<S, V, ACROSS, 1, 9>(simd, panel, y, x),
            10 if most > 3 => self.tile::<S, V, ACROSS, 1, 10>(simd, panel, y, x),
            11 if most > 3 => self.tile::<S, V, ACROSS, 1, 11>(simd, panel, y, x),
            12 if most > 3 => self.tile::<S, V, ACROSS, 1, 12>(simd, panel, y, x),
            _ => unreachable!("a tile of {count} results"),
        }
    }

    /// `DOWN` × `WIDE` results of one panel.
    #[expect(clippy::needless_range_loop, reason = "loops over constants, to be unrolled as they stand")]
    #[inline(always)]
    fn tile<S: Simd, const V: usize, const ACROSS: usize, const DOWN: usize, const WIDE: usize>(
        &mut self,
        simd: S,
        panel: usize,
        y: usize,
        x: usize,
    ) {
        let panels = self.bias.len();
        let rows = self.weights.len() / panels;
        let weights = &self.weights[panel * rows..][..rows];
        let sources: [&[[f32; C]]; DOWN] =
            std::array::from_fn(|down| &self.input.pixels[self.input.at(y + down, x)..]);
        let mut sums = [[[simd.splat_f32s(0.0); V]; WIDE]; DOWN];
        for step in self.steps {
            let weights = &weights[step.rows * C / T..][..C / T];
            let seen: [&[[f32; C]]; DOWN] =
                std::array::from_fn(|down| &sources[down][step.offset..][..=(WIDE - 1) * ACROSS]);
            for together in 0..C / T {
                for row in 0..T {
                    let weights = widened::<S, V, R, T>(simd, &weights[together], row, self.zero);
                    let channel = together * T + row;
                    for down in 0..DOWN {
                        for wide in 0..WIDE {
                            let value = simd.splat_f32s(seen[down][wide * ACROSS][channel]);
                            for v in 0..V {
                                let sum = &mut sums[down][wide][v];
                                *sum = simd.mul_add_e_f32s(weights[v], value, *sum);
                            }
                        }
                    }
                }
            }
        }
        let scale = widened::<S, V, PANEL, 1>(simd, &self.scale[panel], 0, 0.0);
        let bias = widened::<S, V, PANEL, 1>(simd, &self.bias[panel], 0, 0.0);
        let zero = simd.splat_f32s(0.0);
        for down in 0..DOWN {
            let start = panel * self.output.panel + self.output.at(y + down, x);
            let results = &mut self.output.pixels[start..][..WIDE];
            for wide in 0..WIDE {
                let (result, _) = S::as_mut_simd_f32s(&mut results[wide]);
                for v in 0..V {
                    let mut sum = simd.mul_add_e_f32s(sums[down][wide][v], scale[v], bias[v]);
                    if self.add {
                        sum = simd.add_f32s(sum, result[v]);
                    }
                    result[v] = if self.relu { simd.max_f32s(sum, zero) } else { sum };
                }
            }
        }
    }
}
