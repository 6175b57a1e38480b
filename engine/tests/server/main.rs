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
#[cfg(feature = "defects")]
mod defects;
mod documents;
mod faults;
mod gallery;
mod search;
#[cfg(feature = "fuzzing")]
mod seeds;
mod small_front;
mod support;
mod transport;

#[cfg(not(feature = "fuzzing"))]
#[test]
fn seeds_are_replayed() {
    lianpu_testing::lacking(
        "fuzzing",
        "the bodies of the fuzz targets are not built; `cargo test --all-features`",
    );
}
