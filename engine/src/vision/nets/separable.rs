//! A 3 × 3 filter for each channel, then a 1 × 1 convolution.

use pulp::{Arch, Simd, WithSimd};

use super::super::models::ModelError;
use super::conv::{Conv, Padding, geometry};
use super::filter::Filter;
use super::panel::PANEL;
use super::tensor::Tensor;
use super::weights::Weights;

/// The two as one layer.
#[derive(Debug)]
pub(super) struct Separable {
    /// What counts as this where it is less: zero, for a layer that sees its input activated.
    least: f32,
    /// For each block of channels the weights of nine places.
    depthwise: Vec<[[f32; PANEL]; 9]>,
    pointwise: Conv,
}

impl Separable {
    /// A layer that sees its input activated.
    pub(super) fn read(
        weights: &mut Weights,
        prefix: &str,
        [inputs, outputs]: [usize; 2],
    ) -> Result<Self, ModelError> {
        let depthwise = weights.take(&format!("{prefix}/depthwise_filter"), [3, 3, inputs, 1])?;
        let (filter, bias) = (format!("{prefix}/pointwise_filter"), format!("{prefix}/bias"));
        let pointwise = Filter::read(weights, &filter, &bias, [1, inputs, outputs])?;
        Ok(Self::new(&depthwise, &pointwise))
    }

    /// The layer that sees its input as it is.
    #[must_use]
    pub(super) fn unactivated(self) -> Self {
        Self { least: f32::NEG_INFINITY, ..self }
    }

    /// From 3 × 3 × inputs numbers.
    fn new(depthwise: &[f32], pointwise: &Filter) -> Self {
        let inputs = pointwise.inputs;
        let block = |block: usize| {
            std::array::from_fn(|tap| {
                std::array::from_fn(|channel| depthwise[tap * inputs + block * PANEL + channel])
            })
        };
        let depthwise = (0..inputs / PANEL).map(block).collect();
        Self { least: 0.0, depthwise, pointwise: Conv::new(pointwise) }
    }

    /// The results; negative ones become zero where that is wanted.
    pub(super) fn run(&self, input: &Tensor, stride: usize, relu: bool) -> Tensor {
        self.pointwise.run(&self.each_channel(input, stride), 1, Padding::Valid, relu)
    }

    /// Adds the results to what `output` holds.
    pub(super) fn add(&self, input: &Tensor, output: &mut Tensor) {
        self.pointwise.add(&self.each_channel(input, 1), (1, Padding::Valid), output, false);
    }

    /// Adds to a tensor what the layer makes of it.
    pub(super) fn grow(&self, sum: &mut Tensor) {
        let seen = self.each_channel(sum, 1);
        self.pointwise.add(&seen, (1, Padding::Valid), sum, false);
    }

    fn each_channel(&self, input: &Tensor, stride: usize) -> Tensor {
        let (height, before_y) = geometry(input.height(), 3, stride, Padding::Same);
        let (width, before_x) = geometry(input.width(), 3, stride, Padding::Same);
        let mut output = Tensor::unwritten(height, width, input.blocks());
        let first = (1 - before_y) * input.pitch() + 1 - before_x;
        Arch::new().dispatch(Depthwise {
            input,
            first,
            stride,
            least: self.least,
            filter: &self.depthwise,
            output: &mut output,
        });
        output
    }
}

struct Depthwise<'a> {
    input: &'a Tensor,
    /// The pixel under the upper left of the first window.
    first: usize,
    stride: usize,
    least: f32,
    filter: &'a [[[f32; PANEL]; 9]],
    output: &'a mut Tensor,
}

impl WithSimd for Depthwise<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (stride, pitch) = (self.stride, self.input.pitch());
        let (zero, least) = (simd.splat_f32s(0.0), simd.splat_f32s(self.least));
        for (block, filter) in self.filter.iter().enumerate() {
            let blocks = &self.input.pixels()[block * self.input.block()..];
            for y in 0..self.output.height() {
                let lines: [&[[f32; PANEL]]; 3] = std::array::from_fn(|tap| {
                    &blocks[self.first + (y * stride + tap) * pitch..][..pitch - 1]
                });
                let results = self.output.row_mut(block, y);
                // One vector of channels after another: its nine weights stay in registers.
                for v in 0..PANEL / S::F32_LANES {
                    let mut weights = [zero; 9];
                    for (weight, tap) in weights.iter_mut().zip(filter) {
                        *weight = S::as_simd_f32s(tap).0[v];
                    }
                    for (x, result) in results.iter_mut().enumerate() {
                        let mut sum = zero;
                        for (row, line) in lines.iter().enumerate() {
                            let seen = &line[x * stride..][..3];
                            for (column, pixel) in seen.iter().enumerate() {
                                let value = simd.max_f32s(S::as_simd_f32s(pixel).0[v], least);
                                sum = simd.mul_add_e_f32s(value, weights[3 * row + column], sum);
                            }
                        }
                        S::as_mut_simd_f32s(result).0[v] = sum;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::conv::tests::{assert_near, filter, input, numbers, plain};
    use super::*;

    #[test]
    fn a_separable_convolution_is_a_full_one_with_many_zeros() {
        let channels = 2 * PANEL;
        let (depthwise, pointwise) = (numbers(9 * channels, 3), filter(1, channels, PANEL));
        let values = (0..9 * channels * PANEL).map(|index| {
            let (tap, place) = (index / (channels * PANEL), index % (channels * PANEL));
            depthwise[tap * channels + place / PANEL] * pointwise.values[place]
        });
        let full = Filter { side: 3, values: values.collect(), ..pointwise.clone() };
        let separable = Separable::new(&depthwise, &pointwise);
        for (stride, height, width) in [(1, 5, 7), (2, 8, 14), (2, 7, 7), (1, 1, 1)] {
            let input = input::<PANEL>(height, width, 2);
            let mut activated = input.clone();
            activated.pixels_mut().iter_mut().flatten().for_each(|value| *value = value.max(0.0));
            let found = separable.run(&input, stride, false);
            assert_near(&found, &plain(&full, &activated, stride, Padding::Same));
        }
        let input = input::<PANEL>(4, 6, 2);
        let found = Separable::new(&depthwise, &pointwise).unactivated().run(&input, 1, false);
        assert_near(&found, &plain(&full, &input, 1, Padding::Same));
    }
}
