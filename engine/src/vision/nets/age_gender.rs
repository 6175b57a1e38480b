//! Age and gender of a face: a small net of separable convolutions with short cuts, and two linear heads.

use super::super::models::ModelError;
use super::super::{Gender, Picture};
use super::conv::{Conv, Padding};
use super::dense::{SIDE, linear, softmax};
use super::filter::Filter;
use super::input::{self, Crop};
use super::pool::max_pool;
use super::separable::Separable;
use super::tensor::Tensor;
use super::weights::Weights;

/// The age and gender net.
#[derive(Debug)]
pub struct AgeGender {
    first: Conv<3>,
    entry: [Reduction; 2],
    middle: [[Separable; 3]; 2],
    exit: Reduction,
    last: Separable,
    age: (Vec<f32>, Vec<f32>),
    gender: (Vec<f32>, Vec<f32>),
}

#[derive(Debug)]
struct Reduction {
    layers: [Separable; 2],
    short_cut: Conv,
}

impl AgeGender {
    /// Takes the layers out of the weights of `age_gender_model`.
    pub fn new(weights: &mut Weights) -> Result<Self, ModelError> {
        let first = "entry_flow/conv_in";
        let first = Filter::read(weights, &format!("{first}/filters"), &format!("{first}/bias"), [3, 3, 32])?;
        let mut reduction = |prefix: &str, sizes| Reduction::new(weights, prefix, sizes);
        let entry = [
            reduction("entry_flow/reduction_block_0", [32, 64])?,
            reduction("entry_flow/reduction_block_1", [64, 128])?,
        ];
        let exit = reduction("exit_flow/reduction_block", [128, 256])?;
        let mut main = |block: usize, layer: usize| {
            let prefix = format!("middle_flow/main_block_{block}/separable_conv{layer}");
            Separable::read(weights, &prefix, [128, 128])
        };
        let middle = [[main(0, 0)?, main(0, 1)?, main(0, 2)?], [main(1, 0)?, main(1, 1)?, main(1, 2)?]];
        Ok(Self {
            first: Conv::new(&first),
            entry,
            middle,
            exit,
            last: Separable::read(weights, "exit_flow/separable_conv", [256, 512])?.unactivated(),
            age: (weights.take("fc/age/weights", [512, 1])?, weights.take("fc/age/bias", [1])?),
            gender: (weights.take("fc/gender/weights", [512, 2])?, weights.take("fc/gender/bias", [2])?),
        })
    }

    /// Age in years and gender for a crop that holds one whole face.
    pub fn run(&self, picture: &Picture, crop: &Crop) -> (f32, Gender) {
        self.heads(&input::tensor(picture, crop, SIDE))
    }

    /// Age in years and gender for a normalised input of 112 × 112 × 3.
    pub fn heads(&self, input: &Tensor<3>) -> (f32, Gender) {
        let first = self.first.run(input, 2, Padding::Same, true);
        let entered = self.entry.iter().fold(first, |tensor, reduction| reduction.run(&tensor));
        let middle = self.middle.iter().fold(entered, |mut tensor, [first, second, third]| {
            let inner = second.run(&first.run(&tensor, 1, false), 1, false);
            third.add(&inner, &mut tensor);
            tensor
        });
        let pooled = self.last.run(&self.exit.run(&middle), 1, true).means();
        let age = linear(&pooled, &self.age.0, &self.age.1)[0];
        let male = softmax(&linear(&pooled, &self.gender.0, &self.gender.1))[0];
        (age, Gender { male })
    }
}

impl Reduction {
    fn new(weights: &mut Weights, prefix: &str, [inputs, outputs]: [usize; 2]) -> Result<Self, ModelError> {
        let layers = [
            Separable::read(weights, &format!("{prefix}/separable_conv0"), [inputs, outputs])?,
            Separable::read(weights, &format!("{prefix}/separable_conv1"), [outputs, outputs])?,
        ];
        let (filter, bias) =
            (format!("{prefix}/expansion_conv/filters"), format!("{prefix}/expansion_conv/bias"));
        let short_cut = Filter::read(weights, &filter, &bias, [1, inputs, outputs])?;
        Ok(Self { layers, short_cut: Conv::new(&short_cut) })
    }

    /// Halves the input.
    fn run(&self, input: &Tensor) -> Tensor {
        let [first, second] = &self.layers;
        let inner = second.run(&first.run(input, 1, false), 1, false);
        let mut halved = max_pool(&inner, 3, 2, Padding::Same);
        self.short_cut.add(input, (2, Padding::Same), &mut halved, false);
        halved
    }
}
