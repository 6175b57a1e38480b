//! Convolutions and pools.
//!
//! A convolution gathers the patches under the filter into rows (im2col), a few rows of the result at a time,
//! and multiplies them with the filter, which lies in memory as the right-hand matrix already.

use std::cell::RefCell;

use super::super::models::ModelError;
use super::tensor::Tensor;
use super::weights::Weights;

/// Gathered numbers at a time: about what the second-level cache holds.
const GATHERED: usize = 262_144;

thread_local! {
    /// Patches, gathered anew for every few rows; kept, because fresh memory has to be cleared by the system first.
    static GATHERED_PATCHES: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// What happens at the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// The filter stays inside.
    Valid,
    /// `ceil(size / stride)` results; the smaller half of the zeros lies before.
    Same,
}

/// A convolution with its bias.
#[derive(Debug)]
pub(super) struct Conv {
    side: usize,
    inputs: usize,
    outputs: usize,
    filter: Vec<f32>, // side × side × inputs × outputs
    bias: Vec<f32>,
}

/// A 3 × 3 filter for each channel, then a 1 × 1 convolution.
#[derive(Debug)]
pub(super) struct Separable {
    depthwise: Vec<f32>, // 3 × 3 × channels
    pointwise: Conv,
}

impl Conv {
    pub(super) fn read(
        weights: &mut Weights,
        filter: &str,
        bias: &str,
        [side, inputs, outputs]: [usize; 3],
    ) -> Result<Self, ModelError> {
        let filter = weights.take(filter, [side, side, inputs, outputs])?;
        let bias = weights.take(bias, [outputs])?;
        Ok(Self { side, inputs, outputs, filter, bias })
    }

    /// Multiplies each output by `scale` and adds `shift`: folded into the filter once.
    #[must_use]
    pub(super) fn scaled(mut self, scale: &[f32], shift: &[f32]) -> Self {
        for row in self.filter.chunks_exact_mut(self.outputs) {
            for (value, scale) in row.iter_mut().zip(scale) {
                *value *= scale;
            }
        }
        for ((value, scale), shift) in self.bias.iter_mut().zip(scale).zip(shift) {
            *value = *value * scale + shift;
        }
        self
    }

    pub(super) fn run(&self, input: &Tensor, stride: usize, padding: Padding) -> Tensor {
        assert_eq!(input.channels, self.inputs, "channels that the filter takes");
        let (height, before_y) = geometry(input.height, self.side, stride, padding);
        let (width, before_x) = geometry(input.width, self.side, stride, padding);
        let values = self.bias.repeat(height * width);
        let mut output = Tensor { height, width, channels: self.outputs, values };
        if self.side == 1 && stride == 1 {
            multiply(&input.values, &self.filter, self.inputs, &mut output.values, self.outputs);
            return output;
        }
        let patch = self.side * self.side * self.inputs;
        let rows = (GATHERED / (patch * width)).clamp(1, height);
        GATHERED_PATCHES.with_borrow_mut(|gathered| {
            gathered.resize(gathered.len().max(rows * width * patch), 0.0);
            self.multiply_patches(input, (stride, before_y, before_x), rows, gathered, &mut output);
        });
        output
    }

    /// Adds the products of patches and filter to the output, so many of its rows at a time.
    fn multiply_patches(
        &self,
        input: &Tensor,
        (stride, before_y, before_x): (usize, usize, usize),
        rows: usize,
        gathered: &mut [f32],
        output: &mut Tensor,
    ) {
        let width = output.width;
        let patch = self.side * self.side * self.inputs;
        for (index, result) in output.values.chunks_mut(rows * width * self.outputs).enumerate() {
            let patches = result.len() / self.outputs;
            for (place, patch) in gathered.chunks_exact_mut(patch).take(patches).enumerate() {
                let y = (index * rows + place / width) * stride;
                let x = (place % width) * stride;
                self.gather(input, y as isize - before_y as isize, x as isize - before_x as isize, patch);
            }
            multiply(&gathered[..patches * patch], &self.filter, patch, result, self.outputs);
        }
    }

    /// Copies what lies under the filter at (y, x), zeros outside of the input.
    fn gather(&self, input: &Tensor, y: isize, x: isize, patch: &mut [f32]) {
        let channels = self.inputs;
        let side = self.side as isize;
        let left = (-x).clamp(0, side);
        let right = (input.width as isize - x).clamp(left, side);
        for (down, line) in patch.chunks_exact_mut(self.side * channels).enumerate() {
            let y = y + down as isize;
            if y < 0 || y >= input.height as isize {
                line.fill(0.0);
                continue;
            }
            let (from, to) = (left as usize * channels, right as usize * channels);
            line[..from].fill(0.0);
            line[to..].fill(0.0);
            let start = (y as usize * input.width) * channels + (x + left).max(0) as usize * channels;
            line[from..to].copy_from_slice(&input.values[start..start + to - from]);
        }
    }
}

impl Separable {
    pub(super) fn read(
        weights: &mut Weights,
        prefix: &str,
        [inputs, outputs]: [usize; 2],
    ) -> Result<Self, ModelError> {
        let depthwise = weights.take(&format!("{prefix}/depthwise_filter"), [3, 3, inputs, 1])?;
        let (filter, bias) = (format!("{prefix}/pointwise_filter"), format!("{prefix}/bias"));
        Ok(Self { depthwise, pointwise: Conv::read(weights, &filter, &bias, [1, inputs, outputs])? })
    }

    pub(super) fn run(&self, input: &Tensor, stride: usize) -> Tensor {
        self.pointwise.run(&self.each_channel(input, stride), 1, Padding::Valid)
    }

    fn each_channel(&self, input: &Tensor, stride: usize) -> Tensor {
        let channels = input.channels;
        under_window(input, 3, stride, Padding::Same, 0.0, |result, source, tap| {
            let weights = &self.depthwise[tap * channels..][..channels];
            for ((result, source), weight) in result.iter_mut().zip(source).zip(weights) {
                *result += source * weight;
            }
        })
    }
}

/// The largest number under the window; places outside of the input do not count.
pub(super) fn max_pool(input: &Tensor, side: usize, stride: usize, padding: Padding) -> Tensor {
    under_window(input, side, stride, padding, f32::MIN, |result, source, _| {
        for (result, source) in result.iter_mut().zip(source) {
            *result = result.max(*source);
        }
    })
}

/// The mean under the window, which stays inside.
pub(super) fn average_pool(input: &Tensor, side: usize, stride: usize) -> Tensor {
    let share = 1.0 / (side * side) as f32;
    under_window(input, side, stride, Padding::Valid, 0.0, |result, source, _| {
        for (result, source) in result.iter_mut().zip(source) {
            *result += source * share;
        }
    })
}

/// Starts every result with `start` and shows `fold` each place under its window, with the place's number.
fn under_window(
    input: &Tensor,
    side: usize,
    stride: usize,
    padding: Padding,
    start: f32,
    fold: impl Fn(&mut [f32], &[f32], usize),
) -> Tensor {
    let (height, before_y) = geometry(input.height, side, stride, padding);
    let (width, before_x) = geometry(input.width, side, stride, padding);
    let mut output = Tensor::zeros(height, width, input.channels);
    output.values.fill(start);
    for y in 0..height {
        for x in 0..width {
            let result = output.place_mut(y, x);
            for tap in 0..side * side {
                let from_y = (y * stride + tap / side).checked_sub(before_y);
                let from_x = (x * stride + tap % side).checked_sub(before_x);
                if let (Some(from_y), Some(from_x)) = (from_y, from_x)
                    && from_y < input.height
                    && from_x < input.width
                {
                    fold(result, input.place(from_y, from_x), tap);
                }
            }
        }
    }
    output
}

/// How many results a side has, and how many zeros lie before the input.
fn geometry(size: usize, window: usize, stride: usize, padding: Padding) -> (usize, usize) {
    match padding {
        Padding::Valid => ((size - window) / stride + 1, 0),
        Padding::Same => {
            let results = size.div_ceil(stride);
            (results, ((results - 1) * stride + window).saturating_sub(size) / 2)
        }
    }
}

/// `result += left × right`, where `left` has rows of `inner` numbers, `right` and `result` rows of `outer`.
fn multiply(left: &[f32], right: &[f32], inner: usize, result: &mut [f32], outer: usize) {
    let rows = result.len() / outer;
    assert_eq!(left.len(), rows * inner, "a row of the left matrix for every row of the result");
    assert_eq!(right.len(), inner * outer, "a row of the right matrix for every number of a left row");
    assert_eq!(result.len(), rows * outer, "whole rows");
    #[expect(unsafe_code, reason = "the GEMM kernel takes pointers; the lengths were checked above")]
    // SAFETY: with the strides given, every element read or written lies inside its slice, because the three
    // slices have exactly rows × inner, inner × outer and rows × outer elements; `result` is borrowed alone.
    unsafe {
        gemm::gemm(
            rows,
            outer,
            inner,
            result.as_mut_ptr(),
            1,
            outer as isize,
            true,
            left.as_ptr(),
            1,
            inner as isize,
            right.as_ptr(),
            1,
            outer as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A convolution by its definition.
    fn plain(conv: &Conv, input: &Tensor, stride: usize, padding: Padding) -> Tensor {
        let (height, before_y) = geometry(input.height, conv.side, stride, padding);
        let (width, before_x) = geometry(input.width, conv.side, stride, padding);
        let mut output = Tensor::zeros(height, width, conv.outputs);
        for y in 0..height {
            for x in 0..width {
                for out in 0..conv.outputs {
                    let mut sum = conv.bias[out];
                    for ky in 0..conv.side {
                        for kx in 0..conv.side {
                            let fy = (y * stride + ky) as isize - before_y as isize;
                            let fx = (x * stride + kx) as isize - before_x as isize;
                            let inside = (0..input.height as isize).contains(&fy)
                                && (0..input.width as isize).contains(&fx);
                            if inside {
                                for (channel, value) in
                                    input.place(fy as usize, fx as usize).iter().enumerate()
                                {
                                    let tap = (ky * conv.side + kx) * conv.inputs + channel;
                                    sum += value * conv.filter[tap * conv.outputs + out];
                                }
                            }
                        }
                    }
                    output.place_mut(y, x)[out] = sum;
                }
            }
        }
        output
    }

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as f32 / 32_768.0 - 1.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn the_gathered_convolution_is_the_plain_one() {
        for (side, stride, height, width) in
            [(3, 1, 7, 5), (3, 2, 8, 9), (7, 2, 23, 17), (1, 2, 6, 7), (1, 1, 4, 4)]
        {
            for padding in [Padding::Valid, Padding::Same] {
                let (inputs, outputs) = (3, 5);
                let filter = numbers(side * side * inputs * outputs, 1);
                let conv = Conv { side, inputs, outputs, filter, bias: numbers(outputs, 2) };
                let input =
                    Tensor { height, width, channels: inputs, values: numbers(height * width * inputs, 3) };
                let (fast, slow) = (conv.run(&input, stride, padding), plain(&conv, &input, stride, padding));
                assert_eq!((fast.height, fast.width), (slow.height, slow.width));
                for (a, b) in fast.values.iter().zip(&slow.values) {
                    assert!((a - b).abs() < 1e-4, "{side} {stride} {padding:?}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn pools_do_not_count_what_is_outside() {
        let input = Tensor { height: 1, width: 3, channels: 1, values: vec![-3.0, -2.0, -5.0] };
        assert_eq!(max_pool(&input, 3, 2, Padding::Same).values, [-2.0, -2.0]);
        let square = Tensor { height: 2, width: 2, channels: 1, values: vec![1.0, 2.0, 3.0, 6.0] };
        assert_eq!(average_pool(&square, 2, 2).values, [3.0]);
    }
}
