//! Reproducers of scenarios: what a failing one sent, whole and without secrets, in a folder that can be replayed.
//!
//! Made by the pieces of the fuzzer's bundles. Start with [`Shelf`], which keeps the bundles of a run, and [`replay`], which
//! carries one out again and looks whether the failure still shows.

mod bundle;
mod feature;
mod read;
mod replay;
mod shelf;
#[cfg(test)]
mod tests;

pub use bundle::{Kept, ScenarioBundle};
pub use read::read_scenario;
pub use replay::replay;
pub use shelf::{Origin, Shelf, Shelved};
