//! Pictures in, faces out: decoding, detection, landmarks, attributes, description.
//!
//! Knows nothing of dialects, codes, galleries or HTTP. Start with [`Analyser`]; [`load`] makes one,
//! [`Workers`] run it. `seeing` and `classic` are the two there are; each puts the stages together from the
//! other files, which know nothing of each other beyond pixels and points.

mod abilities;
pub mod align;
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
mod fuzzing;
pub mod glasses;
pub mod lbp;
mod limits;
pub mod liveness;
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

use std::path::Path;
use std::sync::Arc;

pub use abilities::{ABILITIES, Ability};
pub use classic::Classic;
pub use face::{
    Analysis, Capabilities, Description, Emotion, Expression, Face, Failure, Gender, Glasses, Landmarks,
    Pixels, Point, Pose, Rect, Smile, Stage, Wanted,
};
pub use face_shape::FaceShape;
pub use fuzzing::fuzz_analysis;
pub use limits::Limits;
pub use models::{ModelError, Origin};
pub use order::Order;
pub use picture::{Grey, Picture};
pub use quality::{Occlusion, Quality};
pub use seeing::Seeing;
pub(crate) use similarity::euclidean;
pub(crate) use wide::wide;
pub use workers::{Fails, Workers};

/// The analyser `nets` when `models` is a directory of models, the analyser `classic` when it is `None` or holds
/// no model. Models that are there but damaged or incomplete are an error, not a reason to see less.
pub fn load(models: Option<&Path>) -> Result<Arc<dyn Analyser>, ModelError> {
    let limits = Limits::default();
    match models.filter(|directory| models::any(directory)) {
        Some(directory) => Ok(Arc::new(Seeing::load(directory, limits)?)),
        None => Ok(Arc::new(Classic::new(limits))),
    }
}

/// Finds and describes the faces of a picture. One implementation sees with nets, one without.
pub trait Analyser: Send + Sync {
    /// A short name for logs and the ready line: `nets` or `classic`.
    fn name(&self) -> &'static str;

    /// What this analyser really sees; everything else stays `None` in a [`Face`].
    fn capabilities(&self) -> Capabilities;

    /// Whose weights it sees with; `None` for an analyser that needs none.
    fn weights(&self) -> Option<Origin> {
        None
    }

    /// Decodes and analyses one picture given as file bytes. Blocking and CPU-bound: call it on a worker.
    ///
    /// `fails` is asked before each stage and makes that stage fail: the fault hook.
    fn analyse(
        &self,
        picture: &[u8],
        wanted: Wanted,
        fails: &dyn Fn(Stage) -> bool,
    ) -> Result<Analysis, Failure>;

    /// The distance between two descriptions of this analyser, 0 for the same picture: Euclidean for every analyser,
    /// because that is what galleries are searched by.
    fn distance(&self, a: &Description, b: &Description) -> f32 {
        a.distance(b)
    }

    /// How alike two faces are for a distance, 0 to 100; 100 for the same picture.
    fn similarity(&self, distance: f32) -> f32;

    /// The similarity from which two faces count as the same person.
    fn same_person_from(&self) -> f32;

    /// Whether two pictures of faces are almost the same picture (re-encoded, resized, slightly cropped).
    fn almost_same(&self, a: &Face, b: &Face) -> bool;
}
