//! The bundled reference implementation: the vendors' face APIs over real detection and matching.
//!
//! - [`vision`]: pictures in, faces out.
//! - [`gallery`]: accounts, groups, persons, faces.
//! - [`fetch`]: pictures by URL.
//! - [`fault`]: failures on demand.
//! - [`tencent_ci`]: one folder a dialect: parse, authenticate, dispatch, render.
//! - [`http`]: the server around them; [`serve`] is the entry.

pub mod vision;
