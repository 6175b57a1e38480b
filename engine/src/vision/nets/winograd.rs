//! Convolutions of 3 × 3 with fewer products: Winograd's minimal filtering, F(2 × 2, 3 × 3).
//!
//! Four results need 16 products in place of 36. The input is cut into tiles of 4 × 4 that overlap by two, input and
//! filter are transformed, multiplied place by place, each as a small matrix product over channels, and transformed back.
//! See Lavin and Gray, *Fast Algorithms for Convolutional Neural Networks*, 2016. The transforms add and halve only, so
//! next to nothing of the accuracy is lost.

use pulp::{Arch, Simd, WithSimd};

use super::filter::Filter;
use super::kernel::{PANEL, Places, Step, Sweep};
use super::rows::Rows;
use super::tensor::Tensor;

/// Places of a tile.
const PLACES: usize = 16;
/// About so many tiles are computed together: what they need then stays in the first-level cache where it can.
const TOGETHER: usize = 24;

/// A convolution of 3 × 3 with its bias, whose results have the size of its input.
#[derive(Debug)]
pub(super) struct Winograd {
    /// Blocks of inputs.
    blocks: usize,
    /// For each place, panel and input a row.
    weights: Rows<PANEL>,
    bias: Rows<PANEL>,
}

impl Winograd {
    pub(super) fn new(filter: &Filter) -> Self {
        assert_eq!(filter.side, 3, "the filter's side");
        let mut weights = Rows::any(PLACES * filter.panels() * filter.inputs);
        let rows = weights.slice_mut();
        for panel in 0..filter.panels() {
            for input in 0..filter.inputs {
                let taps = std::array::from_fn(|y| std::array::from_fn(|x| filter.tap(panel, [y, x], input)));
                for (place, row) in transformed_filter(&taps).into_iter().enumerate() {
                    rows[(place * filter.panels() + panel) * filter.inputs + input] = row;
                }
            }
        }
        Self { blocks: filter.inputs / PANEL, weights, bias: filter.bias() }
    }

    /// Blocks of channels that it gives.
    pub(super) fn outputs(&self) -> usize {
        self.bias.slice().len()
    }

    /// The convolution with what is negative cleared.
    pub(super) fn run(&self, input: &Tensor) -> Tensor {
        let mut output = Tensor::unwritten(input.height(), input.width(), self.outputs());
        self.sweep(input, &mut output, false);
        output
    }

    /// Adds the convolution to what `output` holds and clears what is negative of that.
    pub(super) fn add(&self, input: &Tensor, output: &mut Tensor) {
        self.sweep(input, output, true);
    }

    fn sweep(&self, input: &Tensor, output: &mut Tensor, add: bool) {
        assert_eq!(input.blocks(), self.blocks, "channels that the filter takes");
        assert_eq!(output.blocks(), self.outputs(), "channels that the filter gives");
        assert_eq!((output.height(), output.width()), (input.height(), input.width()), "the same size");
        let (down, across) = (input.height().div_ceil(2), input.width().div_ceil(2));
        let rows = (TOGETHER / across).clamp(1, down);
        let room = |blocks: usize| Rows::any(PLACES * blocks * rows * across);
        let (inputs, products) = (room(self.blocks), room(self.outputs()));
        Arch::new().dispatch(Run {
            filter: self,
            input,
            output,
            add,
            tiles: [down, across],
            rows,
            inputs,
            products,
        });
    }
}

/// One convolution.
struct Run<'a> {
    filter: &'a Winograd,
    input: &'a Tensor,
    output: &'a mut Tensor,
    add: bool,
    /// Tiles, down and across.
    tiles: [usize; 2],
    /// Rows of tiles that are computed together.
    rows: usize,
    /// For each place, block and tile the transformed input.
    inputs: Rows<PANEL>,
    /// For each place, panel and tile the sum of the products.
    products: Rows<PANEL>,
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let (rows, [down, across]) = (self.rows, self.tiles);
        let panels = self.filter.outputs();
        let steps: Vec<Step> = (0..self.filter.blocks)
            .map(|block| Step { offset: block * rows * across, rows: block })
            .collect();
        let (one, nothing) = (vec![[1.0; PANEL]; panels], vec![[0.0; PANEL]; panels]);
        let mut top = 0;
        while top < down {
            let count = rows.min(down - top);
            let tiles = rows * across;
            for tile in 0..count * across {
                self.transform(simd, [top + tile / across, tile % across], tile, tiles);
            }
            let weights = self.filter.weights.slice().chunks_exact(panels * self.filter.blocks * PANEL);
            let inputs = self.inputs.slice().chunks_exact(self.filter.blocks * tiles);
            let products = self.products.slice_mut().chunks_exact_mut(panels * tiles);
            for ((weights, inputs), products) in weights.zip(inputs).zip(products) {
                let sweep = Sweep::<PANEL, PANEL> {
                    input: Places { pixels: inputs, first: 0, down: 0, across: 1, panel: 0 },
                    output: Places { pixels: products, first: 0, down: 0, across: 1, panel: tiles },
                    size: [1, count * across],
                    steps: &steps,
                    weights,
                    zero: 0.0,
                    scale: &one,
                    bias: &nothing,
                    add: false,
                    relu: false,
                };
                sweep.with_simd(simd);
            }
            for tile in 0..count * across {
                self.transform_back(simd, [top + tile / across, tile % across], tile, tiles);
            }
            top += count;
        }
    }
}

#[expect(clippy::inline_always, reason = "compiled for each kind of processor where they are inlined")]
impl Run<'_> {
    /// Transforms the input under one tile.
    #[expect(clippy::needless_range_loop, reason = "loops over constants, to be unrolled as they stand")]
    #[inline(always)]
    fn transform<S: Simd>(&mut self, simd: S, [down, across]: [usize; 2], tile: usize, tiles: usize) {
        let (pitch, blocks) = (self.input.pitch(), self.filter.blocks);
        for block in 0..blocks {
            let first = block * self.input.block() + 2 * down * pitch + 2 * across;
            let lines: [&[[f32; PANEL]]; 4] =
                std::array::from_fn(|y| &self.input.pixels()[first + y * pitch..][..4]);
            for v in 0..PANEL / S::F32_LANES {
                // Loops, not closures: a closure is compiled for every processor, without the vectors.
                let mut places = [[simd.splat_f32s(0.0); 4]; 4];
                for y in 0..4 {
                    for x in 0..4 {
                        places[y][x] = S::as_simd_f32s(&lines[y][x]).0[v];
                    }
                    places[y] = differences(simd, places[y]);
                }
                for x in 0..4 {
                    let column = differences(simd, [places[0][x], places[1][x], places[2][x], places[3][x]]);
                    for (y, value) in column.into_iter().enumerate() {
                        let place = ((4 * y + x) * blocks + block) * tiles + tile;
                        S::as_mut_simd_f32s(&mut self.inputs.slice_mut()[place]).0[v] = value;
                    }
                }
            }
        }
    }

    /// The results of one tile.
    #[expect(clippy::needless_range_loop, reason = "loops over constants, to be unrolled as they stand")]
    #[inline(always)]
    fn transform_back<S: Simd>(&mut self, simd: S, [down, across]: [usize; 2], tile: usize, tiles: usize) {
        let (panels, zero) = (self.filter.outputs(), simd.splat_f32s(0.0));
        let (height, width) = (self.output.height(), self.output.width());
        for panel in 0..panels {
            for v in 0..PANEL / S::F32_LANES {
                let mut lines = [[zero; 2]; 4];
                for (y, line) in lines.iter_mut().enumerate() {
                    let mut places = [zero; 4];
                    for (x, value) in places.iter_mut().enumerate() {
                        let place = ((4 * y + x) * panels + panel) * tiles + tile;
                        *value = S::as_simd_f32s(&self.products.slice()[place]).0[v];
                    }
                    *line = sums(simd, places);
                }
                let bias = S::as_simd_f32s(&self.filter.bias.slice()[panel]).0[v];
                for x in 0..2 {
                    let column = sums(simd, [lines[0][x], lines[1][x], lines[2][x], lines[3][x]]);
                    for (y, value) in column.into_iter().enumerate() {
                        let [y, x] = [2 * down + y, 2 * across + x];
                        if y >= height || x >= width {
                            continue;
                        }
                        let result = &mut S::as_mut_simd_f32s(&mut self.output.row_mut(panel, y)[x]).0[v];
                        let mut sum = simd.add_f32s(value, bias);
                        if self.add {
                            sum = simd.add_f32s(sum, *result);
                        }
                        *result = simd.max_f32s(sum, zero);
                    }
                }
            }
        }
    }
}

/// Four inputs in a line, transformed.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn differences<S: Simd>(simd: S, [a, b, c, d]: [S::f32s; 4]) -> [S::f32s; 4] {
    [simd.sub_f32s(a, c), simd.add_f32s(b, c), simd.sub_f32s(c, b), simd.sub_f32s(b, d)]
}

/// Two results of four products in a line.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn sums<S: Simd>(simd: S, [a, b, c, d]: [S::f32s; 4]) -> [S::f32s; 2] {
    [simd.add_f32s(a, simd.add_f32s(b, c)), simd.sub_f32s(simd.sub_f32s(b, c), d)]
}

/// The 16 places of a filter, each for all outputs of a panel.
fn transformed_filter(taps: &[[[f32; PANEL]; 3]; 3]) -> [[f32; PANEL]; PLACES] {
    let line = |[a, b, c]: [f64; 3]| [a, f64::midpoint(a + c, b), f64::midpoint(a + c, -b), c];
    let mut places = [[0.0; PANEL]; PLACES];
    for output in 0..PANEL {
        let rows = taps.map(|row| line(row.map(|tap| f64::from(tap[output]))));
        for x in 0..4 {
            for (y, value) in line([rows[0][x], rows[1][x], rows[2][x]]).into_iter().enumerate() {
                places[4 * y + x][output] = value as f32;
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::conv::Padding;
    use super::super::conv::tests::{assert_near, filter, input, plain};
    use super::*;

    #[test]
    fn fewer_products_give_the_same_results() {
        for (height, width, blocks) in [(8, 8, 1), (35, 5, 1), (7, 17, 2), (1, 1, 1), (2, 61, 1)] {
            let filter = filter(3, blocks * PANEL, 64);
            let (input, winograd) = (input(height, width, blocks), Winograd::new(&filter));
            let mut expected = plain(&filter, &input, 1, Padding::Same);
            let mut added = expected.clone();
            winograd.add(&input, &mut added);
            let positive = |value: &mut f32| *value = value.max(0.0);
            expected.pixels_mut().iter_mut().flatten().for_each(positive);
            assert_near(&winograd.run(&input), &expected);
            expected.pixels_mut().iter_mut().flatten().for_each(|value| *value *= 2.0);
            assert_near(&added, &expected);
        }
    }
}
