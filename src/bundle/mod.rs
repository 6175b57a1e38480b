//! Bundles: what failed, whole and without secrets, in a folder that can be replayed.
//!
//! One structure for failing scenarios and for findings of the fuzzer: a folder with `bundle.json`, `reproducer.feature`, and
//! the bodies that lines for curl name. [`MadeBundle`] makes and writes one, [`read_bundle`] reads it, [`replay`] carries it
//! out again and looks whether it still shows; [`BundleFolder`] keeps those of a run. No secret stands in any file of a
//! bundle: `seal.rs` takes them out, and puts those of the target in when the bytes are sent again.

mod curl;
mod expiry;
mod feature;
mod fields;
mod file;
mod folder;
mod key;
mod made;
mod origin;
mod outcome;
mod read;
mod received;
mod replay;
mod replay_plan;
mod replay_scenario;
mod request;
#[cfg(test)]
mod sample;
mod seal;
#[cfg(test)]
mod tests;
mod view;
mod write;

pub use fields::BundleError;
pub use file::{
    BUNDLE_SCHEMA, Bundle, BundleSubject, MutationSubject, PermittedAnswers, PermittedCode, ScenarioSubject,
};
pub use folder::{BundleFolder, KeptBundles};
pub use key::FindingKey;
pub(crate) use key::likeness;
pub use made::{MadeBundle, ShownFinding};
pub use origin::RunOrigin;
pub use outcome::{Mode, ReplayError, Replayed};
pub use read::read_bundle;
pub use received::Received;
pub use replay::replay;
pub use request::KeptRequest;
pub use view::RequestView;
