//! How far eyes and mouth are open.

use lianpu_engine::vision::quality::openness;

use super::looks::{self, all, look_at_scene};
use super::scenes::{HELD_BACK, Portrait};
use super::table;
use super::training::{Example, Plan, answer, fit};

const PORTRAITS: usize = 5000;
const CHECKED: usize = 600;
const PLAN: Plan = Plan { hidden: 12, epochs: 60, penalty: 3e-4 };

/// How much closed eyes count.
const CLOSED: f32 = 2.5;

/// Examples of eyes, and of mouths.
type Examples = [Vec<Example>; 2];

pub fn calibrate() {
    let (train, check) = (examples(1, PORTRAITS), examples(HELD_BACK, CHECKED));
    let networks = [0, 1].map(|kind| table::rounded(&fit(&train[kind], &PLAN)));
    for (kind, name) in ["eyes", "mouths"].iter().enumerate() {
        for (set, examples) in [("fitted", &train[kind]), ("held back", &check[kind])] {
            report(&format!("{name}, {set}"), examples, &networks[kind]);
        }
    }
    let says = "Networks that tell how far an eye or the mouth is open.\n\n\
                Written by `cargo run --release -p lianpu-calibrate -- openness`: do not edit.";
    let named = [
        ("EYE", openness::SIGNS, networks[0].as_slice()),
        ("MOUTH", openness::SIGNS, networks[1].as_slice()),
    ];
    table::write("engine/src/vision/weights/openness.rs", says, "crate::vision::network", &named);
}

fn examples(first: u64, count: usize) -> Examples {
    let seen = all(count, "portraits", |index| {
        let portrait = Portrait::of(first + index as u64);
        let looked = look_at_scene(&portrait.line)?;
        let picture = if portrait.grey { looks::grey(&looked.picture) } else { looked.picture };
        let example = |signs, answer| Example { signs, answer, weight: 1.0 };
        let open = 1.0 - portrait.key("eyes")?;
        // Most people are drawn with open eyes: closed ones count for more, or the doubtful would be called open.
        let weight = if open < 0.5 { CLOSED } else { 1.0 };
        let mut eyes = Vec::new();
        for (part, signs) in openness::eye_signs(&picture, &looked.landmarks).into_iter().enumerate() {
            if !portrait.hidden[part] && !portrait.has_sunglasses() {
                eyes.push(Example { signs, answer: open, weight });
            }
        }
        let mut mouths = Vec::new();
        if !portrait.hidden[3] {
            mouths.push(example(openness::mouth_signs(&picture, &looked.landmarks), portrait.key("mouth")?));
        }
        Some([eyes, mouths])
    });
    let mut all: Examples = [Vec::new(), Vec::new()];
    for [eyes, mouths] in seen.into_iter().flatten() {
        all[0].extend(eyes);
        all[1].extend(mouths);
    }
    all
}

fn report(name: &str, examples: &[Example], network: &[f32]) {
    let off = |example: &Example| (answer(network, &example.signs) - example.answer).abs();
    let mean = examples.iter().map(off).sum::<f32>() / examples.len() as f32;
    let ends: Vec<&Example> =
        examples.iter().filter(|example| example.answer <= 0.2 || example.answer >= 0.8).collect();
    let right = ends
        .iter()
        .filter(|example| (answer(network, &example.signs) > 0.5) == (example.answer > 0.5))
        .count();
    println!(
        "{name}: {} examples, mean error {mean:.3}; open and closed told apart in {:.1} % of {}",
        examples.len(),
        100.0 * right as f32 / ends.len() as f32,
        ends.len()
    );
}
