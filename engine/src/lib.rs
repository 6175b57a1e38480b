//! The bundled reference implementation: the vendors' face APIs over real detection and matching.
//!
//! From the inside outwards:
//!
//! - [`vision`]: pictures in, faces out. [`fetch`]: pictures by URL. [`gallery`]: accounts, groups, persons, faces.
//! - [`front`]: the contract of a vendor's interface. A folder for each front: parse, authenticate, dispatch, render.
//!   [`fronts`] names all of them, and nothing else knows any.
//! - [`record`]: what clients sent, and why their signatures failed. [`http`]: the server around the fronts.
//! - [`Config`], [`Engine`], [`serve`]: the parts put together. [`cli`]: the command's arguments and what runs on them.

pub mod baidu_face;
pub mod cli;
mod config;
mod defect;
mod engine;
pub mod fetch;
pub mod front;
pub mod fronts;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
pub mod gallery;
pub mod http;
pub mod record;
pub mod tencent_ci;
pub mod vision;

pub use config::{Config, UnknownLimit};
pub use engine::{Engine, EngineError, serve};
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_connection;
