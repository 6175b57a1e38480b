//! What is drawn, how it is asked for, and what detectors of others make of it.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, is documented by its name, and says what it measured"
)]

mod accepted;
mod files;
mod photographs;
mod properties;
mod scene;
mod truth;
