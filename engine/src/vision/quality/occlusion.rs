//! Which parts of a face are hidden.
//!
//! A part is sampled where the landmarks put it and compared with the skin of the rest of the face, with its
//! mirror image and with the structure it ought to have: an eye is dark in its middle, a mouth redder than what is
//! around it. The [`Signs`] of a part are weighed against each other; the weights are fitted.

use super::super::align::Frame;
use super::super::{Landmarks, Picture, Point};
use super::Occlusion;
use super::weights::{OCCLUSION, OCCLUSION_GREY};

/// The parts in the order of the weights.
pub const PARTS: [&str; 7] =
    ["left_eye", "right_eye", "nose", "mouth", "left_cheek", "right_cheek", "chin_contour"];

/// How many numbers are taken of a part.
pub const SIGNS: usize = 18;

/// What is measured of a part, as parts of the skin's brightness; see [`signs`].
pub type Signs = [f32; SIGNS];

/// Samples along each side of a part.
const SAMPLES: usize = 12;

/// Where blue and red chroma of all parts differ less than this from grey the picture has no colours.
const GREY: f32 = 2.0;

/// How likely each part is hidden.
pub(super) fn occlusion(picture: &Picture, landmarks: &Landmarks) -> Occlusion {
    let signs = signs(picture, landmarks);
    let table = if is_grey(picture, landmarks) { &OCCLUSION_GREY } else { &OCCLUSION };
    let [left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour] =
        std::array::from_fn(|part| {
            let [base, weights @ ..] = &table[KINDS[part]];
            let sum: f32 = weights.iter().zip(&signs[part]).map(|(weight, sign)| weight * sign).sum();
            1.0 / (1.0 + (-(base + sum)).exp())
        });
    Occlusion { left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour }
}

/// Which row of the weights is a part's: both eyes share one, and both cheeks.
const KINDS: [usize; 7] = [0, 0, 1, 2, 3, 3, 4];

fn is_grey(picture: &Picture, landmarks: &Landmarks) -> bool {
    let [_, blue, red] = skin(picture, landmarks, &Frame::new(landmarks));
    blue.abs() < GREY && red.abs() < GREY
}

/// Measures every part.
pub fn signs(picture: &Picture, landmarks: &Landmarks) -> [Signs; 7] {
    let frame = Frame::new(landmarks);
    let patches = regions(landmarks, &frame).map(|region| Patch::new(picture, &frame, &region));
    let skin = skin(picture, landmarks, &frame);
    // The part on the other side; those in the middle have none.
    let mirrored = [Some(1), Some(0), None, None, Some(5), Some(4), None];
    std::array::from_fn(|part| patches[part].signs(skin, mirrored[part].map(|other: usize| &patches[other])))
}

/// A rectangle along the axes of the face: its middle in pixels, half its width and height in distances of the eyes.
struct Region {
    middle: Point,
    wide: f32,
    high: f32,
}

fn regions(landmarks: &Landmarks, frame: &Frame) -> [Region; 7] {
    let unit = frame.unit().max(1.0);
    let mean = |points: &[usize]| {
        let count = points.len() as f32;
        Point {
            x: points.iter().map(|index| landmarks[*index].x).sum::<f32>() / count,
            y: points.iter().map(|index| landmarks[*index].y).sum::<f32>() / count,
        }
    };
    let apart =
        |a: usize, b: usize| (landmarks[a].x - landmarks[b].x).hypot(landmarks[a].y - landmarks[b].y) / unit;
    let region = |points: &[usize], wide: f32, high: f32| Region { middle: mean(points), wide, high };
    let mouth = apart(48, 54).clamp(0.5, 1.3);
    [
        region(&[36, 37, 38, 39, 40, 41], 0.32, 0.2),
        region(&[42, 43, 44, 45, 46, 47], 0.32, 0.2),
        region(&[29, 30, 30, 33], 0.24, 0.3),
        region(&[48, 54, 51, 57], 0.5 * mouth, 0.22),
        region(&[2, 3, 31, 31, 48, 41], 0.22, 0.22),
        region(&[14, 13, 35, 35, 54, 46], 0.22, 0.22),
        region(&[6, 7, 8, 8, 9, 10], 0.5, 0.2),
    ]
}

/// Luma, blue and red chroma of bare skin: the medians over places that are rarely hidden all together.
fn skin(picture: &Picture, landmarks: &Landmarks, frame: &Frame) -> [f32; 3] {
    let brow = frame.pixel(0.0, -0.35);
    let forehead = [frame.pixel(-0.35, -0.6), frame.pixel(0.35, -0.6)];
    let cheeks =
        [frame.pixel(-0.55, 0.65), frame.pixel(0.55, 0.65), frame.pixel(-0.35, 0.5), frame.pixel(0.35, 0.5)];
    let places = [brow, forehead[0], forehead[1], landmarks[28], cheeks[0], cheeks[1], cheeks[2], cheeks[3]];
    let seen =
        places.map(|middle| Patch::new(picture, frame, &Region { middle, wide: 0.08, high: 0.08 }).mean());
    std::array::from_fn(|channel| {
        let mut values = seen.map(|colour| colour[channel]);
        values.sort_by(f32::total_cmp);
        f32::midpoint(values[3], values[4])
    })
}

/// The samples of a region: luma, blue and red chroma.
struct Patch(Vec<[f32; 3]>);

impl Patch {
    fn new(picture: &Picture, frame: &Frame, region: &Region) -> Self {
        let unit = frame.unit().max(1.0);
        let axis = Point { x: frame.across.x / unit, y: frame.across.y / unit };
        let along = |index: usize| (2.0 * index as f32 + 1.0) / SAMPLES as f32 - 1.0;
        let sample = |index: usize| {
            let (x, y) =
                (along(index % SAMPLES) * region.wide * unit, along(index / SAMPLES) * region.high * unit);
            let [red, green, blue] = picture.between(
                region.middle.x + x * axis.x - y * axis.y,
                region.middle.y + x * axis.y + y * axis.x,
            );
            let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            [luma, 0.564 * (blue - luma), 0.713 * (red - luma)]
        };
        Self((0..SAMPLES * SAMPLES).map(sample).collect())
    }

    fn mean(&self) -> [f32; 3] {
        self.mean_where(|_, _| true)
    }

    fn mean_where(&self, inside: impl Fn(usize, usize) -> bool) -> [f32; 3] {
        let chosen = || (0..self.0.len()).filter(|index| inside(index % SAMPLES, index / SAMPLES));
        let count = chosen().count().max(1) as f32;
        std::array::from_fn(|channel| chosen().map(|index| self.0[index][channel]).sum::<f32>() / count)
    }

    fn spread(&self, channel: usize) -> f32 {
        let mean = self.mean()[channel];
        let squares: f32 =
            self.0.iter().map(|sample| (sample[channel] - mean) * (sample[channel] - mean)).sum();
        (squares / self.0.len() as f32).sqrt()
    }

    /// The mean of the absolute differences between samples so far apart, in luma.
    fn change(&self, across: usize, down: usize) -> f32 {
        let pairs = |index: &usize| index % SAMPLES + across < SAMPLES && index / SAMPLES + down < SAMPLES;
        let chosen: Vec<usize> = (0..self.0.len()).filter(pairs).collect();
        let sum: f32 = chosen
            .iter()
            .map(|index| (self.0[index + down * SAMPLES + across][0] - self.0[*index][0]).abs())
            .sum();
        sum / chosen.len() as f32
    }

    /// How much the left half differs from the mirrored right one, in luma.
    fn unevenness(&self) -> f32 {
        let sum: f32 = (0..self.0.len())
            .map(|index| {
                (self.0[index][0] - self.0[index / SAMPLES * SAMPLES + SAMPLES - 1 - index % SAMPLES][0])
                    .abs()
            })
            .sum();
        sum / self.0.len() as f32
    }

    fn signs(&self, skin: [f32; 3], mirrored: Option<&Self>) -> Signs {
        let bright = skin[0].max(8.0);
        let [luma, blue, red] = self.mean();
        let mut sorted: Vec<f32> = self.0.iter().map(|sample| sample[0]).collect();
        sorted.sort_by(f32::total_cmp);
        let (dark, light) = (sorted[sorted.len() / 10], sorted[sorted.len() * 9 / 10]);
        let middle = |at: usize| (SAMPLES / 3..SAMPLES * 2 / 3).contains(&at);
        let centre = self.mean_where(|x, y| middle(x) && middle(y));
        let ring = self.mean_where(|x, y| !(middle(x) && middle(y)));
        let belt = self.mean_where(|_, y| middle(y));
        let upper = self.mean_where(|_, y| y < SAMPLES / 3);
        let lower = self.mean_where(|_, y| y >= SAMPLES * 2 / 3);
        let brightness = (luma.max(1.0) / bright).ln();
        let colour = |other: [f32; 3]| (blue - other[1]).hypot(red - other[2]) / bright;
        let other = mirrored.map(Self::mean);
        let change = f32::midpoint(self.change(1, 0), self.change(0, 1));
        [
            brightness,
            brightness.abs(),
            (blue - skin[1]) / bright,
            (red - skin[2]) / bright,
            colour(skin),
            self.spread(0) / bright,
            dark / bright - 1.0,
            light / bright - 1.0,
            self.change(1, 0) / bright,
            self.change(0, 1) / bright,
            self.spread(2) / bright,
            other.map_or(self.unevenness() / bright, |other| (luma.max(1.0) / other[0].max(1.0)).ln()),
            other.map_or(0.0, colour),
            (centre[0] - ring[0]) / bright,
            (centre[2] - ring[2]) / bright,
            (belt[0] - f32::midpoint(upper[0], lower[0])) / bright,
            (belt[2] - f32::midpoint(upper[2], lower[2])) / bright,
            change / self.spread(0).max(1.0), // fine structure, such as that of cloth, or broad
        ]
    }
}
