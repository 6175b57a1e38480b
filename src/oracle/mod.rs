//! Which answers a changed request may get, and why.
//!
//! Pure: a function of dialect, operation and what the mutations broke; knows no target and no engine, and judges nothing:
//! what it predicts is an [`Expected`](crate::judge::Expected) of the judge. The order of checks is data of the dialect
//! (`[[order]]`). Start with [`predict`].

mod order;
mod predict;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use predict::predict;
