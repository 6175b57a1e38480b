//! 68 points of a face.

use super::super::models::ModelError;
use super::super::{Landmarks, Picture, Point};
use super::dense::{Dense, SIDE};
use super::input::{self, Crop};
use super::tensor::Tensor;
use super::weights::Weights;

/// The landmark net.
#[derive(Debug)]
pub struct Landmarks68(Dense);

impl Landmarks68 {
    /// Takes the layers out of the weights of `face_landmark_68_model`.
    pub fn new(weights: &mut Weights) -> Result<Self, ModelError> {
        Dense::new(weights, 2 * 68).map(Self)
    }

    /// 136 numbers, x and y in turn, 0 to 1 of a square input.
    pub fn raw(&self, input: &Tensor<3>) -> Vec<f32> {
        self.0.run(input)
    }

    /// The points in pixels of the picture, for a crop that holds one face from brow to chin with little around.
    pub fn run(&self, picture: &Picture, crop: &Crop) -> Landmarks {
        let raw = self.raw(&input::tensor(picture, crop, SIDE));
        let side = crop.side() as f32;
        let before = |length: usize| (side - length as f32) / 2.0;
        let (left, top) = (crop.x as f32 - before(crop.width), crop.y as f32 - before(crop.height));
        Box::new(std::array::from_fn(|index| Point {
            x: left + raw[2 * index] * side,
            y: top + raw[2 * index + 1] * side,
        }))
    }
}
