//! Recipes made into scenarios: the step vocabulary, the generator, and the Gherkin writer.
//!
//! Pure. Nothing here knows a vendor; what differs between vendors is in the corpus. Start with [`scenarios`], which
//! makes every scenario of a dialect, and [`Step`], the vocabulary in which all of them are written.

mod feature;
mod from_operations;
mod from_provocations;
mod pattern;
mod scenario;
mod signing;
mod step;
mod vocabulary;

pub use feature::{FeatureFile, feature_files};
pub use scenario::{ProvokeError, Scenario, scenarios};
pub use step::{Named, Step, StepError, StepKind};
pub use vocabulary::{Entry, VOCABULARY};
