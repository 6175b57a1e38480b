//! The body that the landmark net and the expression net share, with one linear layer on top.
//!
//! Four blocks of four layers. In a block every layer sees the sum of all layers before it; the first layer
//! halves the picture.

use super::super::models::ModelError;
use super::conv::{Conv, Padding, Separable, average_pool};
use super::tensor::Tensor;
use super::weights::Weights;

/// Side of the input in pixels.
pub(super) const SIDE: usize = 112;

const WIDTHS: [usize; 4] = [32, 64, 128, 256];

#[derive(Debug)]
pub(super) struct Dense {
    blocks: Vec<Block>,
    weights: Vec<f32>, // 256 × outputs
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Block {
    first: First,
    others: [Separable; 3],
}

#[derive(Debug)]
enum First {
    Conv(Conv),
    Separable(Separable),
}

impl Dense {
    pub(super) fn new(weights: &mut Weights, outputs: usize) -> Result<Self, ModelError> {
        let mut blocks = Vec::with_capacity(WIDTHS.len());
        for (index, width) in WIDTHS.into_iter().enumerate() {
            let layer = |number: usize| format!("dense{index}/conv{number}");
            let first = if index == 0 {
                let (filter, bias) = (format!("{}/filters", layer(0)), format!("{}/bias", layer(0)));
                First::Conv(Conv::read(weights, &filter, &bias, [3, 3, width])?)
            } else {
                First::Separable(Separable::read(weights, &layer(0), [WIDTHS[index - 1], width])?)
            };
            let mut other = |number| Separable::read(weights, &layer(number), [width, width]);
            blocks.push(Block { first, others: [other(1)?, other(2)?, other(3)?] });
        }
        let last = WIDTHS[WIDTHS.len() - 1];
        Ok(Self {
            blocks,
            weights: weights.take("fc/weights", [last, outputs])?,
            bias: weights.take("fc/bias", [outputs])?,
        })
    }

    /// The linear layer's numbers for a normalised input of 112 × 112 × 3.
    pub(super) fn run(&self, input: Tensor) -> Vec<f32> {
        let body = self.blocks.iter().fold(input, |tensor, block| block.run(&tensor));
        let pooled = average_pool(&body, 7, 2);
        linear(&pooled.values, &self.weights, &self.bias)
    }
}

impl Block {
    fn run(&self, input: &Tensor) -> Tensor {
        let mut sum = match &self.first {
            First::Conv(conv) => conv.run(input, 2, Padding::Same),
            First::Separable(separable) => separable.run(input, 2),
        }
        .relu();
        let mut seen = sum.clone();
        for layer in &self.others {
            sum = sum.plus(&layer.run(&seen, 1));
            seen = sum.clone().relu();
        }
        seen
    }
}

/// `bias + inputs × weights`, where `weights` has a row of outputs for every input.
pub(super) fn linear(inputs: &[f32], weights: &[f32], bias: &[f32]) -> Vec<f32> {
    let mut outputs = bias.to_vec();
    for (input, row) in inputs.iter().zip(weights.chunks_exact(bias.len())) {
        for (output, weight) in outputs.iter_mut().zip(row) {
            *output += input * weight;
        }
    }
    outputs
}

/// Shares that sum to 1.
pub(super) fn softmax(values: &[f32]) -> Vec<f32> {
    let largest = values.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = values.iter().map(|value| (value - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
