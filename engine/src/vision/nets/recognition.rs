//! The 128 numbers that tell people apart: a residual net of 29 convolutions.

use super::super::models::ModelError;
use super::conv::{Conv, Padding, average_pool, max_pool};
use super::dense::linear;
use super::tensor::Tensor;
use super::weights::Weights;

/// Side of the input in pixels.
pub const SIDE: usize = 150;

/// Numbers of a description.
pub const LENGTH: usize = 128;

/// The residual blocks in order: name, channels in and out, and whether the block halves the picture.
const BLOCKS: [(&str, usize, usize, bool); 14] = [
    ("conv32_1", 32, 32, false),
    ("conv32_2", 32, 32, false),
    ("conv32_3", 32, 32, false),
    ("conv64_down", 32, 64, true),
    ("conv64_1", 64, 64, false),
    ("conv64_2", 64, 64, false),
    ("conv64_3", 64, 64, false),
    ("conv128_down", 64, 128, true),
    ("conv128_1", 128, 128, false),
    ("conv128_2", 128, 128, false),
    ("conv256_down", 128, 256, true),
    ("conv256_1", 256, 256, false),
    ("conv256_2", 256, 256, false),
    ("conv256_down_out", 256, 256, true),
];

/// The recognition net.
#[derive(Debug)]
pub struct Recognition {
    first: Conv,
    blocks: Vec<Block>,
    last: Vec<f32>, // 256 × 128
}

#[derive(Debug)]
struct Block {
    layers: [Conv; 2],
    halves: bool,
}

impl Recognition {
    /// Takes the layers out of the weights of `face_recognition_model`.
    pub fn new(weights: &mut Weights) -> Result<Self, ModelError> {
        let first = scaled(weights, "conv32_down", [7, 3, 32])?;
        let mut blocks = Vec::with_capacity(BLOCKS.len());
        for (name, inputs, outputs, halves) in BLOCKS {
            let mut layer =
                |number, inputs| scaled(weights, &format!("{name}/conv{number}"), [3, inputs, outputs]);
            blocks.push(Block { layers: [layer(1, inputs)?, layer(2, outputs)?], halves });
        }
        Ok(Self { first, blocks, last: weights.take("fc", [256, LENGTH])? })
    }

    /// The description for a normalised input of 150 × 150 × 3; its length as a vector is about 1.4.
    pub fn run(&self, input: &Tensor) -> Vec<f32> {
        let first = self.first.run(input, 2, Padding::Valid).relu();
        let pooled = max_pool(&first, 3, 2, Padding::Valid);
        let body = self.blocks.iter().fold(pooled, |tensor, block| block.run(tensor));
        linear(&body.means(), &self.last, &[0.0; LENGTH])
    }
}

impl Block {
    fn run(&self, input: Tensor) -> Tensor {
        let [first, second] = &self.layers;
        if !self.halves {
            let inner = first.run(&input, 1, Padding::Same).relu();
            return input.plus(&second.run(&inner, 1, Padding::Same)).relu();
        }
        let inner = first.run(&input, 2, Padding::Valid).relu();
        let inner = second.run(&inner, 1, Padding::Same);
        sum_extended(&inner, &average_pool(&input, 2, 2)).relu()
    }
}

/// The sum of two tensors, the smaller extended by zeros below, to the right and in further channels.
fn sum_extended(a: &Tensor, b: &Tensor) -> Tensor {
    let (height, width) = (a.height.max(b.height), a.width.max(b.width));
    let mut sum = Tensor::zeros(height, width, a.channels.max(b.channels));
    for part in [a, b] {
        for y in 0..part.height {
            for x in 0..part.width {
                for (sum, value) in sum.place_mut(y, x).iter_mut().zip(part.place(y, x)) {
                    *sum += value;
                }
            }
        }
    }
    sum
}

/// A convolution followed by a factor and a term for each channel.
fn scaled(
    weights: &mut Weights,
    prefix: &str,
    [side, inputs, outputs]: [usize; 3],
) -> Result<Conv, ModelError> {
    let (filter, bias) = (format!("{prefix}/conv/filters"), format!("{prefix}/conv/bias"));
    let conv = Conv::read(weights, &filter, &bias, [side, inputs, outputs])?;
    let scale = weights.take(&format!("{prefix}/scale/weights"), [outputs])?;
    let shift = weights.take(&format!("{prefix}/scale/biases"), [outputs])?;
    Ok(conv.scaled(&scale, &shift))
}
