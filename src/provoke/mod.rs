//! Recipes made into scenarios: the step vocabulary, the generator, and the Gherkin writer.
//!
//! Pure. Nothing here knows a vendor; what differs between vendors is in the corpus. A scenario is made of steps, and steps
//! are values; they become text, and text becomes steps, here only. Start with [`scenarios`], which makes every scenario of
//! a dialect, and `step.rs`, the table in which every [`Step`] has its sentence.

#[cfg(test)]
mod any;
mod checked_slots;
mod code_words;
mod feature;
mod from_operations;
mod from_provocations;
mod generate;
mod keyword;
mod pattern;
mod scenario;
mod sentence;
mod signing;
mod slot;
mod step;
mod table;

pub use feature::{FeatureFile, feature_files};
pub use generate::scenarios;
pub use keyword::Keyword;
pub use scenario::{ProvokeError, Scenario};
pub use sentence::{StepError, step_lines};
pub use step::{Entry, Step, VOCABULARY};
