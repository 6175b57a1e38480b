//! The library in this process: what the corpus holds, what is sent, what is predicted, and the engine that answers it.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, is documented by its name, and says what it measured"
)]

#[path = "../in_process/mod.rs"]
mod in_process;

mod catalog_seeds;
mod catalog_vectors;
mod mutated_bodies;
mod mutation_plans;
mod predicted;
mod predictions;
mod provocations;
mod round_trips;
mod seeds;
mod sign_vectors;
mod single_mutations;

#[cfg(not(all(feature = "bundled", feature = "fuzzing")))]
#[test]
fn seeds_are_replayed() {
    lianpu_testing::lacking(
        "fuzzing",
        "the bodies of the fuzz targets are not built; `cargo test --all-features`",
    );
}
