//! The command `lianpu` from outside, a file a verb or a habit of it.

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

mod action;
mod again;
mod baseline;
mod catalog;
mod connection;
mod documents;
mod exit_codes;
mod foreign;
mod fuzz;
mod gate;
mod hostile;
mod html_report;
mod matrix;
mod own_dialect;
mod own_front;
mod photographs;
mod portrait;
mod report;
mod reproducers;
mod run;
mod sdk;
mod wrong_answers;

#[cfg(not(feature = "defects"))]
#[test]
fn planted_defects_are_found() {
    lianpu_testing::lacking(
        "defects",
        "no mistakes can be planted in the engine; `cargo test --all-features`",
    );
}
