//! The 128 numbers that tell people apart: a residual net of 29 convolutions.

use super::super::models::ModelError;
use super::conv::{Conv, Padding};
use super::dense::linear;
use super::filter::Filter;
use super::packed::WORDS;
use super::panel::PANEL;
use super::pool::{average_pool, max_pool};
use super::tensor::Tensor;
use super::weights::Weights;
use super::winograd::Winograd;

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

/// So few channels have pictures of 35 × 35 places, enough for tiles of four results a side.
const FEW: usize = 32;
/// With so many, pictures are of 8 × 8 places, for which weights are read more slowly than they are used: more of them,
/// for larger tiles, would take longer than what they save.
const MANY: usize = 128;
/// With so many, they are of 4 × 4 places at most: too few for any tiles, and for more than a byte a weight.
const MOST: usize = 256;

/// The recognition net.
#[derive(Debug)]
pub struct Recognition {
    first: Conv<3>,
    blocks: Vec<Block>,
    last: Vec<f32>, // 256 × 128
}

#[derive(Debug)]
enum Block {
    /// The input is added to what two convolutions make of it.
    Plain([Layer; 2]),
    /// The first convolution halves the picture, and so is the input that is added.
    Halving(Direct, Layer),
}

/// A convolution of 3 × 3 within one size of pictures, done whichever way is quicker.
#[derive(Debug)]
enum Layer {
    LargeTiles(Winograd<4, 6>),
    Tiles(Winograd<2, 4>),
    /// Weights in 16 bits.
    PackedTiles(Winograd<2, 4, WORDS>),
    Direct(Direct),
}

/// A convolution step by step, with weights kept whichever way is quicker.
#[derive(Debug)]
enum Direct {
    Plain(Conv),
    Bytes(Conv<PANEL, WORDS, 2>),
}

impl Recognition {
    /// Takes the layers out of the weights of `face_recognition_model`.
    pub fn new(weights: &mut Weights) -> Result<Self, ModelError> {
        let first = Conv::new(&scaled(weights, "conv32_down", [7, 3, 32])?);
        let mut blocks = Vec::with_capacity(BLOCKS.len());
        for (name, inputs, outputs, halves) in BLOCKS {
            let [first, second] = ["conv1", "conv2"].map(|conv| format!("{name}/{conv}"));
            blocks.push(match halves {
                true => Block::Halving(
                    Direct::read(weights, &first, [inputs, outputs])?,
                    Layer::read(weights, &second, [outputs, outputs])?,
                ),
                false => Block::Plain([
                    Layer::read(weights, &first, [inputs, outputs])?,
                    Layer::read(weights, &second, [outputs, outputs])?,
                ]),
            });
        }
        Ok(Self { first, blocks, last: weights.take("fc", [256, LENGTH])? })
    }

    /// The description for a normalised input of 150 × 150 × 3; its length as a vector is about 1.4.
    pub fn run(&self, input: &Tensor<3>) -> Vec<f32> {
        let first = self.first.run(input, 2, Padding::Valid, true);
        let pooled = max_pool(&first, 3, 2, Padding::Valid);
        let body = self.blocks.iter().fold(pooled, |tensor, block| block.run(tensor));
        linear(&body.means(), &self.last, &[0.0; LENGTH])
    }
}

impl Block {
    fn run(&self, input: Tensor) -> Tensor {
        match self {
            Self::Plain([first, second]) => {
                let (inner, mut sum) = (first.run(&input), input);
                second.add(&inner, &mut sum);
                sum
            }
            Self::Halving(first, second) => {
                let inner = first.run(&input, (2, Padding::Valid));
                // Where it is larger, and in further channels, the sum has one part only; none of its numbers are negative.
                let mut sum = average_pool(&input, 2, 2, second.outputs());
                second.add(&inner, &mut sum);
                sum
            }
        }
    }
}

impl Layer {
    fn read(weights: &mut Weights, prefix: &str, sizes: [usize; 2]) -> Result<Self, ModelError> {
        let [inputs, outputs] = sizes;
        if outputs >= MOST {
            return Ok(Self::Direct(Direct::read(weights, prefix, sizes)?));
        }
        let filter = scaled(weights, prefix, [3, inputs, outputs])?;
        Ok(match outputs {
            ..=FEW => Self::LargeTiles(Winograd::new(&filter)),
            MANY.. => Self::PackedTiles(of_bytes(weights, prefix, Winograd::of_bytes(&filter))?),
            _ => Self::Tiles(Winograd::new(&filter)),
        })
    }

    /// Blocks of channels that it gives.
    fn outputs(&self) -> usize {
        match self {
            Self::LargeTiles(winograd) => winograd.outputs(),
            Self::Tiles(winograd) => winograd.outputs(),
            Self::PackedTiles(winograd) => winograd.outputs(),
            Self::Direct(Direct::Plain(conv)) => conv.outputs(),
            Self::Direct(Direct::Bytes(conv)) => conv.outputs(),
        }
    }

    fn run(&self, input: &Tensor) -> Tensor {
        match self {
            Self::LargeTiles(winograd) => winograd.run(input),
            Self::Tiles(winograd) => winograd.run(input),
            Self::PackedTiles(winograd) => winograd.run(input),
            Self::Direct(direct) => direct.run(input, (1, Padding::Same)),
        }
    }

    fn add(&self, input: &Tensor, sum: &mut Tensor) {
        match self {
            Self::LargeTiles(winograd) => winograd.add(input, sum),
            Self::Tiles(winograd) => winograd.add(input, sum),
            Self::PackedTiles(winograd) => winograd.add(input, sum),
            Self::Direct(Direct::Plain(conv)) => conv.add(input, (1, Padding::Same), sum, true),
            Self::Direct(Direct::Bytes(conv)) => conv.add(input, (1, Padding::Same), sum, true),
        }
    }
}

impl Direct {
    fn read(weights: &mut Weights, prefix: &str, [inputs, outputs]: [usize; 2]) -> Result<Self, ModelError> {
        let filter = scaled(weights, prefix, [3, inputs, outputs])?;
        Ok(match outputs {
            MOST.. => Self::Bytes(of_bytes(weights, prefix, Conv::of_bytes(&filter))?),
            _ => Self::Plain(Conv::new(&filter)),
        })
    }

    fn run(&self, input: &Tensor, (stride, padding): (usize, Padding)) -> Tensor {
        match self {
            Self::Plain(conv) => conv.run(input, stride, padding, true),
            Self::Bytes(conv) => conv.run(input, stride, padding, true),
        }
    }
}

/// What was made of the bytes of a filter.
fn of_bytes<T>(weights: &Weights, prefix: &str, made: Option<T>) -> Result<T, ModelError> {
    let fault = || weights.fault(format!("{prefix}/conv/filters is not stored as bytes, zero one of them"));
    made.ok_or_else(fault)
}

/// A convolution followed by a factor and a term for each channel.
fn scaled(weights: &mut Weights, prefix: &str, sizes: [usize; 3]) -> Result<Filter, ModelError> {
    let (filter, bias) = (format!("{prefix}/conv/filters"), format!("{prefix}/conv/bias"));
    let [_, _, outputs] = sizes;
    let filter = Filter::read(weights, &filter, &bias, sizes)?;
    let scale = weights.take(&format!("{prefix}/scale/weights"), [outputs])?;
    let shift = weights.take(&format!("{prefix}/scale/biases"), [outputs])?;
    Ok(filter.scaled(&scale, &shift))
}
