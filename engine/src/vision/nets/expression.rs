//! Seven expressions of a face.

use super::super::models::ModelError;
use super::super::{Expression, Picture};
use super::dense::{Dense, SIDE, softmax};
use super::input::{self, Crop};
use super::tensor::Tensor;
use super::weights::Weights;

/// The expression net.
#[derive(Debug)]
pub struct ExpressionNet(Dense);

impl ExpressionNet {
    /// Takes the layers out of the weights of `face_expression_model`.
    pub fn new(weights: &mut Weights) -> Result<Self, ModelError> {
        Dense::new(weights, 7).map(Self)
    }

    /// The shares for a crop that holds one whole face.
    pub fn run(&self, picture: &Picture, crop: &Crop) -> Expression {
        self.shares(&input::tensor(picture, crop, SIDE))
    }

    /// The shares for a normalised input of 112 × 112 × 3.
    pub fn shares(&self, input: &Tensor<3>) -> Expression {
        let shares = softmax(&self.0.run(input));
        Expression { shares: std::array::from_fn(|index| shares[index]) }
    }
}
