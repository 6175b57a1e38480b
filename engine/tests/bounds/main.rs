//! What must stay within bounds, measured by an allocator that counts and the time of a thread: pictures made to hurt, and a
//! gallery's memory.
//!
//! A program of its own, since the allocator is everybody's; its tests take turns.

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

mod crowds;
mod gallery;
mod hostile;
mod large;
mod measuring;
