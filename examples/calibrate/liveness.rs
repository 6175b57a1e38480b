//! Prints and screens from life, and drawings from photographs.

use image::imageops::{FilterType, resize};
use lianpu_engine::vision::{Landmarks, Picture, face_type, liveness};

use super::looks::{all, bmp, look, look_at_scene, photographs};
use super::random::Random;
use super::scenes::{HELD_BACK, Portrait};
use super::table;
use super::training::{Example, Plan, answer, fit};

/// What the pictures show.
const KINDS: [&str; 5] = ["direct", "print", "screen", "cartoon", "photograph"];
const PORTRAITS: usize = 900;
const CHECKED: usize = 160;
const PLAN: Plan = Plan { hidden: 8, epochs: 150, penalty: 1e-4 };

struct Seen {
    kind: usize,
    live: Vec<f32>,
    drawn: Vec<f32>,
}

pub fn calibrate() {
    let mut train = portraits(1, PORTRAITS);
    let mut check = portraits(HELD_BACK, CHECKED);
    for (person, seen) in real() {
        if person <= 20 { train.push(seen) } else { check.push(seen) }
    }
    let live = network(&train, |seen| (seen.kind != 3).then_some((&seen.live, matches!(seen.kind, 0 | 4))));
    let cartoon = network(&train, |seen| Some((&seen.drawn, seen.kind == 3)));
    for (set, seen) in [("fitted", &train), ("held back", &check)] {
        for (kind, name) in KINDS.iter().enumerate() {
            let of_kind = || seen.iter().filter(|seen| seen.kind == kind);
            let count = of_kind().count().max(1);
            let share = |right: &dyn Fn(&Seen) -> bool| {
                100.0 * of_kind().filter(|seen| right(seen)).count() as f32 / count as f32
            };
            let above = |least: f32| share(&|seen| answer(&live, &seen.live) >= least);
            println!(
                "{set}, {name}: {count}; liveness at least 0.05 {:.1} %, 0.3 {:.1} %, 0.9 {:.1} %; cartoon {:.1} %",
                above(0.05),
                above(0.3),
                above(0.9),
                share(&|seen| answer(&cartoon, &seen.drawn) >= 0.5)
            );
        }
    }
    let written = |file: &str, says: &str, name: &str, inputs: usize, weights: &[f32]| {
        let says = format!(
            "{says}\n\nWritten by `cargo run --release --example calibrate -- liveness`: do not edit."
        );
        table::write(file, &says, "crate::vision::network", &[(name, inputs, weights)]);
    };
    written(
        "engine/src/vision/weights/liveness.rs",
        "A network that tells faces from life from prints and screens.",
        "LIVENESS",
        liveness::SIGNS,
        &live,
    );
    written(
        "engine/src/vision/weights/face_type.rs",
        "A network that tells cartoons from photographs.",
        "CARTOON",
        face_type::SIGNS,
        &cartoon,
    );
}

fn portraits(first: u64, count: usize) -> Vec<Seen> {
    let seen = all(count, "portraits", |index| {
        let seed = first + index as u64;
        let mut portrait = Portrait::of(seed);
        let mut random = Random::new(seed ^ 0x11fe);
        let kind = random.below(4);
        let size = random.below(4);
        match kind {
            1 => portrait.line += " recapture=print",
            2 => portrait.line += " recapture=screen",
            3 => portrait.line += " style=cartoon",
            _ => {}
        }
        if kind > 0 || size == 3 {
            portrait.line += ["", " size=360x440", " size=480x640", " size=640x480"][size];
        }
        let looked = look_at_scene(&portrait.line)?;
        Some(seen(kind, &looked.picture, &looked.landmarks))
    });
    seen.into_iter().flatten().collect()
}

fn seen(kind: usize, picture: &Picture, landmarks: &Landmarks) -> Seen {
    Seen { kind, live: liveness::signs(picture, landmarks), drawn: face_type::signs(picture, landmarks) }
}

/// Photographs, as they are and enlarged.
fn real() -> Vec<(usize, Seen)> {
    let photographs = photographs();
    let seen = all(2 * photographs.len(), "photographs", |index| {
        let (person, image) = &photographs[index / 2];
        let image = if index % 2 == 0 {
            image.clone()
        } else {
            resize(image, 3 * image.width(), 3 * image.height(), FilterType::CatmullRom)
        };
        let looked = look(&bmp(&image))?;
        Some((*person, seen(4, &looked.picture, &looked.landmarks)))
    });
    seen.into_iter().flatten().collect()
}

fn network(seen: &[Seen], of: impl Fn(&Seen) -> Option<(&Vec<f32>, bool)>) -> Vec<f32> {
    let examples: Vec<Example> = seen
        .iter()
        .filter_map(|seen| {
            let (signs, yes) = of(seen)?;
            Some(Example { signs: signs.clone(), answer: f32::from(u8::from(yes)), weight: 1.0 })
        })
        .collect();
    table::rounded(&fit(&examples, &PLAN))
}
