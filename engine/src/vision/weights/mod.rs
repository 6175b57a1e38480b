//! The fitted constants of seeing, each file written by `cargo run --release -p lianpu-calibrate -- <its name>`.

pub(super) mod blur;
pub(super) mod face_shape;
#[rustfmt::skip]
pub(super) mod face_type;
#[rustfmt::skip]
pub(super) mod liveness;
#[rustfmt::skip]
pub(super) mod openness;
#[rustfmt::skip]
pub(super) mod pose;
