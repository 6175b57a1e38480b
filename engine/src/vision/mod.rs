//! Pictures in, faces out: decoding, detection, landmarks, attributes, description.
//!
//! Knows nothing of dialects, codes, galleries or HTTP. Start with [`Analyser`]; [`load`] makes one,
//! [`Workers`] run it. `seeing` and `classic` are the two there are; each puts the stages together from the
//! other files, which know nothing of each other beyond pixels and points.

mod abilities;
pub mod align;
mod analyser;
mod classic;
mod contour;
pub mod convolution;
pub mod decode;
pub mod detect;
pub mod evaluation;
mod face;
pub mod face_shape;
pub mod face_type;
pub mod fingerprint;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod geometry;
pub mod glasses;
pub mod lbp;
mod limits;
pub mod liveness;
mod load;
pub mod models;
pub mod nets;
pub mod network;
mod order;
mod part;
mod picture;
pub mod points;
pub mod pose;
pub mod quality;
mod seeing;
mod similarity;
mod stages;
mod turn;
mod weights;
mod wide;
mod workers;

pub use abilities::{ABILITIES, Ability};
pub use analyser::Analyser;
pub use classic::Classic;
pub use face::{
    Analysis, Capabilities, Description, Emotion, Expression, Face, Failure, Gender, Glasses, Pixels, Smile,
    Stage, Wanted,
};
pub use face_shape::FaceShape;
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_analysis;
pub use geometry::{Landmarks, Point, Pose, Rect};
pub use limits::Limits;
pub use load::load;
pub use models::{ModelError, Origin};
pub use order::Order;
pub use picture::{Grey, Picture};
pub use quality::{Occlusion, Quality};
pub use seeing::Seeing;
pub(crate) use similarity::euclidean;
pub(crate) use wide::wide;
pub use workers::{Fails, Workers};
