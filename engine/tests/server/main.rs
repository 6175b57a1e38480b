//! The engine's front at byte level, against a server on a free port; the search of its gallery; the seeds of its fuzz
//! targets.

#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "the modules of one test program, which fails by panicking"
)]

mod addresses;
mod attributes;
mod baidu_face;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod faults;
mod gallery;
mod search;
mod seeds;
mod support;
mod transport;
