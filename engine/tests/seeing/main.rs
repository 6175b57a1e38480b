//! What the engine sees: pictures decoded, faces found, and what is said of them, on photographs and drawn portraits.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, is documented by its name, and says what it measured"
)]

#[path = "../common/mod.rs"]
mod common;

mod attributes;
mod decode;
mod decode_kinds;
mod detect;
mod faces;
mod matching;
mod nets;
mod people;
mod portraits;
mod pose;
mod quality;
