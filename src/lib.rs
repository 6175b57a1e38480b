//! lianpu (脸谱): a conformance test harness and protocol fuzzer for face-recognition HTTP APIs.
//!
//! Modules from the inside outwards. All but the last four are pure: no socket, clock, file or environment; time, nonce and
//! randomness are arguments. Sockets live in [`run`] and [`cli`].
//!
//! - [`wire`]: requests and replies as values, and the writers of bodies, which can also write them wrongly.
//! - [`sign`]: one file a signature scheme.
//! - [`portrait`]: pictures drawn for provocations; a package of its own.
//! - [`catalog`]: the vendors' documents read into tables.
//! - [`request`]: the valid request of an operation, in the making and signed; what must stand before it.
//! - [`provoke`]: recipes made into scenarios.
//! - [`mutate`]: a valid request changed on purpose, by a plan that can be told, kept and repeated.
//! - [`oracle`]: which answers a changed request may get.
//! - [`judge`]: a reply held against what was expected.
//! - [`report`]: records made into text.
//! - [`run`]: the target, the HTTP client, the origin, and cucumber.
//! - [`bundle`]: what failed, kept whole and without secrets, and carried out again.
//! - [`fuzzing`]: plans drawn, sent, judged, shrunk.
//! - [`cli`]: one file a verb.

pub mod bundle;
pub mod catalog;
pub mod cli;
mod closed_list;
pub mod fuzzing;
pub mod judge;
pub mod mutate;
mod nearest;
pub mod oracle;
pub mod provoke;
pub mod report;
pub mod request;
pub mod run;
mod shell;
pub mod sign;
pub mod wire;

pub use lianpu_portrait as portrait;
