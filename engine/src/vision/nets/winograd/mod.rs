//! Convolutions of 3 × 3 with fewer products: Winograd's minimal filtering.
//!
//! F(2 × 2, 3 × 3) needs 16 products for four results in place of 36, F(4 × 4, 3 × 3) 36 for sixteen in place of 144. The
//! input is cut into tiles that overlap by two, input and filter are transformed, multiplied place by place, each as a
//! small matrix product over channels, and transformed back. See Lavin and Gray, *Fast Algorithms for Convolutional Neural
//! Networks*, 2016. Next to nothing of the accuracy is lost.

mod transform;

use pulp::{Arch, Simd, WithSimd};

use super::super::wide::wide;
use super::filter::Filter;
use super::kernel::{Places, Step, Sweep};
use super::packed::{Packed, WORDS};
use super::panel::PANEL;
use super::rows::Rows;
use super::tensor::Tensor;

/// About so many places of tiles are computed together: what they need then stays in the nearest caches.
const TOGETHER: usize = 400;

/// F(2 × 2, 3 × 3) has transformed weights of quarters of what the filter is of.
const QUARTERS: f32 = 4.0;

/// A convolution of 3 × 3 with its bias, whose results have the size of its input. Tiles of `SIDE` × `SIDE` inputs give
/// `OUT` × `OUT` results: 4 and 2, or 6 and 4. `R` says how it keeps its weights, as [`Packed`] does.
#[derive(Debug)]
pub(super) struct Winograd<const OUT: usize, const SIDE: usize, const R: usize = PANEL> {
    /// Blocks of inputs.
    blocks: usize,
    /// For each place, panel and input a row.
    weights: Packed<R>,
    bias: Rows<PANEL>,
}

impl<const OUT: usize, const SIDE: usize> Winograd<OUT, SIDE> {
    pub(super) fn new(filter: &Filter) -> Self {
        let weights = Packed::plain(transformed::<SIDE>(filter), filter.panels());
        Self { blocks: filter.inputs / PANEL, weights, bias: filter.bias() }
    }
}

impl Winograd<2, 4, WORDS> {
    /// With weights in 16 bits, if the filter was stored as bytes: quicker for many channels and few places.
    pub(super) fn of_bytes(filter: &Filter) -> Option<Self> {
        let (mut whole, units) = filter.whole()?;
        whole.values.iter_mut().for_each(|value| *value *= QUARTERS);
        let units: Vec<f32> = units.iter().map(|unit| unit / QUARTERS).collect();
        let weights = Packed::of(transformed::<4>(&whole).slice(), &units)?;
        Some(Self { blocks: filter.inputs / PANEL, weights, bias: filter.bias() })
    }
}

/// For each place, panel and input the transformed weights.
fn transformed<const SIDE: usize>(filter: &Filter) -> Rows<PANEL> {
    assert_eq!(filter.side, 3, "the filter's side");
    let mut weights = Rows::any(SIDE * SIDE * filter.panels() * filter.inputs);
    let rows = weights.slice_mut();
    wide(
        #[inline(always)]
        || {
            for panel in 0..filter.panels() {
                for input in 0..filter.inputs {
                    let tap = |y: usize, x: usize| filter.tap(panel, [y, x], input).map(f64::from);
                    let lines: [[[f64; PANEL]; SIDE]; 3] =
                        [0, 1, 2].map(|y| transform::taps([&tap(y, 0), &tap(y, 1), &tap(y, 2)]));
                    for x in 0..SIDE {
                        let column: [_; SIDE] = transform::taps(lines.each_ref().map(|line| &line[x]));
                        for (y, values) in column.into_iter().enumerate() {
                            let place = SIDE * y + x;
                            rows[(place * filter.panels() + panel) * filter.inputs + input] =
                                values.map(|value| value as f32);
                        }
                    }
                }
            }
        },
    );
    weights
}

impl<const OUT: usize, const SIDE: usize, const R: usize> Winograd<OUT, SIDE, R> {
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
        let tiles = [input.height(), input.width()].map(|size| size.div_ceil(OUT));
        let [down, across] = tiles;
        assert!(input.reaches([down, across].map(|tiles| tiles * OUT + 1)), "zeros under the last tiles");
        let rows = (TOGETHER / (SIDE * SIDE) / across).clamp(1, down);
        let room = |blocks: usize| Rows::any(SIDE * SIDE * blocks * rows * across);
        let (inputs, products) = (room(self.blocks), room(self.outputs()));
        Arch::new().dispatch(Run { filter: self, input, output, add, tiles, rows, inputs, products });
    }
}

/// One convolution.
struct Run<'a, const OUT: usize, const SIDE: usize, const R: usize> {
    filter: &'a Winograd<OUT, SIDE, R>,
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

impl<const OUT: usize, const SIDE: usize, const R: usize> WithSimd for Run<'_, OUT, SIDE, R> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let (rows, [down, across]) = (self.rows, self.tiles);
        let panels = self.filter.outputs();
        let steps: Vec<Step> = (0..self.filter.blocks)
            .map(|block| Step { offset: block * rows * across, rows: block })
            .collect();
        let nothing = vec![[0.0; PANEL]; panels];
        let mut top = 0;
        while top < down {
            let count = rows.min(down - top);
            let tiles = rows * across;
            for tile in 0..count * across {
                self.transform(simd, [top + tile / across, tile % across], tile, tiles);
            }
            let weights = &self.filter.weights;
            let of_places = weights.rows.slice().chunks_exact(panels * self.filter.blocks * PANEL);
            let inputs = self.inputs.slice().chunks_exact(self.filter.blocks * tiles);
            let products = self.products.slice_mut().chunks_exact_mut(panels * tiles);
            for ((rows, inputs), products) in of_places.zip(inputs).zip(products) {
                let sweep = Sweep::<PANEL, R, 1> {
                    input: Places { pixels: inputs, first: 0, down: 0, across: 1, panel: 0 },
                    output: Places { pixels: products, first: 0, down: 0, across: 1, panel: tiles },
                    size: [1, count * across],
                    steps: &steps,
                    weights: rows,
                    zero: weights.zero,
                    scale: weights.scale.slice(),
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
impl<const OUT: usize, const SIDE: usize, const R: usize> Run<'_, OUT, SIDE, R> {
    /// Transforms the input under one tile.
    #[expect(clippy::needless_range_loop, reason = "loops over constants, to be unrolled as they stand")]
    #[inline(always)]
    fn transform<S: Simd>(&mut self, simd: S, [down, across]: [usize; 2], tile: usize, tiles: usize) {
        let (pitch, blocks) = (self.input.pitch(), self.filter.blocks);
        for block in 0..blocks {
            let first = block * self.input.block() + OUT * down * pitch + OUT * across;
            let lines: [&[[f32; PANEL]]; SIDE] =
                std::array::from_fn(|y| &self.input.pixels()[first + y * pitch..][..SIDE]);
            for v in 0..PANEL / S::F32_LANES {
                // Loops, not closures: a closure is compiled for every processor, without the vectors.
                let mut places = [[simd.splat_f32s(0.0); SIDE]; SIDE];
                for y in 0..SIDE {
                    for x in 0..SIDE {
                        places[y][x] = S::as_simd_f32s(&lines[y][x]).0[v];
                    }
                    places[y] = transform::inputs(simd, places[y]);
                }
                for x in 0..SIDE {
                    let mut column = [simd.splat_f32s(0.0); SIDE];
                    for y in 0..SIDE {
                        column[y] = places[y][x];
                    }
                    for (y, value) in transform::inputs(simd, column).into_iter().enumerate() {
                        let place = ((SIDE * y + x) * blocks + block) * tiles + tile;
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
                let mut lines = [[zero; OUT]; SIDE];
                for (y, line) in lines.iter_mut().enumerate() {
                    let mut places = [zero; SIDE];
                    for (x, value) in places.iter_mut().enumerate() {
                        let place = ((SIDE * y + x) * panels + panel) * tiles + tile;
                        *value = S::as_simd_f32s(&self.products.slice()[place]).0[v];
                    }
                    *line = transform::results(simd, places);
                }
                let bias = S::as_simd_f32s(&self.filter.bias.slice()[panel]).0[v];
                for x in 0..OUT {
                    let mut column = [zero; SIDE];
                    for y in 0..SIDE {
                        column[y] = lines[y][x];
                    }
                    let column: [S::f32s; OUT] = transform::results(simd, column);
                    for (y, value) in column.into_iter().enumerate() {
                        let [y, x] = [OUT * down + y, OUT * across + x];
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

#[cfg(test)]
mod tests {
    use super::super::conv::Padding;
    use super::super::conv::tests::{assert_near, filter, filter_of_bytes, input, plain};
    use super::*;

    fn check<const OUT: usize, const SIDE: usize, const R: usize>(
        winograd: &Winograd<OUT, SIDE, R>,
        filter: &Filter,
        [height, width]: [usize; 2],
    ) {
        let input = input(height, width, filter.inputs / PANEL);
        let mut expected = plain(filter, &input, 1, Padding::Same);
        let mut added = expected.clone();
        winograd.add(&input, &mut added);
        let positive = |value: &mut f32| *value = value.max(0.0);
        expected.pixels_mut().iter_mut().flatten().for_each(positive);
        assert_near(&winograd.run(&input), &expected);
        expected.pixels_mut().iter_mut().flatten().for_each(|value| *value *= 2.0);
        assert_near(&added, &expected);
    }

    #[test]
    fn fewer_products_give_the_same_results() {
        for (size, blocks) in [([8, 8], 1), ([35, 5], 1), ([7, 17], 2), ([1, 1], 1), ([2, 61], 1)] {
            let filter = filter(3, blocks * PANEL, 64);
            check(&Winograd::<2, 4>::new(&filter), &filter, size);
        }
        for (size, blocks) in [([8, 8], 1), ([35, 4], 1), ([7, 19], 2), ([3, 3], 1), ([4, 63], 1)] {
            let filter = filter(3, blocks * PANEL, 64);
            check(&Winograd::<4, 6>::new(&filter), &filter, size);
        }
    }

    #[test]
    fn weights_in_16_bits_give_the_same_results() {
        let bytes = filter_of_bytes(3, 2 * PANEL, 64);
        let winograd = Winograd::of_bytes(&bytes).expect("made of bytes");
        for size in [[8, 8], [1, 1], [5, 14]] {
            check(&winograd, &bytes, size);
        }
        assert!(Winograd::of_bytes(&filter(3, PANEL, 64)).is_none(), "numbers of no unit");
    }

    #[test]
    #[should_panic(expected = "zeros under the last tiles")]
    fn pictures_that_large_tiles_reach_too_far_over_are_refused() {
        Winograd::<4, 6>::new(&filter(3, PANEL, 64)).run(&input(8, 9, 1));
    }
}
