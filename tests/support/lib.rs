//! What the tests of all packages share: what a test may lack, detectors of faces that others wrote, and which sources import
//! which.
//!
//! Knows neither harness nor engine. Start with [`lacking`]; what it notes is counted by `skipped.rs`, after all other tests.

#![allow(clippy::print_stdout, reason = "a skipped test says so")]

pub mod detectors;
pub mod imports;
mod notes;

pub use notes::{Note, take};

/// Says that a test, or a part of it, is skipped for want of something, and notes it for the count at the end. Panics where
/// `LIANPU_REQUIRE` (a list with commas) has the word for it.
pub fn lacking(word: &str, what: &str) {
    let required = std::env::var("LIANPU_REQUIRE").unwrap_or_default();
    assert!(!required.split(',').any(|listed| listed.trim() == word), "LIANPU_REQUIRE lists {word}: {what}");
    println!("skipped: {what}");
    notes::add(word, what);
}
