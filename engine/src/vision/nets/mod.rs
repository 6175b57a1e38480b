//! The four face nets, without a framework.
//!
//! Pixels in, numbers out; where the pixels come from and what the numbers are good for is decided outside.
//! A net is one file: its layers read from the [`weights`], then run. Layers are [`conv`], [`winograd`], [`separable`] and
//! [`pool`], all on [`Tensor`]s of blocks of channels; [`kernel`] is the arithmetic that takes nearly all the time,
//! [`packed`] the form of weights where reading them takes longer, and [`input`] how pixels become the first tensor.

pub mod age_gender;
mod conv;
mod dense;
pub mod expression;
mod filter;
pub mod input;
mod kernel;
pub mod landmarks;
mod packed;
mod panel;
mod pool;
pub mod recognition;
mod rows;
mod separable;
mod tensor;
pub mod weights;
mod winograd;

pub use tensor::Tensor;

use std::path::Path;

use super::models::{Checked, ModelError, Origin};

/// All nets, loaded.
#[derive(Debug)]
pub struct Nets {
    /// 68 points.
    pub landmarks: landmarks::Landmarks68,
    /// 128-d descriptions.
    pub recognition: recognition::Recognition,
    /// Age and gender.
    pub age_gender: age_gender::AgeGender,
    /// Seven expressions.
    pub expression: expression::ExpressionNet,
    /// Whose weights they have; the operator's if any of them are.
    pub origin: Origin,
}

impl Nets {
    /// Loads the nets from a directory, checking every file's SHA-256.
    pub fn load(directory: &Path) -> Result<Self, ModelError> {
        let checked = Checked::open(directory)?;
        let mut origin = Origin::Pinned;
        let mut read = |net| {
            let (weights, whose) = weights::Weights::load(&checked, net)?;
            if whose == Origin::Operators {
                origin = whose;
            }
            Ok::<_, ModelError>(weights)
        };
        Ok(Self {
            landmarks: landmarks::Landmarks68::new(&mut read("face_landmark_68_model")?)?,
            recognition: recognition::Recognition::new(&mut read("face_recognition_model")?)?,
            age_gender: age_gender::AgeGender::new(&mut read("age_gender_model")?)?,
            expression: expression::ExpressionNet::new(&mut read("face_expression_model")?)?,
            origin,
        })
    }
}
