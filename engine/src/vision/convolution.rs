//! A small convolutional network: a square picture in, a few numbers out.
//!
//! Knows nothing of faces. The weights are fitted by `cargo run --release -p lianpu-calibrate` on drawn portraits, whose
//! truth is known; how the layers follow each other is said once, here, for both.

use super::wide::wide;

/// How a network is built: convolutions, a hidden layer that sees all places, and the outputs.
#[derive(Debug, Clone, Copy)]
pub struct Convolutions {
    /// Places along a side of the input.
    pub side: usize,
    /// Numbers at each place of the input.
    pub channels: usize,
    /// The convolutions, first to last.
    pub layers: &'static [Layer],
    /// Units of the hidden layer.
    pub hidden: usize,
    /// How many numbers come out.
    pub outputs: usize,
}

/// One convolution: zeros around its input, so that a stride of 1 keeps the size and one of 2 halves it.
#[derive(Debug, Clone, Copy)]
pub struct Layer {
    /// The side of the filter, odd.
    pub kernel: usize,
    /// The places from one result to the next.
    pub stride: usize,
    /// Numbers at each place of the result: 12, 24 or 32, for which the loops are compiled.
    pub outputs: usize,
}

/// Below zero units pass on this part.
pub const LEAK: f32 = 0.1;

/// What one layer takes and gives.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Places along a side of what it takes.
    pub side: usize,
    /// Numbers at each of those places.
    pub inputs: usize,
    /// Places along a side of what it gives.
    pub to_side: usize,
    /// The layer.
    pub layer: Layer,
}

impl Shape {
    /// How many numbers lie under the filter.
    pub fn under(&self) -> usize {
        self.layer.kernel * self.layer.kernel * self.inputs
    }
}

impl Convolutions {
    /// The convolutions with the sizes that follow from each other.
    pub fn shapes(&self) -> Vec<Shape> {
        let (mut side, mut inputs) = (self.side, self.channels);
        let shape = |layer: &Layer| {
            let shape = Shape { side, inputs, to_side: side.div_ceil(layer.stride), layer: *layer };
            (side, inputs) = (shape.to_side, layer.outputs);
            shape
        };
        self.layers.iter().map(shape).collect()
    }

    /// How many numbers the last convolution gives.
    pub fn flat(&self) -> usize {
        self.shapes().last().map_or(0, |shape| shape.to_side * shape.to_side * shape.layer.outputs)
    }

    /// How many weights there are: for each convolution its filter (down, across, inputs, outputs) and a bias for each
    /// output, then the same of the hidden layer and of the outputs, each as a table of inputs by outputs.
    pub fn weights(&self) -> usize {
        let convolutions: usize =
            self.shapes().iter().map(|shape| (shape.under() + 1) * shape.layer.outputs).sum();
        convolutions + (self.flat() + 1) * self.hidden + (self.hidden + 1) * self.outputs
    }

    /// The outputs for `side * side * channels` numbers, row by row; no function is laid over them.
    pub fn run(&self, weights: &[f32], input: &[f32]) -> Vec<f32> {
        assert_eq!(weights.len(), self.weights(), "weights of another network");
        assert_eq!(input.len(), self.side * self.side * self.channels, "an input of another size");
        wide(
            #[inline(always)]
            || self.through(weights, input),
        )
    }

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn through(&self, weights: &[f32], input: &[f32]) -> Vec<f32> {
        let mut rest = weights;
        let mut values = input.to_vec();
        for shape in self.shapes() {
            let (filter, bias) = taken(&mut rest, shape.under(), shape.layer.outputs);
            values = match shape.layer.outputs {
                12 => convolved::<12>(&values, &shape, filter, bias),
                24 => convolved::<24>(&values, &shape, filter, bias),
                32 => convolved::<32>(&values, &shape, filter, bias),
                outputs => unreachable!("a layer of {outputs} outputs"),
            };
            leak(&mut values);
        }
        let (filter, bias) = taken(&mut rest, values.len(), self.hidden);
        let mut hidden = bias.to_vec();
        add_weighted(&mut hidden, &values, filter);
        leak(&mut hidden);
        let (filter, bias) = taken(&mut rest, self.hidden, self.outputs);
        let mut outputs = bias.to_vec();
        add_weighted(&mut outputs, &hidden, filter);
        outputs
    }
}

/// A table of inputs by outputs and a bias for each output from the front of the rest.
fn taken<'a>(rest: &mut &'a [f32], inputs: usize, outputs: usize) -> (&'a [f32], &'a [f32]) {
    let (filter, behind) = rest.split_at(inputs * outputs);
    let (bias, behind) = behind.split_at(outputs);
    *rest = behind;
    (filter, bias)
}

/// A convolution of `N` outputs, which stay in registers while they are summed.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn convolved<const N: usize>(input: &[f32], shape: &Shape, filter: &[f32], bias: &[f32]) -> Vec<f32> {
    let Shape { side, inputs, to_side, layer } = *shape;
    let reach = layer.kernel / 2;
    let rows = filter.as_chunks::<N>().0;
    let mut output = Vec::with_capacity(to_side * to_side * N);
    for place in 0..to_side * to_side {
        let (y, x) = (place / to_side * layer.stride, place % to_side * layer.stride);
        let mut sums = [0.0; N];
        sums.copy_from_slice(bias);
        for down in reach.saturating_sub(y)..layer.kernel.min(side + reach - y) {
            for across in reach.saturating_sub(x)..layer.kernel.min(side + reach - x) {
                let from = ((y + down - reach) * side + x + across - reach) * inputs;
                let rows = &rows[(down * layer.kernel + across) * inputs..][..inputs];
                for (value, row) in input[from..from + inputs].iter().zip(rows) {
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum += value * weight;
                    }
                }
            }
        }
        output.extend_from_slice(&sums);
    }
    output
}

/// Adds to each sum the inputs, each with its weight for it.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn add_weighted(sums: &mut [f32], inputs: &[f32], weights: &[f32]) {
    for (value, weights) in inputs.iter().zip(weights.chunks_exact(sums.len())) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += value * weight;
        }
    }
}

#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn leak(values: &mut [f32]) {
    for value in values {
        *value = value.max(LEAK * *value);
    }
}

/// Weights as they lie in a file: the upper halves of their bytes, little end first.
pub fn read(bytes: &[u8]) -> Vec<f32> {
    bytes
        .chunks_exact(2)
        .map(|pair| f32::from_bits(u32::from(u16::from_le_bytes([pair[0], pair[1]])) << 16))
        .collect()
}

/// The file of weights, rounded to what it can hold.
pub fn written(weights: &[f32]) -> Vec<u8> {
    weights.iter().flat_map(|weight| (((weight.to_bits() + 0x8000) >> 16) as u16).to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: Convolutions = Convolutions {
        side: 3,
        channels: 1,
        layers: &[Layer { kernel: 3, stride: 2, outputs: 12 }],
        hidden: 1,
        outputs: 1,
    };

    #[test]
    fn filters_meet_zeros_beyond_the_border() {
        // Of each row of twelve the first counts. The filter is 1 to 9 and so is the input: at the four places there are, less
        // 4 for the bias, 5 + 12 + 32 + 45, 8 + 15 + 35 + 48, the latter and the former.
        let first = |value: f32| (0..12).map(move |output| if output == 0 { value } else { 0.0 });
        let numbers: [f32; 9] = std::array::from_fn(|index| index as f32 + 1.0);
        let mut weights: Vec<f32> = numbers.into_iter().flat_map(first).chain(first(-4.0)).collect();
        // 90 + 204 + 306 - 360 - 340 = -100, of which a tenth passes.
        weights.extend([1.0, 2.0, 3.0, -4.0].into_iter().flat_map(first));
        weights.push(-340.0);
        weights.extend([2.0, 0.5]);
        assert_eq!(TINY.weights(), weights.len());
        let seen = TINY.run(&weights, &numbers);
        assert!((seen[0] + 19.5).abs() < 1e-3, "{seen:?}");
    }

    #[test]
    fn weights_come_back_from_a_file_almost_as_they_were() {
        let weights = [0.0, 1.0, -0.337, 12.5, 1e-4];
        for (weight, again) in weights.iter().zip(read(&written(&weights))) {
            assert!((weight - again).abs() <= weight.abs() / 256.0, "{weight} {again}");
        }
    }
}
