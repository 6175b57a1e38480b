//! The bundled reference implementation: the vendors' face APIs over real detection and matching.
//!
//! - [`vision`]: pictures in, faces out.
//! - [`gallery`]: accounts, groups, persons, faces.
//! - [`fetch`]: pictures by URL.
//! - [`fault`]: failures on demand.
//! - [`tencent_ci`], [`baidu_face`]: one folder a dialect: parse, authenticate, dispatch, render.
//! - [`http`]: the server around them; [`serve`] is the entry.
//! - [`record`]: what clients sent, and why their signatures failed.
//! - [`cli`]: the command's arguments and what runs on them.

mod answer;
pub mod baidu_face;
pub mod cli;
mod condition;
mod config;
#[cfg_attr(not(feature = "defects"), expect(unreachable_pub, reason = "public with the feature"))]
mod defect;
mod engine;
pub mod fault;
pub mod fetch;
pub mod gallery;
pub mod http;
pub mod record;
pub mod tencent_ci;
pub mod vision;

pub use answer::Answer;
pub use condition::Condition;
pub use config::{Clock, Config, DIALECTS, UnknownLimit};
#[cfg(feature = "defects")]
pub use defect::{Defect, Defects};
pub use engine::{Engine, EngineError, serve};
