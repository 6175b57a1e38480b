//! Whether a face was taken from life or from a print or a screen.
//!
//! One still picture, four signs: a regular grain (the dots of a print, the grid of a screen, and what they make together
//! with the sensor's grid), straight edges around the picture (paper, bezel), greyed blacks with little contrast, and
//! softness. A small network weighs them. It is a presentation attack detector of the simplest kind: it knows drawn
//! prints and screens and has seen real faces only as photographs. A good print that fills the picture, a screen finer
//! than the sensor, a mask or a synthetic face pass; it is no protection of anything.

use super::align::Frame;
use super::quality::blur;
use super::weights::liveness::LIVENESS;
use super::{Grey, Landmarks, Picture};

/// How many numbers are taken of a face and of the picture around it.
pub const SIGNS: usize = 13;

/// How likely the face is from life, 0 to 1, in a picture of which this is the whole.
pub fn liveness(picture: &Picture, whole: &Whole, landmarks: &Landmarks) -> f32 {
    LIVENESS.probability(&measured(picture, whole, landmarks))
}

/// What is the same for all faces of a picture, and takes the time of all its pixels.
#[derive(Debug)]
pub struct Whole {
    grey: Grey,
    borders: [f32; 4],
    /// The darkest and the brightest hundredth, 0 to 1.
    tones: [f32; 2],
}

impl Whole {
    /// Measures a picture.
    pub fn of(picture: &Picture) -> Self {
        let grey = picture.grey();
        Self { borders: borders(&grey), tones: quantiles(&grey, [0.01, 0.99]), grey }
    }
}

/// What is measured.
pub fn signs(picture: &Picture, landmarks: &Landmarks) -> Vec<f32> {
    measured(picture, &Whole::of(picture), landmarks)
}

fn measured(picture: &Picture, whole: &Whole, landmarks: &Landmarks) -> Vec<f32> {
    let grey = &whole.grey;
    let frame = Frame::new(landmarks);
    let [strongest, others] = grain(grey, &frame);
    let [weakest, second, third, _] = whole.borders;
    let [dark, light, blue, red] = tones(picture, &frame);
    let [whole_dark, whole_light] = whole.tones;
    vec![
        strongest,
        others,
        weakest,
        second,
        third,
        dark,
        light,
        whole_dark,
        whole_light,
        blue,
        red,
        blur::blur(picture, landmarks),
        fineness(grey, &frame),
    ]
}

/// The luma of a pixel, or of the nearest one inside.
fn at(grey: &Grey, x: isize, y: isize) -> f32 {
    let x = x.clamp(0, grey.width as isize - 1) as usize;
    let y = y.clamp(0, grey.height as isize - 1) as usize;
    f32::from(grey.luma[y * grey.width + x])
}

/// The lumas, 0 to 1, below which shares of the picture lie.
fn quantiles(grey: &Grey, shares: [f32; 2]) -> [f32; 2] {
    let mut counts = [0_usize; 256];
    for value in &grey.luma {
        counts[usize::from(*value)] += 1;
    }
    shares.map(|share| {
        let wanted = (grey.luma.len() as f32 * share) as usize;
        let mut below = 0;
        let place = counts.iter().position(|count| {
            below += count;
            below > wanted
        });
        place.unwrap_or(255) as f32 / 255.0
    })
}

/// Samples a side of the window that is searched for a regular grain.
const WINDOW: usize = 128;
/// Waves longer than this share of the window belong to the face.
const LONGEST: f32 = 1.0 / 8.0;

/// How far the strongest wave in the middle of the face stands out of its neighbours, and the mean of the three after it:
/// natural logarithms, divided by 4.
fn grain(grey: &Grey, frame: &Frame) -> [f32; 2] {
    let middle = frame.pixel(0.0, 0.5);
    let (left, top) = (middle.x as isize - WINDOW as isize / 2, middle.y as isize - WINDOW as isize / 2);
    let mut plane: Vec<[f32; 2]> = (0..WINDOW * WINDOW)
        .map(|index| {
            let (x, y) = (left + (index % WINDOW) as isize, top + (index / WINDOW) as isize);
            // What a blur of three by three takes away, so that the face itself weighs little.
            let mean: f32 =
                (0..9).map(|near| at(grey, x + near % 3 - 1, y + near / 3 - 1)).sum::<f32>() / 9.0;
            let inside = x >= 0 && y >= 0 && x < grey.width as isize && y < grey.height as isize;
            // Edges of features would ring through all waves.
            let value = if inside { (at(grey, x, y) - mean).clamp(-12.0, 12.0) } else { 0.0 };
            [value * bell(index % WINDOW) * bell(index / WINDOW), 0.0]
        })
        .collect();
    fourier(&mut plane);
    let power: Vec<f32> = plane.iter().map(|[re, im]| (re * re + im * im).max(1e-3).ln()).collect();
    let wave = |index: usize| if index <= WINDOW / 2 { index as f32 } else { index as f32 - WINDOW as f32 };
    let mut found: Vec<(f32, isize, isize)> = Vec::new();
    for v in 0..=WINDOW / 2 {
        for u in 0..WINDOW {
            let (across, down) = (wave(u), wave(v));
            if across.hypot(down) < WINDOW as f32 * LONGEST || of_blocks(across, down) {
                continue;
            }
            let here = power[v * WINDOW + u];
            let around = ring(&power, u, v);
            found.push((here - around, u as isize, v as isize));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut apart: Vec<(f32, isize, isize)> = Vec::new();
    for wave in found {
        if apart.iter().all(|other| (other.1 - wave.1).abs() > 3 || (other.2 - wave.2).abs() > 3) {
            apart.push(wave);
        }
        if apart.len() == 4 {
            break;
        }
    }
    let height = |index: usize| apart.get(index).map_or(0.0, |wave| wave.0) / 4.0;
    [height(0), (height(1) + height(2) + height(3)) / 3.0]
}

/// Whether a wave is one that JPEG's blocks of eight make: along an axis, a multiple of an eighth.
fn of_blocks(across: f32, down: f32) -> bool {
    let near =
        |wave: f32| (wave / (WINDOW as f32 / 8.0) - (wave / (WINDOW as f32 / 8.0)).round()).abs() < 0.1;
    across.abs() < 1.5 && near(down) || down.abs() < 1.5 && near(across)
}

/// The mean logarithm of the power a few waves away.
fn ring(power: &[f32], u: usize, v: usize) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (dx, dy) in [
        (-5, 0),
        (5, 0),
        (0, -5),
        (0, 5),
        (-4, -4),
        (4, 4),
        (-4, 4),
        (4, -4),
        (-7, 2),
        (7, -2),
        (2, 7),
        (-2, -7),
    ] {
        let x = (u as isize + dx).rem_euclid(WINDOW as isize) as usize;
        let y = (v as isize + dy).rem_euclid(WINDOW as isize) as usize;
        sum += power[y * WINDOW + x];
        count += 1.0;
    }
    sum / count
}

/// A window that falls to nothing at its ends.
fn bell(index: usize) -> f32 {
    0.5 - 0.5 * (std::f32::consts::TAU * (index as f32 + 0.5) / WINDOW as f32).cos()
}

/// The discrete Fourier transform of a square plane, rows and then columns.
fn fourier(plane: &mut [[f32; 2]]) {
    let turns: Vec<[f32; 2]> = (0..WINDOW / 2)
        .map(|index| (-std::f32::consts::TAU * index as f32 / WINDOW as f32).sin_cos())
        .map(|(sine, cosine)| [cosine, sine])
        .collect();
    for row in plane.chunks_exact_mut(WINDOW) {
        transform(row, &turns);
    }
    let mut column = [[0.0; 2]; WINDOW];
    for x in 0..WINDOW {
        for (y, value) in column.iter_mut().enumerate() {
            *value = plane[y * WINDOW + x];
        }
        transform(&mut column, &turns);
        for (y, value) in column.iter().enumerate() {
            plane[y * WINDOW + x] = *value;
        }
    }
}

/// Cooley and Tukey's transform of a power of two, in place.
fn transform(line: &mut [[f32; 2]], turns: &[[f32; 2]]) {
    let bits = line.len().trailing_zeros();
    for index in 0..line.len() {
        let other = index.reverse_bits() >> (usize::BITS - bits);
        if index < other {
            line.swap(index, other);
        }
    }
    let mut half = 1;
    while half < line.len() {
        let step = line.len() / (2 * half);
        for start in (0..line.len()).step_by(2 * half) {
            for index in 0..half {
                let [cosine, sine] = turns[index * step];
                let [re, im] = line[start + half + index];
                let (re, im) = (re * cosine - im * sine, re * sine + im * cosine);
                let [a, b] = line[start + index];
                line[start + index] = [a + re, b + im];
                line[start + half + index] = [a - re, b - im];
            }
        }
        half *= 2;
    }
}

/// How much each border of the picture looks like the straight edge of something, 0 to 1, the weakest first: there the
/// brightness steps the same way all along a line.
fn borders(grey: &Grey) -> [f32; 4] {
    let edge = |long: usize, deep: usize, at: &dyn Fn(usize, usize) -> f32| {
        let from = long * 3 / 20;
        let mut best = 0.0_f32;
        for line in 2..(deep * 3 / 10).max(3).min(deep.saturating_sub(2)) {
            let (mut sum, mut all, mut count) = (0.0, 0.0, 0.0);
            for place in (from..long - from).step_by((long / 200).max(1)) {
                let step = at(place, line + 1) - at(place, line - 2);
                sum += step;
                all += step.abs();
                count += 1.0;
            }
            best = best.max((sum / (all + 4.0 * count)).abs());
        }
        best
    };
    let (wide, high) = (grey.width, grey.height);
    let luma = |x: usize, y: usize| f32::from(grey.luma[y.min(high - 1) * wide + x.min(wide - 1)]);
    let mut found = [
        edge(high, wide, &|along, deep| luma(deep, along)),
        edge(high, wide, &|along, deep| luma(wide - 1 - deep.min(wide - 1), along)),
        edge(wide, high, &|along, deep| luma(along, deep)),
        edge(wide, high, &|along, deep| luma(along, high - 1 - deep.min(high - 1))),
    ];
    found.sort_by(f32::total_cmp);
    found
}

/// The darkest and the brightest hundredth of the face, 0 to 1, and its mean blue and red chroma.
fn tones(picture: &Picture, frame: &Frame) -> [f32; 4] {
    const SIDE: usize = 48;
    let at = |index: usize| (index as f32 + 0.5) / SIDE as f32;
    let samples: Vec<[f32; 3]> = (0..SIDE * SIDE)
        .map(|index| frame.pixel(-1.0 + 2.0 * at(index % SIDE), -0.6 + 2.2 * at(index / SIDE)))
        .map(|place| picture.between(place.x, place.y))
        .collect();
    let luma = |[red, green, blue]: &[f32; 3]| 0.299 * red + 0.587 * green + 0.114 * blue;
    let mut lumas: Vec<f32> = samples.iter().map(luma).collect();
    lumas.sort_by(f32::total_cmp);
    let count = samples.len() as f32;
    let mean = |pick: fn(&[f32; 3]) -> f32| samples.iter().map(pick).sum::<f32>() / count;
    let bright = lumas.iter().sum::<f32>() / count;
    [
        lumas[lumas.len() / 100] / 255.0,
        lumas[lumas.len() * 99 / 100] / 255.0,
        (mean(|colour| colour[2]) - bright) / bright.max(8.0),
        (mean(|colour| colour[0]) - bright) / bright.max(8.0),
    ]
}

/// The median of how much a pixel of the face differs from the mean of its neighbours, as a part of 20 grey levels.
fn fineness(grey: &Grey, frame: &Frame) -> f32 {
    let middle = frame.pixel(0.0, 0.4);
    let reach = (0.9 * frame.unit()).clamp(8.0, 200.0) as isize;
    let (x, y) = (middle.x as isize, middle.y as isize);
    let mut found: Vec<f32> = Vec::new();
    for dy in (-reach..reach).step_by(2) {
        for dx in (-reach..reach).step_by(2) {
            let (x, y) = (x + dx, y + dy);
            let near = at(grey, x - 1, y) + at(grey, x + 1, y) + at(grey, x, y - 1) + at(grey, x, y + 1);
            found.push((at(grey, x, y) - near / 4.0).abs());
        }
    }
    found.sort_by(f32::total_cmp);
    (found[found.len() / 2] / 20.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_is_found_where_it_is() {
        let mut plane: Vec<[f32; 2]> = (0..WINDOW * WINDOW)
            .map(|index| {
                [(std::f32::consts::TAU * 40.0 * (index % WINDOW) as f32 / WINDOW as f32).cos(), 0.0]
            })
            .collect();
        fourier(&mut plane);
        let power = |index: usize| plane[index][0].hypot(plane[index][1]);
        let strongest = (0..WINDOW * WINDOW).max_by(|a, b| power(*a).total_cmp(&power(*b))).expect("many");
        assert!(strongest == 40 || strongest == WINDOW - 40, "{strongest}");
        assert!((power(40) - (WINDOW * WINDOW / 2) as f32).abs() < 1.0);
    }

    #[test]
    fn a_frame_around_a_picture_is_seen() {
        let framed = Grey {
            width: 200,
            height: 160,
            luma: (0..200 * 160)
                .map(|index| (index % 200, index / 200))
                .map(|(x, y)| if (20..180).contains(&x) && (16..144).contains(&y) { 120 } else { 20 })
                .collect(),
        };
        assert!(borders(&framed)[0] > 0.7, "{:?}", borders(&framed));
        let plain = Grey { luma: vec![90; 200 * 160], ..framed };
        assert!(borders(&plain)[3] < 0.1);
    }
}
