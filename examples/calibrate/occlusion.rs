//! Hidden parts.

use image::RgbImage;
use lianpu_engine::vision::align::Frame;
use lianpu_engine::vision::quality::occlusion::{self, BELOW, NET, SIDE, WIDE};
use lianpu_engine::vision::{Landmarks, Picture, Point, convolution, pose};

use super::convolving::{Example, Plan, fit};
use super::covers;
use super::looks::{self, Looked, all, bmp, look, look_at_scene};
use super::random::Random;
use super::rates::{self, Answered};
use super::scenes::{HELD_BACK, Portrait};

const PORTRAITS: usize = 14_000;
const CHECKED: usize = 1000;
/// The seed of the first person of the report.
const REPORTED: u64 = 920_000;
const PLAN: Plan = Plan { epochs: 30, rate: 2e-3, decay: 0.02, dropped: 0.25 };
const FILE: &str = "engine/src/vision/weights/occlusion.bin";

/// How much an example of a hidden part counts, bare ones being many more.
const HIDDEN_COUNTS: f32 = 2.0;

pub fn calibrate() {
    let faces = all(PORTRAITS, "portraits", |index| {
        let seen = seen(Portrait::of(1 + index as u64))?;
        Some(Shown::of(&seen))
    });
    let faces: Vec<Shown> = faces.into_iter().flatten().collect();
    let fitted = fit(&NET, &PLAN, faces.len(), |index, random| faces[index].example(random));
    let bytes = convolution::written(&sharpened(fitted));
    let weights = convolution::read(&bytes);
    rates::print(&answered(&weights, HELD_BACK));
    std::fs::write(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), bytes).unwrap();
    println!("written: {FILE}");
}

/// Measures the weights that are built in on people that neither they nor anything else was chosen by, and writes the curves.
pub fn report_built_in() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
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
        let answers = |picture: &Picture| -> [f32; 7] {
            let input = occlusion::levelled(&occlusion::sampled(picture, &seen.looked.landmarks));
            let odds = NET.run(weights, &input);
            std::array::from_fn(|part| 1.0 / (1.0 + (-odds[part]).exp()))
        };
        let of = |grey, answers| Answered { of: seen.of, grey, hidden: seen.hidden, answers };
        Some([
            of(false, answers(&seen.looked.picture)),
            of(true, answers(&looks::grey(&seen.looked.picture))),
        ])
    });
    answered.into_iter().flatten().flatten().collect()
}

/// The same answers further from the middle, the odds raised to a power: a part is to be on one side of all three
/// thresholds, not between them.
fn sharpened(mut weights: Vec<f32>) -> Vec<f32> {
    const POWER: f32 = 3.0;
    let of_outputs = weights.len() - (NET.hidden + 1) * NET.outputs;
    weights[of_outputs..].iter_mut().for_each(|weight| *weight *= POWER);
    weights
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

/// Pixels along a side of what is kept of a picture, and in a unit of the face's frame.
const KEPT: u32 = 128;
const KEPT_UNIT: f32 = KEPT as f32 / (1.3 * WIDE);

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

    /// The face once more: moved, turned, lit, coloured, blurred otherwise, now and then with one more patch.
    fn example(&self, random: &mut Random) -> Example {
        let mut hidden = self.hidden;
        let part = random.below(7);
        let mut pasted = None;
        if !hidden[part] && random.chance(0.15) {
            let mut image = self.image.clone();
            covers::paste(&mut image, &self.landmarks, part, random.chance(0.7), random);
            hidden[part] = true;
            pasted = Some(image);
        }
        let mirrored = random.chance(0.5);
        let mut colours = Self::moved(pasted.as_ref().unwrap_or(&self.image), mirrored, random);
        if random.chance(0.8) {
            lit(&mut colours, random);
        }
        if random.chance(0.5) {
            blurred(&mut colours, random.between(0.2, 1.6));
        }
        if random.chance(0.4) {
            let grain = random.between(0.0, 8.0);
            for colour in &mut colours {
                let (own, common) = (0.4 * grain, grain * bell(random));
                *colour = colour.map(|value| value + common + own * bell(random));
            }
        }
        if mirrored {
            hidden = [hidden[1], hidden[0], hidden[2], hidden[3], hidden[5], hidden[4], hidden[6]];
        }
        for value in colours.iter_mut().flatten() {
            *value = value.clamp(0.0, 255.0);
        }
        let answers = hidden.map(|hidden| if hidden { (1.0, HIDDEN_COUNTS) } else { (0.0, 1.0) }).to_vec();
        Example { input: occlusion::levelled(&colours), answers }
    }

    fn moved(image: &RgbImage, mirrored: bool, random: &mut Random) -> Vec<[f32; 3]> {
        let half = KEPT as f32 / 2.0 - 0.5;
        let (right, down) = (0.05 * bell(random), 0.05 * bell(random));
        let scale = (0.06 * bell(random)).exp();
        let (sine, cosine) = (3.0 * bell(random)).to_radians().sin_cos();
        let side = if mirrored { -1.0 } else { 1.0 };
        let at = |index: usize, part: usize| {
            ((index as f32 + 0.25 + 0.5 * part as f32) / SIDE as f32 - 0.5) * WIDE * scale * KEPT_UNIT
        };
        let places = (0..SIDE * SIDE).map(|index| (index % SIDE, index / SIDE));
        places
            .map(|(x, y)| {
                let mut sum = [0.0; 3];
                for part in 0..4 {
                    let (u, v) = (side * at(x, part % 2), at(y, part / 2));
                    let colour = between(
                        image,
                        half + u * cosine - v * sine + right * KEPT_UNIT,
                        half + u * sine + v * cosine + down * KEPT_UNIT,
                    );
                    sum.iter_mut().zip(colour).for_each(|(sum, seen)| *sum += seen / 4.0);
                }
                sum
            })
            .collect()
    }
}

/// Another exposure, lamp and white balance; without colours at times.
fn lit(colours: &mut [[f32; 3]], random: &mut Random) {
    let gamma = (0.3 * bell(random)).exp();
    let gain = random.between(0.6, 1.3);
    let cast: [f32; 3] = std::array::from_fn(|_| (0.08 * bell(random)).exp());
    let colour = if random.chance(0.4) { 0.0 } else { random.between(0.4, 1.4) };
    let (slope_x, slope_y) = (0.35 * bell(random), 0.25 * bell(random));
    for (index, pixel) in colours.iter_mut().enumerate() {
        let place = |index: usize| 2.0 * (index as f32 + 0.5) / SIDE as f32 - 1.0;
        let lamp = (1.0 + slope_x * place(index % SIDE) + slope_y * place(index / SIDE)).clamp(0.2, 2.0);
        let luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        for (value, cast) in pixel.iter_mut().zip(cast) {
            let toned = if colour == 0.0 { luma } else { (luma + colour * (*value - luma)) * cast };
            *value = 255.0 * (toned.clamp(0.0, 255.0) / 255.0).powf(gamma) * gain * lamp;
        }
    }
}

/// By a bell of this width, in samples.
fn blurred(colours: &mut [[f32; 3]], sigma: f32) {
    let weights: Vec<f32> = (-4..=4).map(|off: i32| (-0.5 * (off as f32 / sigma).powi(2)).exp()).collect();
    let all: f32 = weights.iter().sum();
    for across in [true, false] {
        let before = colours.to_vec();
        for (index, colour) in colours.iter_mut().enumerate() {
            let (x, y) = ((index % SIDE) as isize, (index / SIDE) as isize);
            let mut sum = [0.0; 3];
            for (weight, off) in weights.iter().zip(-4..=4_isize) {
                let inside = |place: isize| place.clamp(0, SIDE as isize - 1) as usize;
                let from = if across {
                    y as usize * SIDE + inside(x + off)
                } else {
                    inside(y + off) * SIDE + x as usize
                };
                sum.iter_mut().zip(before[from]).for_each(|(sum, seen)| *sum += weight * seen);
            }
            *colour = sum.map(|sum| sum / all);
        }
    }
}

/// Where a point lies in a frame.
fn inside(frame: &Frame, point: Point) -> (f32, f32) {
    let (x, y) = (point.x - frame.origin.x, point.y - frame.origin.y);
    let squares = frame.unit().powi(2).max(1.0);
    let (ax, ay) = (frame.across.x, frame.across.y);
    ((x * ax + y * ay) / squares, (y * ax - x * ay) / squares)
}

fn between(image: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let last = KEPT as f32 - 1.001;
    let (x, y) = (x.clamp(0.0, last), y.clamp(0.0, last));
    let (left, top) = (x as u32, y as u32);
    let (dx, dy) = (x - left as f32, y - top as f32);
    let corner = |x: u32, y: u32| image.get_pixel(x, y).0.map(f32::from);
    let (a, b, c, d) =
        (corner(left, top), corner(left + 1, top), corner(left, top + 1), corner(left + 1, top + 1));
    std::array::from_fn(|channel| {
        let upper = a[channel] + (b[channel] - a[channel]) * dx;
        upper + (c[channel] + (d[channel] - c[channel]) * dx - upper) * dy
    })
}

/// About normal, with a deviation of 1.
fn bell(random: &mut Random) -> f32 {
    (0..4).map(|_| random.between(-0.866, 0.866)).sum()
}
