//! Faces changed: one put in the place of another, or its own proportions changed. Plain, and from the pixels up.
//!
//! A face is moved by its 68 landmarks: every pixel follows the landmarks around it, the nearer the more. Knows pictures
//! and points, nothing of requests. Start with [`merge`] or [`edit`].

mod edit;
mod jpeg;
mod mask;
mod merge;
mod repaint;
mod side;
mod tone;
mod warp;

pub(super) use edit::{Look, edit};
pub(super) use jpeg::jpeg;
pub(super) use merge::merge;
pub(super) use side::Side;
