//! Means and spreads of proportions of faces, as `face_shape::proportions` has them.
//!
//! Written by `cargo run --release -p lianpu-calibrate -- face-shape`: do not edit.

pub(in crate::vision) const USUAL: [(f32, f32); 3] = [(0.733, 0.063), (0.790, 0.026), (0.496, 0.025)];
