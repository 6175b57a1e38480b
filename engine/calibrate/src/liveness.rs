//! Prints and screens from life, and drawings from photographs.

use image::RgbImage;
use image::imageops::{FilterType, crop_imm, resize};
use lianpu_engine::vision::{Landmarks, Picture, Point, face_type, liveness};

use super::looks::{Looked, all, grey, look_at_scene};
use super::random::Random;
use super::scenes::{HELD_BACK, Portrait};
use super::table;
use super::training::{Example, Plan, answer, fit};

/// What the pictures show.
const KINDS: [&str; 4] = ["direct", "print", "screen", "cartoon"];
const PORTRAITS: usize = 1600;
const CHECKED: usize = 300;
const PLAN: Plan = Plan { hidden: 8, epochs: 150, penalty: 1e-4 };

struct Seen {
    kind: usize,
    live: Vec<f32>,
    drawn: Vec<f32>,
}

pub fn calibrate() {
    let train = portraits(1, PORTRAITS);
    let check = portraits(HELD_BACK, CHECKED);
    let live = network(&train, |seen| (seen.kind != 3).then_some((&seen.live, seen.kind == 0)));
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
            "{says}\n\nWritten by `cargo run --release -p lianpu-calibrate -- liveness`: do not edit."
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
        let mut all = vec![seen(kind, &looked.picture, &looked.landmarks)];
        // What only shows the middle of a print or screen, or too few pixels of it, cannot be told from life.
        if matches!(kind, 0 | 3) {
            for _ in 0..2 {
                let other = otherwise(&looked, &mut random);
                all.push(seen(kind, &other.picture, &other.landmarks));
            }
        }
        all.push(seen(kind, &grey(&looked.picture), &looked.landmarks));
        Some(all)
    });
    seen.into_iter().flatten().flatten().collect()
}

/// The same face as other cameras and archives give it: cut closer, smaller, perhaps enlarged again, without colours, with more
/// or less contrast.
fn otherwise(looked: &Looked, random: &mut Random) -> Looked {
    let picture = if random.chance(0.5) { grey(&looked.picture) } else { looked.picture.clone() };
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let image = RgbImage::from_raw(width as u32, height as u32, picture.rgb().to_vec()).unwrap();
    let edge = |of: fn(&Point) -> f32, most: bool| {
        looked
            .landmarks
            .iter()
            .map(of)
            .fold(if most { 0.0 } else { f32::MAX }, if most { f32::max } else { f32::min })
    };
    let room = if random.chance(0.3) { 1.0 } else { random.between(0.05, 0.6) };
    let left = (edge(|p| p.x, false) * (1.0 - room)).clamp(0.0, width - 40.0);
    let top = (edge(|p| p.y, false) * (1.0 - room)).clamp(0.0, height - 40.0);
    let right = (width - (width - edge(|p| p.x, true)) * (1.0 - room)).clamp(left + 40.0, width);
    let lower = (height - (height - edge(|p| p.y, true)) * (1.0 - room)).clamp(top + 40.0, height);
    let cut =
        crop_imm(&image, left as u32, top as u32, (right - left) as u32, (lower - top) as u32).to_image();
    let scale = |image: &RgbImage, by: f32| {
        let side = |side: u32| ((side as f32 * by) as u32).max(32);
        resize(image, side(image.width()), side(image.height()), FilterType::CatmullRom)
    };
    let by = random.between(0.3, 1.0);
    let mut small = scale(&cut, by);
    let (gain, lift, grain) =
        (random.between(0.55, 1.15), random.between(0.0, 35.0), random.between(0.0, 4.0));
    for pixel in small.pixels_mut() {
        let noise = random.between(-grain, grain);
        pixel.0 = pixel.0.map(|value| (f32::from(value) * gain + lift + noise).clamp(0.0, 255.0) as u8);
    }
    let again = if random.chance(0.5) { random.between(1.0, 3.0) } else { 1.0 };
    let image = if again > 1.0 { scale(&small, again) } else { small };
    let (across, down) =
        (image.width() as f32 / cut.width() as f32, image.height() as f32 / cut.height() as f32);
    let landmarks = Box::new(std::array::from_fn(|index| {
        let point = looked.landmarks[index];
        Point { x: (point.x - left.floor()) * across, y: (point.y - top.floor()) * down }
    }));
    let (width, height) = (image.width() as usize, image.height() as usize);
    Looked { picture: Picture::new(width, height, image.into_raw()).unwrap(), landmarks }
}

fn seen(kind: usize, picture: &Picture, landmarks: &Landmarks) -> Seen {
    Seen { kind, live: liveness::signs(picture, landmarks), drawn: face_type::signs(picture, landmarks) }
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
