//! The body that the landmark net and the expression net share, with one linear layer on top.
//!
//! Four blocks of four layers. In a block every layer sees the sum of all layers before it; the first layer
//! halves the picture. Separable layers activate what they see themselves.

use super::super::models::ModelError;
use super::conv::{Conv, Padding};
use super::filter::Filter;
use super::separable::Separable;
use super::tensor::Tensor;
use super::weights::Weights;

/// Side of the input in pixels.
pub(super) const SIDE: usize = 112;

const WIDTHS: [usize; 4] = [32, 64, 128, 256];

#[derive(Debug)]
pub(super) struct Dense {
    first: Conv<3>,
    /// The first block's layers after `first`, then all layers of the other blocks.
    blocks: [Vec<Separable>; 4],
    weights: Vec<f32>, // 256 × outputs
    bias: Vec<f32>,
}

impl Dense {
    pub(super) fn new(weights: &mut Weights, outputs: usize) -> Result<Self, ModelError> {
        let filter = Filter::read(weights, "dense0/conv0/filters", "dense0/conv0/bias", [3, 3, WIDTHS[0]])?;
        let mut block = |block: usize| {
            let inputs = |layer: usize| WIDTHS[if layer == 0 { block - 1 } else { block }];
            (usize::from(block == 0)..4)
                .map(|layer| {
                    let sizes = [inputs(layer), WIDTHS[block]];
                    Separable::read(weights, &format!("dense{block}/conv{layer}"), sizes)
                })
                .collect::<Result<Vec<_>, _>>()
        };
        let blocks = [block(0)?, block(1)?, block(2)?, block(3)?];
        let last = WIDTHS[WIDTHS.len() - 1];
        Ok(Self {
            first: Conv::new(&filter),
            blocks,
            weights: weights.take("fc/weights", [last, outputs])?,
            bias: weights.take("fc/bias", [outputs])?,
        })
    }

    /// The linear layer's numbers for a normalised input of 112 × 112 × 3.
    pub(super) fn run(&self, input: &Tensor<3>) -> Vec<f32> {
        let mut sum = self.first.run(input, 2, Padding::Same, true);
        for (number, layers) in self.blocks.iter().enumerate() {
            let (first, others) = layers.split_at(usize::from(number > 0));
            if let [first] = first {
                sum = first.run(&sum, 2, true);
            }
            for layer in others {
                layer.grow(&mut sum);
            }
        }
        linear(&sum.relu().means(), &self.weights, &self.bias)
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
