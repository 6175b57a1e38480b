//! The contract of what sees faces.

use super::{Analysis, Capabilities, Description, Face, Failure, Origin, Stage, Wanted};

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
