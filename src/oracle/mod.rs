//! Which answers a changed request may get, and why.
//!
//! Pure: a function of dialect, operation and what the mutations broke; knows no target and no engine. The order of checks
//! is data of the dialect (`[[order]]`). Start with [`predict`]; what holds for every answer is in [`invariants`].

pub mod invariants;
mod order;
mod predict;
mod prediction;
#[cfg(test)]
mod properties;

pub use predict::predict;
pub use prediction::{Allowed, Prediction};
