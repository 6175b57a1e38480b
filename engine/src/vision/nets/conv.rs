//! Convolutions.
//!
//! [`Conv`] sums step by step what lies under the filter; [`Winograd`](super::winograd::Winograd) is quicker where a
//! filter of 3 × 3 sees many places.

use pulp::Arch;

use super::filter::Filter;
use super::kernel::{Places, Step, Sweep};
use super::packed::{Packed, WORDS};
use super::panel::PANEL;
use super::rows::Rows;
use super::tensor::Tensor;

/// What happens at the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// The filter stays inside.
    Valid,
    /// `ceil(size / stride)` results; the smaller half of the zeros lies before.
    Same,
}

/// A convolution with its bias, for inputs in blocks of `C` channels; `R` and `T` say how it keeps its weights, as
/// [`Packed`] does.
#[derive(Debug)]
pub(super) struct Conv<const C: usize = PANEL, const R: usize = PANEL, const T: usize = 1> {
    side: usize,
    /// Blocks of inputs.
    blocks: usize,
    /// For each panel, block and place under the filter `C` rows.
    weights: Packed<R, T>,
    bias: Rows<PANEL>,
}

impl<const C: usize> Conv<C> {
    pub(super) fn new(filter: &Filter) -> Self {
        Self {
            side: filter.side,
            blocks: filter.inputs / C,
            weights: Packed::plain(Rows::of(&rows::<C>(filter)), filter.panels()),
            bias: filter.bias(),
        }
    }
}

impl Conv<PANEL, WORDS, 2> {
    /// With weights as bytes, if the filter was stored so: quicker for many channels and few places.
    pub(super) fn of_bytes(filter: &Filter) -> Option<Self> {
        let (whole, units) = filter.whole()?;
        let weights = Packed::of(&rows::<PANEL>(&whole), units)?;
        Some(Self { side: filter.side, blocks: filter.inputs / PANEL, weights, bias: filter.bias() })
    }
}

/// For each panel, block and place under the filter `C` rows.
fn rows<const C: usize>(filter: &Filter) -> Vec<[f32; PANEL]> {
    let (side, blocks) = (filter.side, filter.inputs / C);
    assert_eq!(blocks * C, filter.inputs, "whole blocks of inputs");
    let mut rows = Vec::with_capacity(filter.values.len() / PANEL);
    for panel in 0..filter.panels() {
        for step in 0..blocks * side * side {
            let (block, place) = (step / (side * side), [step / side % side, step % side]);
            rows.extend((0..C).map(|input| filter.tap(panel, place, block * C + input)));
        }
    }
    rows
}

impl<const C: usize, const R: usize, const T: usize> Conv<C, R, T> {
    /// Blocks of channels that it gives.
    pub(super) fn outputs(&self) -> usize {
        self.bias.slice().len()
    }

    /// The convolution; negative results become zero where that is wanted.
    pub(super) fn run(&self, input: &Tensor<C>, stride: usize, padding: Padding, relu: bool) -> Tensor {
        let (height, _) = geometry(input.height(), self.side, stride, padding);
        let (width, _) = geometry(input.width(), self.side, stride, padding);
        let mut output = Tensor::unwritten(height, width, self.outputs());
        self.sweep(input, (stride, padding), &mut output, false, relu);
        output
    }

    /// Adds the convolution to what the upper left of `output` holds, then may clear what is negative of that.
    pub(super) fn add(
        &self,
        input: &Tensor<C>,
        (stride, padding): (usize, Padding),
        output: &mut Tensor,
        relu: bool,
    ) {
        self.sweep(input, (stride, padding), output, true, relu);
    }

    fn sweep(
        &self,
        input: &Tensor<C>,
        (stride, padding): (usize, Padding),
        output: &mut Tensor,
        add: bool,
        relu: bool,
    ) {
        assert_eq!(input.blocks(), self.blocks, "channels that the filter takes");
        assert_eq!(output.blocks(), self.outputs(), "channels that the filter gives");
        let (height, before_y) = geometry(input.height(), self.side, stride, padding);
        let (width, before_x) = geometry(input.width(), self.side, stride, padding);
        let steps = self.steps(input, [height, width], stride, [before_y, before_x]);
        let (pitch, panel) = (output.pitch(), output.block());
        Arch::new().dispatch(Sweep::<C, R, T> {
            input: Places {
                pixels: input.pixels(),
                first: (1 - before_y) * input.pitch() + 1 - before_x,
                down: stride * input.pitch(),
                across: stride,
                panel: 0,
            },
            output: Places { pixels: output.pixels_mut(), first: pitch + 1, down: pitch, across: 1, panel },
            size: [height, width],
            steps: &steps,
            weights: self.weights.rows.slice(),
            zero: self.weights.zero,
            scale: self.weights.scale.slice(),
            bias: self.bias.slice(),
            add,
            relu,
        });
    }

    /// The steps of a result: what lies under the filter, but for what is outside of the input everywhere.
    fn steps(&self, input: &Tensor<C>, results: [usize; 2], stride: usize, before: [usize; 2]) -> Vec<Step> {
        let sizes = [input.height(), input.width()];
        let seen = |axis: usize, tap: usize| {
            let last = (results[axis] - 1) * stride + tap;
            last >= before[axis] && tap < sizes[axis] + before[axis]
        };
        let mut steps = Vec::with_capacity(self.blocks * self.side * self.side);
        for block in 0..self.blocks {
            for (y, x) in (0..self.side).flat_map(|y| (0..self.side).map(move |x| (y, x))) {
                if seen(0, y) && seen(1, x) {
                    steps.push(Step {
                        offset: block * input.block() + y * input.pitch() + x,
                        rows: (block * self.side + y) * self.side + x,
                    });
                }
            }
        }
        steps
    }
}

/// How many results a side has, and how many zeros lie before the input: at most one.
pub(super) fn geometry(size: usize, window: usize, stride: usize, padding: Padding) -> (usize, usize) {
    match padding {
        Padding::Valid => ((size - window) / stride + 1, 0),
        Padding::Same => {
            let results = size.div_ceil(stride);
            (results, ((results - 1) * stride + window).saturating_sub(size) / 2)
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as f32 / 32_768.0 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    pub(in super::super) fn filter(side: usize, inputs: usize, outputs: usize) -> Filter {
        let values = numbers(side * side * inputs * outputs, 1);
        Filter { side, inputs, outputs, values, bias: numbers(outputs, 2), units: None }
    }

    pub(in super::super) fn input<const C: usize>(height: usize, width: usize, blocks: usize) -> Tensor<C> {
        let mut input = Tensor::zeros(height, width, blocks);
        for block in 0..blocks {
            for y in 0..height {
                let values = numbers(width * C, (block * height + y) as u32);
                input.row_mut(block, y).copy_from_slice(values.as_chunks().0);
            }
        }
        input
    }

    /// A convolution by its definition.
    pub(in super::super) fn plain<const C: usize>(
        filter: &Filter,
        input: &Tensor<C>,
        stride: usize,
        padding: Padding,
    ) -> Tensor {
        let (height, before_y) = geometry(input.height(), filter.side, stride, padding);
        let (width, before_x) = geometry(input.width(), filter.side, stride, padding);
        let mut output = Tensor::<PANEL>::zeros(height, width, filter.outputs / PANEL);
        let places = |side: usize| (0..side * side).map(move |place| (place / side, place % side));
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            for out in 0..filter.outputs {
                let mut sum = filter.bias[out];
                for (tap_y, tap_x) in places(filter.side) {
                    let from_y = (y * stride + tap_y) as isize - before_y as isize;
                    let from_x = (x * stride + tap_x) as isize - before_x as isize;
                    let inside = (0..input.height() as isize).contains(&from_y)
                        && (0..input.width() as isize).contains(&from_x);
                    for channel in 0..filter.inputs {
                        if inside {
                            let value = input.row(channel / C, from_y as usize)[from_x as usize][channel % C];
                            let tap = filter.tap(out / PANEL, [tap_y, tap_x], channel);
                            sum += value * tap[out % PANEL];
                        }
                    }
                }
                output.row_mut(out / PANEL, y)[x][out % PANEL] = sum;
            }
        }
        output
    }

    pub(in super::super) fn assert_near(found: &Tensor, expected: &Tensor) {
        assert_eq!((found.height(), found.width()), (expected.height(), expected.width()));
        let pairs = found.pixels().iter().flatten().zip(expected.pixels().iter().flatten());
        for (index, (found, expected)) in pairs.enumerate() {
            assert!((found - expected).abs() < 1e-3, "number {index} is {found}, should be {expected}");
        }
    }

    fn check<const C: usize>(side: usize, stride: usize, [height, width, blocks]: [usize; 3]) {
        for padding in [Padding::Valid, Padding::Same] {
            let fits = padding == Padding::Same || side <= height.min(width);
            if !fits || (side == 7 && padding == Padding::Same) {
                continue; // a border of 3 does not occur in the nets
            }
            let filter = filter(side, C * blocks, 64);
            let input = input::<C>(height, width, blocks);
            let plain = plain(&filter, &input, stride, padding);
            check_conv(&Conv::<C>::new(&filter), &input, (stride, padding), plain);
        }
    }

    fn check_conv<const C: usize, const R: usize, const T: usize>(
        conv: &Conv<C, R, T>,
        input: &Tensor<C>,
        (stride, padding): (usize, Padding),
        plain: Tensor,
    ) {
        assert_near(&conv.run(input, stride, padding, false), &plain);
        let mut both = plain.clone();
        conv.add(input, (stride, padding), &mut both, true);
        let mut expected = plain;
        let double = |value: &mut f32| *value = (2.0 * *value).max(0.0);
        expected.pixels_mut().iter_mut().flatten().for_each(double);
        assert_near(&both, &expected);
    }

    #[test]
    fn the_quick_convolution_is_the_plain_one() {
        for (side, stride, height, width) in [
            (3, 1, 7, 35),
            (3, 1, 4, 4),
            (3, 1, 3, 3),
            (3, 1, 2, 1),
            (3, 1, 1, 1),
            (3, 2, 8, 9),
            (1, 2, 6, 7),
            (1, 1, 5, 14),
        ] {
            check::<3>(side, stride, [height, width, 1]);
            check::<PANEL>(side, stride, [height, width, 2]);
        }
        check::<3>(7, 2, [23, 31, 1]);
    }

    #[test]
    fn weights_as_bytes_give_the_same_results() {
        for (stride, height, width) in [(1, 4, 4), (1, 3, 3), (1, 1, 1), (2, 8, 8), (1, 5, 14)] {
            let bytes = filter_of_bytes(3, 2 * PANEL, 64);
            let (input, border) = (input(height, width, 2), (stride, Padding::Same));
            let conv = Conv::of_bytes(&bytes).expect("made of bytes");
            check_conv(&conv, &input, border, plain(&bytes, &input, stride, Padding::Same));
        }
        assert!(Conv::of_bytes(&filter(3, PANEL, 64)).is_none(), "numbers of no unit");
    }

    /// A filter whose numbers are whole multiples of something else for each output.
    pub(in super::super) fn filter_of_bytes(side: usize, inputs: usize, outputs: usize) -> Filter {
        let units: Vec<f32> = numbers(outputs, 4).iter().map(|number| number * 0.01).collect();
        let whole =
            numbers(side * side * inputs * outputs, 1).into_iter().map(|number| (number * 127.0).round());
        let values = whole.zip(units.iter().cycle()).map(|(whole, unit)| whole * unit).collect();
        Filter { values, units: Some(units), ..filter(side, inputs, outputs) }
    }
}
