//! How long and wide faces usually are.

use std::path::Path;

use lianpu_engine::vision::{Pose, face_shape};

use super::looks::{all, look_at_scene};

/// People who look ahead, of every age and build that is drawn.
const PEOPLE: usize = 1000;
const FILE: &str = "engine/src/vision/weights/face_shape.rs";

pub fn calibrate() {
    let seen: Vec<[f32; 3]> = all(PEOPLE, "people", |index| {
        let seed = 1 + index;
        let looked = look_at_scene(&format!("seed:{seed} seed={seed}"))?;
        let ahead = Pose { yaw: 0.0, pitch: 0.0, roll: 0.0 };
        Some(face_shape::proportions(&looked.landmarks, ahead))
    })
    .into_iter()
    .flatten()
    .collect();
    let usual: [(f32, f32); 3] = std::array::from_fn(|which| {
        let values = seen.iter().map(|proportions| proportions[which]);
        let mean = values.clone().sum::<f32>() / seen.len() as f32;
        let square = values.map(|value| (value - mean).powi(2)).sum::<f32>() / seen.len() as f32;
        (mean, square.sqrt())
    });
    println!("{} of {PEOPLE} people seen: {usual:.3?}", seen.len());
    let text = format!(
        "//! Means and spreads of proportions of faces, as `face_shape::proportions` has them.\n//!\n\
         //! Written by `cargo run --release -p lianpu-calibrate -- face-shape`: do not edit.\n\n\
         pub(in crate::vision) const USUAL: [(f32, f32); 3] = {usual:.3?};\n"
    );
    std::fs::write(Path::new(crate::ROOT).join(FILE), text).unwrap();
}
