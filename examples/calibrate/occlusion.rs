//! Hidden parts.

use image::RgbImage;
use image::imageops::{FilterType, resize};
use lianpu_engine::vision::quality::{blur, occlusion};
use lianpu_engine::vision::{Landmarks, Picture};

use super::covers;
use super::looks::{self, Looked, all, bmp, look, look_at_scene, photographs};
use super::random::Random;
use super::scenes::{HELD_BACK, Portrait};
use super::table;
use super::training::{Example, Plan, answer, fit};

const PORTRAITS: usize = 5000;
const CHECKED: usize = 600;
const KINDS: [&str; 5] = ["EYE", "NOSE", "MOUTH", "CHEEK", "CHIN"];
const PLAN: Plan = Plan { hidden: 20, epochs: 24, penalty: 3e-4 };
const THRESHOLDS: [f32; 3] = [0.2, 0.6, 0.8];

/// A face with the signs of its parts, and which are hidden.
struct Seen {
    /// What it is of, for the report.
    of: &'static str,
    signs: [Vec<f32>; 7],
    hidden: [bool; 7],
    /// Behind dark lenses eyes are hidden, but not by what the drawer lists.
    line: String,
}

pub fn calibrate() {
    let portraits = |first: u64, count: usize| -> Vec<Seen> {
        let seen = all(count, "portraits", |index| portrait(Portrait::of(first + index as u64)));
        seen.into_iter().flatten().collect()
    };
    let mut train = portraits(1, PORTRAITS);
    let mut check = portraits(HELD_BACK, CHECKED);
    let photographs = photographs();
    println!("{} portraits, {} held back, {} photographs", train.len(), check.len(), photographs.len());
    let real = all(photographs.len() * 4, "photographs", |index| {
        let (person, image) = &photographs[index / 4];
        Some((*person, photograph(image, index)?))
    });
    for (person, seen) in real.into_iter().flatten() {
        if person <= 20 { train.push(seen) } else { check.push(seen) }
    }

    let networks: Vec<Vec<f32>> =
        (0..KINDS.len()).map(|kind| table::rounded(&network(kind, &train))).collect();
    for (name, seen) in [("fitted", &train), ("held back", &check)] {
        println!("\n{name}");
        for of in [
            "drawn",
            "drawn, grey",
            "plastic",
            "plastic, grey",
            "pasted",
            "pasted, grey",
            "photograph",
            "photograph, pasted",
        ] {
            report(of, seen, &networks);
        }
    }
    let says = "Networks that tell whether an eye, the nose, the mouth, a cheek or the chin is hidden.\n\n\
                Written by `cargo run --release --example calibrate -- occlusion`: do not edit.";
    for (name, weights) in KINDS.iter().zip(&networks) {
        let file = format!("engine/src/vision/weights/occlusion/{}.rs", name.to_lowercase());
        table::write(&file, says, "crate::vision::network", &[(*name, occlusion::SIGNS, weights.as_slice())]);
    }
}

/// A portrait, now and then with a patch pasted on instead of one drawn: as it is, without colours, and
/// both in a mirror.
fn portrait(portrait: Portrait) -> Vec<Seen> {
    let sun = portrait.has_sunglasses();
    let Portrait { line, mut hidden, pasted, mut random, .. } = portrait;
    let Some(mut looked) = look_at_scene(&line) else { return Vec::new() };
    if pasted {
        let mut image = image_of(&looked.picture);
        let part = random.below(7);
        hidden[part] = true;
        let coloured = random.chance(0.7);
        covers::paste(&mut image, &looked.landmarks, part, coloured, &mut random);
        let Some(again) = look(&bmp(&image)) else { return Vec::new() };
        looked = again;
    }
    if sun {
        hidden[0] = true;
        hidden[1] = true;
    }
    let of = match pasted {
        true => ["pasted", "pasted, grey"],
        _ if line.contains("plastic") => ["plastic", "plastic, grey"],
        _ => ["drawn", "drawn, grey"],
    };
    let turned_round = [hidden[1], hidden[0], hidden[2], hidden[3], hidden[5], hidden[4], hidden[6]];
    let mirrored = looks::mirrored(&looked);
    let mut seen = Vec::new();
    for (looked, hidden) in [(looked, hidden), (mirrored, turned_round)] {
        let grey = looks::grey(&looked.picture);
        for (of, picture) in of.iter().zip([&looked.picture, &grey]) {
            let signs = measured(picture, &looked.landmarks);
            seen.push(Seen { of, signs, hidden, line: line.clone() });
        }
    }
    seen
}

fn measured(picture: &Picture, landmarks: &Landmarks) -> [Vec<f32>; 7] {
    occlusion::signs(picture, landmarks, blur::blur(picture, landmarks))
}

/// A photograph, bare, or with something pasted on it.
fn photograph(image: &RgbImage, index: usize) -> Option<Seen> {
    let mut random = Random::new(77_000_000 + index as u64);
    let grow = random.between(1.0, 2.6);
    let size = |side: u32| (side as f32 * grow) as u32;
    let mut image = resize(image, size(image.width()), size(image.height()), FilterType::CatmullRom);
    let bare = look(&bmp(&image))?;
    let mut hidden = [false; 7];
    let (of, Looked { picture, landmarks }) = if index.is_multiple_of(4) {
        ("photograph", bare)
    } else {
        let part = random.below(7);
        hidden[part] = true;
        covers::paste(&mut image, &bare.landmarks, part, false, &mut random);
        ("photograph, pasted", look(&bmp(&image))?)
    };
    let signs = measured(&picture, &landmarks);
    Some(Seen { of, signs, hidden, line: format!("photograph {index}") })
}

fn image_of(picture: &Picture) -> RgbImage {
    RgbImage::from_raw(picture.width() as u32, picture.height() as u32, picture.rgb().to_vec()).unwrap()
}

fn network(kind: usize, seen: &[Seen]) -> Vec<f32> {
    let examples: Vec<Example> = seen
        .iter()
        .flat_map(|seen| {
            (0..7).filter(move |part| occlusion::KINDS[*part] == kind).map(|part| Example {
                signs: seen.signs[part].clone(),
                answer: f32::from(u8::from(seen.hidden[part])),
                weight: if seen.hidden[part] { 2.0 } else { 1.0 },
            })
        })
        .collect();
    eprintln!("{}: {} examples", KINDS[kind], examples.len());
    fit(&examples, &PLAN)
}

/// How often bare and hidden parts are called what they are, at each threshold.
fn report(of: &str, seen: &[Seen], networks: &[Vec<f32>]) {
    let seen: Vec<&Seen> = seen.iter().filter(|seen| seen.of == of).collect();
    if seen.is_empty() {
        return;
    }
    println!("{of}: {} faces; bare parts called bare, hidden parts called hidden, %", seen.len());
    let mut all_right = 0;
    let answers: Vec<[f32; 7]> = seen
        .iter()
        .map(|seen| std::array::from_fn(|part| answer(&networks[occlusion::KINDS[part]], &seen.signs[part])))
        .collect();
    for (seen, answers) in seen.iter().zip(&answers) {
        let right = (0..7).all(|part| (answers[part] > 0.2) == seen.hidden[part]);
        all_right += usize::from(right);
        if !right && std::env::var_os("CALIBRATE_VERBOSE").is_some() {
            println!("    {} {:?} {answers:.2?}", seen.line, seen.hidden);
        }
    }
    for (part, name) in occlusion::PARTS.iter().enumerate() {
        let mut line = format!("  {name:<13}");
        for threshold in THRESHOLDS {
            for hidden in [false, true] {
                let of_kind = || seen.iter().zip(&answers).filter(|(seen, _)| seen.hidden[part] == hidden);
                let right = of_kind().filter(|(_, answers)| (answers[part] > threshold) == hidden).count();
                line += &format!(" {:5.1}", 100.0 * right as f32 / of_kind().count().max(1) as f32);
            }
            line += " |";
        }
        println!("{line}");
    }
    println!("  all seven right at 0.2: {:.1} %", 100.0 * all_right as f32 / seen.len() as f32);
}
