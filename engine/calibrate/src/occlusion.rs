//! Hidden parts.

use std::borrow::Cow;

use image::RgbImage;
use lianpu_engine::vision::align::Frame;
use lianpu_engine::vision::quality::occlusion::{self, BELOW, NET};
use lianpu_engine::vision::{Landmarks, Picture, Point, convolution, pose};

use super::convolving::{Example, Plan, fit};
use super::covers;
use super::looks::{self, Looked, all, bmp, look, look_at_scene};
use super::random::Random;
use super::rates::{self, Answered};
use super::scenes::{HELD_BACK, Portrait};
use super::varied::{self, KEPT, KEPT_UNIT};

const PORTRAITS: usize = 14_000;
/// People by whom weights that are good already are fitted further.
const FURTHER_PORTRAITS: usize = 5100;
const CHECKED: usize = 1000;
/// The seed of the first person of the report.
const REPORTED: u64 = 930_000;
const PLAN: Plan = Plan { epochs: 30, rate: 2e-3, decay: 0.02, dropped: 0.25 };
/// For weights that are good already.
const FURTHER: Plan = Plan { epochs: 12, rate: 8e-4, ..PLAN };
const FILE: &str = "engine/src/vision/weights/occlusion.bin";

/// How much an example of a hidden part counts, bare ones being many more.
const HIDDEN_COUNTS: f32 = 2.0;
/// How much weights that were fitted further count, the rest being what they were before: the mean keeps more of what the
/// latter found, as small patches on chins.
const FURTHER_SHARE: f32 = 2.0 / 3.0;

pub fn calibrate() {
    fit_from(None, PORTRAITS, &PLAN);
}

/// Fits the weights that are built in further: enough where examples are varied in new ways.
pub fn calibrate_further() {
    let root = std::path::Path::new(crate::ROOT);
    let weights = convolution::read(&std::fs::read(root.join(FILE)).unwrap());
    fit_from(Some(&unsettled(weights)), FURTHER_PORTRAITS, &FURTHER);
}

fn fit_from(start: Option<&[f32]>, portraits: usize, plan: &Plan) {
    let faces = all(portraits, "portraits", |index| {
        let seen = seen(Portrait::of(1 + index as u64))?;
        Some(Shown::of(&seen))
    });
    let faces: Vec<Shown> = faces.into_iter().flatten().collect();
    let mut fitted = fit(&NET, plan, start.map(<[f32]>::to_vec), faces.len(), |index, random| {
        faces[index].example(&faces[random.below(faces.len())], random)
    });
    for (fitted, start) in fitted.iter_mut().zip(start.unwrap_or(&[])) {
        *fitted = FURTHER_SHARE * *fitted + (1.0 - FURTHER_SHARE) * start;
    }
    let bytes = convolution::written(&settled(fitted));
    let weights = convolution::read(&bytes);
    rates::print(&answered(&weights, HELD_BACK));
    std::fs::write(std::path::Path::new(crate::ROOT).join(FILE), bytes).unwrap();
    println!("written: {FILE}");
}

/// Measures the weights that are built in on people that neither they nor anything else was chosen by, and writes the curves.
pub fn report_built_in() {
    let root = std::path::Path::new(crate::ROOT);
    let weights = convolution::read(&std::fs::read(root.join(FILE)).unwrap());
    let answered = answered(&weights, REPORTED);
    rates::print(&answered);
    for (name, text) in [("csv", rates::csv(&answered)), ("svg", rates::svg(&answered))] {
        std::fs::write(root.join(format!("docs/occlusion.{name}")), text).unwrap();
    }
    println!("written: docs/occlusion.csv and docs/occlusion.svg");
}

/// What a network says of portraits from a seed on, with and without colours.
fn answered(weights: &[f32], first: u64) -> Vec<Answered> {
    let answered = all(CHECKED, "held back", |index| {
        let seen = seen(Portrait::of(first + index as u64))?;
        let answers = |picture: &Picture| {
            occlusion::likely(weights, &occlusion::sampled(picture, &seen.looked.landmarks))
        };
        let of = |grey, answers| Answered { of: seen.of, grey, hidden: seen.hidden, answers };
        Some([
            of(false, answers(&seen.looked.picture)),
            of(true, answers(&looks::grey(&seen.looked.picture))),
        ])
    });
    answered.into_iter().flatten().flatten().collect()
}

/// What the fitted odds are raised to: a part is to be on one side of all three thresholds, not between them.
const POWER: f32 = 5.0;

/// What is then taken from the logarithms of the odds, part by part: bare mouths would be taken for hidden more often than
/// any other part, and hidden noses and cheeks be missed. Chosen by people that are held back.
const LESS: [f32; 7] = [0.0, 0.0, -0.3, 1.0, -1.0, -1.0, 0.0];

/// Fitted weights as they are built in.
fn settled(mut weights: Vec<f32>) -> Vec<f32> {
    for weight in outputs(&mut weights) {
        *weight *= POWER;
    }
    biases(&mut weights).iter_mut().zip(LESS).for_each(|(bias, less)| *bias -= less);
    weights
}

/// Weights that are built in as they were fitted.
fn unsettled(mut weights: Vec<f32>) -> Vec<f32> {
    biases(&mut weights).iter_mut().zip(LESS).for_each(|(bias, less)| *bias += less);
    for weight in outputs(&mut weights) {
        *weight /= POWER;
    }
    weights
}

/// The last table of weights.
fn outputs(weights: &mut [f32]) -> &mut [f32] {
    let before = weights.len() - (NET.hidden + 1) * NET.outputs;
    &mut weights[before..]
}

fn biases(weights: &mut [f32]) -> &mut [f32] {
    let before = weights.len() - NET.outputs;
    &mut weights[before..]
}

/// A portrait as the engine sees it, and which parts of it are hidden.
struct Seen {
    of: &'static str,
    looked: Looked,
    hidden: [bool; 7],
}

/// Looks at a portrait, now and then with a patch pasted on instead of one drawn.
fn seen(portrait: Portrait) -> Option<Seen> {
    let sun = portrait.has_sunglasses();
    let Portrait { line, mut hidden, pasted, mut random, .. } = portrait;
    let mut looked = look_at_scene(&line)?;
    if pasted {
        let mut image = image_of(&looked.picture);
        let part = random.below(7);
        hidden[part] = true;
        let coloured = random.chance(0.7);
        covers::paste(&mut image, &looked.landmarks, part, coloured, &mut random);
        looked = look(&bmp(&image))?;
    }
    // Behind dark lenses eyes are hidden, but not by what the drawer lists.
    hidden[0] |= sun;
    hidden[1] |= sun;
    let material = line.split_whitespace().find_map(|word| word.strip_prefix("material="));
    let of = match material {
        _ if pasted => "pasted",
        Some("cloth") => "cloth",
        Some("paper") => "paper",
        Some("hand") => "hand",
        Some(_) => "plastic",
        None => "bare",
    };
    Some(Seen { of, looked, hidden })
}

fn image_of(picture: &Picture) -> RgbImage {
    RgbImage::from_raw(picture.width() as u32, picture.height() as u32, picture.rgb().to_vec()).unwrap()
}

/// What is kept of a face: its surroundings upright, at one size.
struct Shown {
    image: RgbImage,
    landmarks: Landmarks,
    hidden: [bool; 7],
}

impl Shown {
    fn of(seen: &Seen) -> Self {
        let frame = pose::frame(&seen.looked.landmarks);
        let half = KEPT as f32 / 2.0;
        let finer = (frame.unit() / KEPT_UNIT).ceil().clamp(1.0, 3.0) as u32;
        let image = RgbImage::from_fn(KEPT, KEPT, |x, y| {
            let mut sum = [0.0; 3];
            for part in 0..finer * finer {
                let at = |whole: u32, part: u32| whole as f32 + (part as f32 + 0.5) / finer as f32 - half;
                let place =
                    frame.pixel(at(x, part % finer) / KEPT_UNIT, BELOW + at(y, part / finer) / KEPT_UNIT);
                let colour = seen.looked.picture.between(place.x, place.y);
                sum.iter_mut().zip(colour).for_each(|(sum, seen)| *sum += seen);
            }
            image::Rgb(sum.map(|sum| (sum / (finer * finer) as f32).round() as u8))
        });
        let landmarks = Box::new(std::array::from_fn(|index| {
            let (x, y) = inside(&frame, seen.looked.landmarks[index]);
            Point { x: x * KEPT_UNIT + half - 0.5, y: (y - BELOW) * KEPT_UNIT + half - 0.5 }
        }));
        Self { image, landmarks, hidden: seen.hidden }
    }

    /// The face once more, varied, now and then with one more patch or before something else.
    fn example(&self, another: &Self, random: &mut Random) -> Example {
        let mut hidden = self.hidden;
        let mut image = Cow::Borrowed(&self.image);
        if random.chance(0.3) {
            varied::before_another(image.to_mut(), &self.landmarks, &another.image, random);
        }
        let part = random.below(7);
        if !hidden[part] && random.chance(0.15) {
            covers::paste(image.to_mut(), &self.landmarks, part, random.chance(0.7), random);
            hidden[part] = true;
        }
        let mirrored = random.chance(0.5);
        let colours = varied::varied(&image, mirrored, random);
        if mirrored {
            hidden = [hidden[1], hidden[0], hidden[2], hidden[3], hidden[5], hidden[4], hidden[6]];
        }
        let answers = hidden.map(|hidden| if hidden { (1.0, HIDDEN_COUNTS) } else { (0.0, 1.0) }).to_vec();
        Example { input: occlusion::levelled(&colours), answers }
    }
}

/// Where a point lies in a frame.
fn inside(frame: &Frame, point: Point) -> (f32, f32) {
    let (x, y) = (point.x - frame.origin.x, point.y - frame.origin.y);
    let squares = frame.unit().powi(2).max(1.0);
    let (ax, ay) = (frame.across.x, frame.across.y);
    ((x * ax + y * ay) / squares, (y * ax - x * ay) / squares)
}
