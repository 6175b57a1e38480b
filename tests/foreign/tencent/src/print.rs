//! The description of a face, and how alike two descriptions are.
//!
//! Three views of the face's square: a small normalised grey picture, histograms of local binary patterns, and the
//! colour of skin and hair. This knows a picture again and tells people apart who differ plainly; it is no recogniser.

use image::imageops::{self, FilterType};
use image::{GrayImage, RgbImage};

/// The side of the square that patterns are read from.
const SIDE: u32 = 72;
/// The side of one cell of patterns.
const CELL: u32 = 12;
/// The side of the small grey picture.
const SMALL: u32 = 16;
/// The cells of colour in a row.
const COLOURS: u32 = 6;
/// Patterns with at most two changes round the circle, and one for all others.
const PATTERNS: usize = 59;

/// How fast the similarity falls with the distance.
const STEEPNESS: f64 = 1.35;

/// The similarity from which two faces are held for one person's.
pub(crate) const SAME_PERSON: f64 = 50.0;
/// The similarity from which two pictures of a face are almost the same.
pub(crate) const SAME_PICTURE: f64 = 99.0;

/// A described face: the square that was found, and squares shifted and scaled a little, since no detector draws
/// its box twice alike.
#[derive(Clone, Debug)]
pub(crate) struct Print {
    views: Vec<View>,
}

/// The description of one square.
#[derive(Clone, Debug)]
struct View {
    grey: Vec<f32>,
    patterns: Vec<f32>,
    colour: Vec<f32>,
}

impl Print {
    /// Describes a face from squares of the picture, the one that was found first.
    pub(crate) fn of(squares: &[RgbImage]) -> Self {
        Print { views: squares.iter().map(View::of).collect() }
    }

    /// How alike two faces are, 0..=100.
    pub(crate) fn similarity(&self, other: &Print) -> f64 {
        let (Some(own), Some(others)) = (self.views.first(), other.views.first()) else { return 0.0 };
        let there = other.views.iter().map(|view| own.distance(view));
        let back = self.views.iter().map(|view| others.distance(view));
        let distance = there.chain(back).fold(f64::MAX, f64::min);
        let score = 100.0 * (-STEEPNESS * distance.powf(1.25)).exp();
        (score * 100.0).round() / 100.0
    }
}

impl View {
    fn of(square: &RgbImage) -> Self {
        let face = imageops::resize(square, SIDE, SIDE, FilterType::Triangle);
        let grey = imageops::blur(&imageops::grayscale(&face), 1.0);
        View { grey: grey_view(&grey), patterns: pattern_view(&grey), colour: colour_view(&face) }
    }

    fn distance(&self, other: &View) -> f64 {
        let grey = 1.0 - dot(&self.grey, &other.grey);
        let patterns = 1.0 - dot(&self.patterns, &other.patterns);
        let colour = self.colour.iter().zip(&other.colour).map(|(a, b)| (a - b).abs()).sum::<f32>()
            / self.colour.len().max(1) as f32;
        f64::from(grey + 1.6 * patterns + colour / 20.0).max(0.0)
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Brings a vector to length one.
fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt().max(1e-6);
    vector.into_iter().map(|v| v / length).collect()
}

fn grey_view(grey: &GrayImage) -> Vec<f32> {
    let small = imageops::resize(grey, SMALL, SMALL, FilterType::Triangle);
    let mean = small.pixels().map(|p| f32::from(p[0])).sum::<f32>() / (SMALL * SMALL) as f32;
    // The margin counts less: it shows hair and background.
    let weight =
        |x: u32, y: u32| if (2..SMALL - 2).contains(&x) && (2..SMALL - 1).contains(&y) { 1.0 } else { 0.4 };
    unit(small.enumerate_pixels().map(|(x, y, p)| (f32::from(p[0]) - mean) * weight(x, y)).collect())
}

/// Which of the 59 bins each pattern counts in.
fn bins() -> [usize; 256] {
    let mut next = 0;
    std::array::from_fn(|pattern| {
        let pattern = pattern as u8;
        if (pattern ^ pattern.rotate_left(1)).count_ones() > 2 {
            return PATTERNS - 1;
        }
        next += 1;
        next - 1
    })
}

fn pattern_view(grey: &GrayImage) -> Vec<f32> {
    const AROUND: [(i32, i32); 8] = [(-2, -2), (0, -2), (2, -2), (2, 0), (2, 2), (0, 2), (-2, 2), (-2, 0)];
    let bins = bins();
    let cells = SIDE / CELL;
    let mut counts = vec![0.0_f32; (cells * cells) as usize * PATTERNS];
    for y in 2..SIDE - 2 {
        for x in 2..SIDE - 2 {
            let centre = grey.get_pixel(x, y)[0];
            let pattern = AROUND.iter().enumerate().fold(0_usize, |bits, (n, (dx, dy))| {
                let around = grey.get_pixel(x.wrapping_add_signed(*dx), y.wrapping_add_signed(*dy))[0];
                bits | (usize::from(around > centre.saturating_add(2)) << n)
            });
            let cell = (y / CELL * cells + x / CELL) as usize;
            counts[cell * PATTERNS + bins[pattern]] += 1.0;
        }
    }
    unit(counts.into_iter().map(f32::sqrt).collect())
}

fn colour_view(face: &RgbImage) -> Vec<f32> {
    let small = imageops::resize(face, COLOURS, COLOURS, FilterType::Triangle);
    let differences = |p: &image::Rgb<u8>| {
        let [r, g, b] = p.0.map(f32::from);
        let light = (0.3 * r + 0.59 * g + 0.11 * b).max(24.0);
        [(r - light) / light * 60.0, (b - light) / light * 60.0]
    };
    small.pixels().flat_map(differences).collect()
}
