//! The command `lianpu-engine` as a process, a file a verb.

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

mod evaluate;
mod inspect;
mod models;
mod record;
mod serve;
