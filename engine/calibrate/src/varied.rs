//! A drawn face once more, as other people, lamps, lenses, films and landmarks would have it.
//!
//! Drawn people resemble each other more than real ones do. What varies here is what must not be taken for something
//! that hides a part: the build of the face and its furrows, shadows, other people and clothes around it, contrast,
//! grain, and how few pixels there are. Knows nothing of networks.
//!
//! Start with [`varied`].

use image::RgbImage;
use lianpu_engine::vision::quality::occlusion::{BELOW, SIDE, WIDE};
use lianpu_engine::vision::{Landmarks, Point};

use super::random::Random;

/// Pixels along a side of what is kept of a picture, and in a unit of the face's frame.
pub const KEPT: u32 = 128;
pub const KEPT_UNIT: f32 = KEPT as f32 / (1.3 * WIDE);

/// Colours, row by row, as many rows as columns.
struct Patch {
    side: usize,
    colours: Vec<[f32; 3]>,
}

/// The face that is kept in a picture, as it would be sampled from another one: [`SIDE`] × [`SIDE`].
pub fn varied(image: &RgbImage, mirrored: bool, random: &mut Random) -> Vec<[f32; 3]> {
    let few = if random.chance(0.2) { random.between(-1.3, 0.0).exp2() } else { 1.0 };
    let mut patch = moved(image, (few * SIDE as f32) as usize, mirrored, random);
    if random.chance(0.25) {
        furrowed(&mut patch, random);
    }
    if random.chance(0.3) {
        shaded(&mut patch, random);
    }
    if random.chance(0.15) {
        crossed(&mut patch, random);
    }
    if random.chance(0.8) {
        lit(&mut patch, random);
    }
    // Film is grainy before it is copied hard and grows soft, sensors are after the lens.
    let grain = if random.chance(0.4) { random.between(0.0, 12.0) } else { 0.0 };
    let soft = if random.chance(0.5) { random.between(0.2, 1.4) } else { 0.0 };
    let is_film = random.chance(0.4);
    if is_film {
        grained(&mut patch, grain, random.between(1.0, 3.0), random);
    }
    if random.chance(0.2) {
        hardened(&mut patch, random);
    }
    blurred(&mut patch, soft * few);
    if !is_film {
        grained(&mut patch, grain, 1.0, random);
    }
    for value in patch.colours.iter_mut().flatten() {
        *value = value.clamp(0.0, 255.0);
    }
    enlarged(&patch)
}

/// Puts something else behind the head: what is around another one, or one colour.
pub fn before_another(image: &mut RgbImage, landmarks: &Landmarks, other: &RgbImage, random: &mut Random) {
    let outline = outline(landmarks, random.between(1.0, 1.12));
    let plain = random.chance(0.4).then(|| {
        let luma = if random.chance(0.5) { random.between(0.0, 60.0) } else { random.between(60.0, 255.0) };
        [0; 3].map(|_: u8| luma + random.between(-15.0, 15.0))
    });
    let (right, down) = (random.between(-1.2, 1.2) * KEPT_UNIT, random.between(-1.2, 1.2) * KEPT_UNIT);
    let gain = random.between(0.4, 1.4);
    // Hair and neck stay at times.
    let from = if random.chance(0.4) { random.between(0.3, 0.6) * KEPT as f32 } else { 0.0 };
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let (px, py) = (x as f32, y as f32);
        if py < from || within(&outline, px, py) {
            continue;
        }
        let around = |place: f32| place.rem_euclid(KEPT as f32 - 1.0);
        let colour =
            plain.unwrap_or_else(|| between(other, around(px + right), around(py + down)).map(|v| gain * v));
        *pixel = image::Rgb(colour.map(|value| value as u8));
    }
}

/// The jaw, and above the brows as much of the head as below, larger by a factor.
fn outline(landmarks: &Landmarks, grow: f32) -> Vec<Point> {
    let jaw = &landmarks[..17];
    let middle = Point { x: f32::midpoint(jaw[0].x, jaw[16].x), y: f32::midpoint(jaw[0].y, jaw[16].y) };
    let upper = jaw.iter().rev().map(|point| Point { y: middle.y - 0.75 * (point.y - middle.y), ..*point });
    let grown = |point: Point| Point {
        x: middle.x + grow * (point.x - middle.x),
        y: middle.y + grow * (point.y - middle.y),
    };
    jaw.iter().copied().chain(upper).map(grown).collect()
}

/// Whether a place lies within an outline.
fn within(outline: &[Point], x: f32, y: f32) -> bool {
    let mut inside = false;
    let mut last = outline[outline.len() - 1];
    for point in outline {
        if (point.y > y) != (last.y > y)
            && x < (last.x - point.x) * (y - point.y) / (last.y - point.y) + point.x
        {
            inside = !inside;
        }
        last = *point;
    }
    inside
}

/// Sampled anew: shifted, turned, of another build.
fn moved(image: &RgbImage, side: usize, mirrored: bool, random: &mut Random) -> Patch {
    let half = KEPT as f32 / 2.0 - 0.5;
    let ends = ends(random);
    let (right, down) = (0.06 * bell(random), 0.06 * bell(random));
    let scale = (0.07 * bell(random)).exp();
    let longer = (0.04 * bell(random)).exp();
    let (sine, cosine) = (3.5 * bell(random)).to_radians().sin_cos();
    let mirror = if mirrored { -1.0 } else { 1.0 };
    let waves: [[f32; 5]; 3] = std::array::from_fn(|_| {
        [
            0.025 * bell(random),
            0.025 * bell(random),
            random.between(-3.0, 3.0),
            random.between(-3.0, 3.0),
            random.between(0.0, 6.3),
        ]
    });
    let step = WIDE * scale / side as f32;
    let finer = (step * KEPT_UNIT).ceil().max(2.0) as usize;
    let at = |index: usize, part: usize| {
        (index as f32 + (part as f32 + 0.5) / finer as f32) * step - 0.5 * WIDE * scale
    };
    let sample = |index: usize| {
        let (x, y) = (index % side, index / side);
        let (middle_u, middle_v) = (mirror * at(x, finer / 2) / longer, at(y, finer / 2) * longer);
        let (mut off_u, mut off_v) = (0.0, 0.0);
        for [across, along, often_u, often_v, phase] in waves {
            let wave = (often_u * middle_u + often_v * middle_v + phase).sin();
            off_u += across * wave;
            off_v += along * wave;
        }
        let mut sum = [0.0; 3];
        for part in 0..finer * finer {
            let u = mirror * at(x, part % finer) / longer + off_u;
            let v = at(y, part / finer) * longer + off_v;
            let (across, along) = (u * cosine - v * sine + right, u * sine + v * cosine + down);
            let colour = between(
                image,
                half + across.clamp(ends[0], ends[1]) * KEPT_UNIT,
                half + along.clamp(ends[2], ends[3]) * KEPT_UNIT,
            );
            sum.iter_mut().zip(colour).for_each(|(sum, seen)| *sum += seen);
        }
        sum.map(|sum| sum / (finer * finer) as f32)
    };
    Patch { side, colours: (0..side * side).map(sample).collect() }
}

/// How far the picture reaches from the middle to the left, right, top and bottom, in units of the frame. Close portraits
/// end by the chin or the cheeks, and what is taken for their surroundings repeats their last pixels.
fn ends(random: &mut Random) -> [f32; 4] {
    let mut ends = [-WIDE, WIDE, -WIDE, WIDE];
    if random.chance(0.25) {
        ends[3] = random.between(1.0, 1.5);
    }
    for (end, side) in [(0, -1.0), (1, 1.0)] {
        if random.chance(0.1) {
            ends[end] = side * random.between(0.9, 1.5);
        }
    }
    if random.chance(0.1) {
        ends[2] = -random.between(1.0, 1.5);
    }
    ends
}

impl Patch {
    /// Where a sample lies in the face's frame, across and down.
    fn place(&self, index: usize) -> (f32, f32) {
        let at = |index: usize| ((index as f32 + 0.5) / self.side as f32 - 0.5) * WIDE;
        (at(index % self.side), at(index / self.side) + BELOW)
    }

    /// Darkens each place by a share.
    fn darken(&mut self, share: impl Fn(f32, f32) -> f32) {
        for index in 0..self.colours.len() {
            let (u, v) = self.place(index);
            let left = 1.0 - share(u, v);
            self.colours[index] = self.colours[index].map(|value| value * left);
        }
    }
}

/// Dark lines like those that age and laughter draw, often the same on both sides.
fn furrowed(patch: &mut Patch, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let (mut u, mut v) = (random.between(0.0, 1.0), random.between(-0.5, 1.7));
        let (mut turn, bend) = (random.between(0.0, 6.3_f32), random.between(-0.25, 0.25));
        let points: Vec<(f32, f32)> = (0..8)
            .map(|_| {
                turn += bend;
                u += 0.06 * turn.cos();
                v += 0.06 * turn.sin();
                (u, v)
            })
            .collect();
        let (wide, depth) = (random.between(0.025, 0.07), random.between(0.1, 0.5));
        let (left, both) = (random.chance(0.5), random.chance(0.7));
        patch.darken(|u, v| {
            let near = |u: f32| {
                let squares = points.iter().map(|(x, y)| (u - x).powi(2) + (v - y).powi(2));
                squares.fold(f32::MAX, f32::min)
            };
            let nearest = match (both, left) {
                (true, _) => near(u.abs()),
                (false, true) => near(-u),
                (false, false) => near(u),
            };
            let off = nearest / (wide * wide);
            if off > 12.0 { 0.0 } else { depth * (-0.5 * off).exp() }
        });
    }
}

/// Thin lines across the face: strands of hair, scratches, rims, frames that somebody drew. They hide nothing.
fn crossed(patch: &mut Patch, random: &mut Random) {
    let luma = random.between(0.0, 255.0);
    let colour: [f32; 3] = std::array::from_fn(|_| luma + random.between(-60.0, 60.0));
    for _ in 0..=random.below(3) {
        let (x, y) = (random.between(-1.3, 1.3), random.between(-0.8, 2.0));
        let (along, across) = random.between(0.0, 6.3).sin_cos();
        let bend = if random.chance(0.5) { random.between(-0.3, 0.3) } else { 0.0 };
        let half = random.between(0.01, 0.04);
        let opaque = random.between(0.4, 1.0);
        for index in 0..patch.colours.len() {
            let (u, v) = patch.place(index);
            let ahead = (u - x) * across + (v - y) * along;
            let off = ((v - y) * across - (u - x) * along - bend * ahead * ahead).abs();
            // From all of the line to none within a sample.
            let share = opaque * (0.5 - (off - half) * SIDE as f32 / WIDE).clamp(0.0, 1.0);
            let seen = &mut patch.colours[index];
            seen.iter_mut().zip(colour).for_each(|(seen, colour)| *seen += share * (colour - *seen));
        }
    }
}

/// Soft shadows and lights on parts of the face, often the same on both sides: deep sockets, hollow cheeks, what a
/// moustache or a low sun does. What lies under them shows still, so they hide nothing.
fn shaded(patch: &mut Patch, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let is_socket = random.chance(0.25);
        let (x, y) = if is_socket {
            (random.between(0.4, 0.6), random.between(-0.15, 0.1))
        } else {
            (random.between(-0.9, 0.9), random.between(-0.4, 1.6))
        };
        let most = if is_socket { 0.35 } else { 0.6 };
        let (wide, high) = (random.between(0.12, most), random.between(0.12, most));
        let depth = if is_socket || random.chance(0.7) {
            random.between(0.2, 0.75)
        } else {
            -random.between(0.1, 0.5)
        };
        let both = is_socket || random.chance(0.5);
        patch.darken(|u, v| {
            let bell = |x: f32| (-0.5 * (((u - x) / wide).powi(2) + ((v - y) / high).powi(2))).exp();
            depth * if both { bell(x).max(bell(-x)) } else { bell(x) }
        });
    }
}

/// Another exposure, lamp and white balance, or no colours.
fn lit(patch: &mut Patch, random: &mut Random) {
    let gamma = (0.3 * bell(random)).exp();
    let gain = random.between(0.6, 1.3);
    let cast: [f32; 3] = std::array::from_fn(|_| (0.08 * bell(random)).exp());
    let coloured = random.chance(0.55);
    let colour = random.between(0.4, 1.4);
    let (slope_x, slope_y) = (0.35 * bell(random), 0.25 * bell(random));
    for index in 0..patch.colours.len() {
        let (u, v) = patch.place(index);
        let (x, y) = (2.0 * u / WIDE, 2.0 * (v - BELOW) / WIDE);
        let lamp = (1.0 + slope_x * x + slope_y * y).clamp(0.2, 2.0);
        let pixel = &mut patch.colours[index];
        let luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        for (value, cast) in pixel.iter_mut().zip(cast) {
            let toned = if coloured { (luma + colour * (*value - luma)) * cast } else { luma };
            *value = 255.0 * (toned.clamp(0.0, 255.0) / 255.0).powf(gamma) * gain * lamp;
        }
    }
}

/// Harder contrast about some brightness, as of old prints and bad exposures: dark places go black, bright ones white.
fn hardened(patch: &mut Patch, random: &mut Random) {
    let hard = random.between(1.2, 2.2);
    let (middle, to) = (random.between(80.0, 150.0), random.between(100.0, 150.0));
    for colour in &mut patch.colours {
        *colour = colour.map(|value| (to + hard * (value - middle)).clamp(0.0, 255.0));
    }
}

/// Grain of this deviation and so many samples wide, mostly without colours.
fn grained(patch: &mut Patch, grain: f32, wide: f32, random: &mut Random) {
    if grain == 0.0 {
        return;
    }
    let side = ((patch.side as f32 / wide) as usize).max(2);
    let grains = Patch {
        side,
        colours: (0..side * side)
            .map(|_| {
                let common = grain * bell(random);
                std::array::from_fn(|_| common + 0.4 * grain * bell(random))
            })
            .collect(),
    };
    for index in 0..patch.colours.len() {
        let grain = grains.share(index % patch.side, index / patch.side, patch.side);
        patch.colours[index].iter_mut().zip(grain).for_each(|(value, grain)| *value += grain);
    }
}

/// By a bell of this width, in samples.
fn blurred(patch: &mut Patch, sigma: f32) {
    if sigma == 0.0 {
        return;
    }
    let weights: Vec<f32> = (-4..=4).map(|off: i32| (-0.5 * (off as f32 / sigma).powi(2)).exp()).collect();
    let all: f32 = weights.iter().sum();
    let side = patch.side;
    for across in [true, false] {
        let before = patch.colours.clone();
        for (index, colour) in patch.colours.iter_mut().enumerate() {
            let (x, y) = ((index % side) as isize, (index / side) as isize);
            let mut sum = [0.0; 3];
            for (weight, off) in weights.iter().zip(-4..=4_isize) {
                let inside = |place: isize| place.clamp(0, side as isize - 1) as usize;
                let from = if across {
                    y as usize * side + inside(x + off)
                } else {
                    inside(y + off) * side + x as usize
                };
                sum.iter_mut().zip(before[from]).for_each(|(sum, seen)| *sum += weight * seen);
            }
            *colour = sum.map(|sum| sum / all);
        }
    }
}

/// As a picture of fewer pixels is sampled.
fn enlarged(patch: &Patch) -> Vec<[f32; 3]> {
    if patch.side == SIDE {
        return patch.colours.clone();
    }
    (0..SIDE * SIDE).map(|index| patch.share(index % SIDE, index / SIDE, SIDE)).collect()
}

impl Patch {
    /// What lies at a sample of a grid of another side over the same square.
    fn share(&self, x: usize, y: usize, side: usize) -> [f32; 3] {
        let last = self.side as f32 - 1.001;
        let at =
            |index: usize| ((index as f32 + 0.5) * self.side as f32 / side as f32 - 0.5).clamp(0.0, last);
        let (x, y) = (at(x), at(y));
        let (left, top) = (x as usize, y as usize);
        let corner = |x: usize, y: usize| self.colours[y * self.side + x];
        let corners =
            [corner(left, top), corner(left + 1, top), corner(left, top + 1), corner(left + 1, top + 1)];
        mixed(corners, x - left as f32, y - top as f32)
    }
}

fn between(image: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let last = KEPT as f32 - 1.001;
    let (x, y) = (x.clamp(0.0, last), y.clamp(0.0, last));
    let (left, top) = (x as u32, y as u32);
    let corner = |x: u32, y: u32| image.get_pixel(x, y).0.map(f32::from);
    let corners =
        [corner(left, top), corner(left + 1, top), corner(left, top + 1), corner(left + 1, top + 1)];
    mixed(corners, x - left as f32, y - top as f32)
}

fn mixed([a, b, c, d]: [[f32; 3]; 4], dx: f32, dy: f32) -> [f32; 3] {
    std::array::from_fn(|channel| {
        let upper = a[channel] + (b[channel] - a[channel]) * dx;
        upper + (c[channel] + (d[channel] - c[channel]) * dx - upper) * dy
    })
}

/// About normal, with a deviation of 1.
pub fn bell(random: &mut Random) -> f32 {
    (0..4).map(|_| random.between(-0.866, 0.866)).sum()
}
