//! Fits the constants by which the engine judges faces, on drawn portraits whose truth is known.
//!
//! `cargo run --release -p lianpu-calibrate -- occlusion` draws, looks, fits, prints how well it does on people that
//! were held back, and writes `engine/src/vision/weights/occlusion.bin`; `occlusion-further` starts from the weights that
//! are there. The same for the other subjects. `report` measures the hidden parts once more with the weights that are
//! built in and writes the curves to `docs/occlusion.csv` and `docs/occlusion.svg`. `people` searches for people whom the
//! net tells apart, and lists them in `corpus/people.toml`. No photograph is read: those are for
//! measuring alone, by `lianpu-engine evaluate` and the tests.
//!
//! The only place besides tests where drawing and seeing meet: neither knows the other.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a tool of this repository: it reports to a terminal, and stops at what it does not expect"
)]

mod apart;
mod convolving;
mod covers;
mod face_shape;
mod liveness;
mod looks;
mod occlusion;
mod openness;
mod people;
mod pose;
mod random;
mod rates;
mod scenes;
mod table;
mod training;
mod varied;

/// The folder of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn main() {
    let subject = std::env::args().nth(1).unwrap_or_default();
    match subject.as_str() {
        "occlusion" => occlusion::calibrate(),
        "occlusion-further" => occlusion::calibrate_further(),
        "report" => occlusion::report_built_in(),
        "openness" => openness::calibrate(),
        "liveness" => liveness::calibrate(),
        "pose" => pose::calibrate(),
        "pose-corrections" => pose::calibrate_corrections(),
        "face-shape" => face_shape::calibrate(),
        "people" => people::search(),
        other => {
            eprintln!(
                "there is nothing to calibrate called «{other}»: occlusion, occlusion-further, openness, liveness, pose, pose-corrections, face-shape, people, report"
            );
            std::process::exit(2);
        }
    }
}
