//! The engine's front at byte level, against a server on a free port.
#![expect(unreachable_pub, reason = "the modules of one test program")]

mod addresses;
mod attributes;
mod baidu_face;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod faults;
mod gallery;
mod small_front;
mod support;
mod transport;
