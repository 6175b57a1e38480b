//! What a face looks like: a contrast-normalised thumbnail and a histogram of local patterns, and how alike two are.

use super::patch::{Patch, SIDE, blur};

/// Side of the thumbnail.
const THUMB: usize = SIDE / 2;
/// How far two thumbnails are moved against each other.
const REACH: isize = 3;
/// Cells of the histogram on a side.
const CELLS: usize = 6;
/// Bins of a cell: patterns by the number of bright neighbours and of changes around the point.
const BINS: usize = 18;

/// What is kept of a face to know it again.
#[derive(Clone, Debug)]
pub struct Description {
    /// The thumbnail of the face's box, and of one that is a little smaller and larger.
    thumbs: [Vec<f32>; 3],
    patterns: Vec<f32>,
}

/// How much the boxes of the three thumbnails differ.
pub const SCALES: [f32; 3] = [1.0, 0.93, 1.07];

impl Description {
    /// Describes upright patches that hold the face at each of [`SCALES`].
    pub fn of(patches: [&Patch; 3]) -> Self {
        let fine = patches.map(|patch| blur(&halved(patch), THUMB, 1.2));
        Self { patterns: patterns(&fine[0]), thumbs: fine.map(|fine| thumb(&fine)) }
    }

    /// How alike two faces are: 1 for the same picture, about 0 for strangers.
    pub fn likeness(&self, other: &Self) -> f32 {
        let mut best = -1.0f32;
        for (ours, theirs) in [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)] {
            for dy in -REACH..=REACH {
                for dx in -REACH..=REACH {
                    best = best.max(correlation(&self.thumbs[ours], &other.thumbs[theirs], dx, dy));
                }
            }
        }
        let patterns: f32 = self.patterns.iter().zip(&other.patterns).map(|(a, b)| a * b).sum();
        let patterns = (patterns - 0.75) / 0.25;
        0.7 * best + 0.3 * patterns.clamp(-1.0, 1.0)
    }

    /// A number that is the same for the same face, for attributes that are guessed.
    pub fn seed(&self) -> u64 {
        self.thumbs[0].iter().step_by(97).fold(7, |seed: u64, value| {
            seed.wrapping_mul(1_099_511_628_211) ^ u64::from(((value * 40.0).round() as i64 + 64) as u8)
        })
    }
}

/// Half the size of a patch.
fn halved(patch: &Patch) -> Vec<f32> {
    let mut small = Vec::with_capacity(THUMB * THUMB);
    for y in 0..THUMB {
        for x in 0..THUMB {
            let at = 2 * y * SIDE + 2 * x;
            small.push(
                (patch.luma[at] + patch.luma[at + 1] + patch.luma[at + SIDE] + patch.luma[at + SIDE + 1])
                    / 4.0,
            );
        }
    }
    small
}

/// Removes the light, evens the contrast and fades out towards the border.
fn thumb(fine: &[f32]) -> Vec<f32> {
    let coarse = blur(fine, THUMB, 5.0);
    let edges: Vec<f32> = fine.iter().zip(&coarse).map(|(a, b)| a - b).collect();
    let squares: Vec<f32> = edges.iter().map(|value| value * value).collect();
    let energy = blur(&squares, THUMB, 9.0);
    let mut thumb: Vec<f32> = edges
        .iter()
        .zip(&energy)
        .enumerate()
        .map(|(index, (edge, energy))| (edge / (energy.sqrt() + 3.0)).clamp(-2.5, 2.5) * fade(index))
        .collect();
    let mean = thumb.iter().sum::<f32>() / thumb.len() as f32;
    for value in &mut thumb {
        *value -= mean;
    }
    unit(&mut thumb);
    thumb
}

/// The weight of a point of the thumbnail: 1 in the middle, 0 outside an upright ellipse.
fn fade(index: usize) -> f32 {
    let middle = (THUMB as f32 - 1.0) / 2.0;
    let x = ((index % THUMB) as f32 - middle) / (middle * 0.95);
    let y = ((index / THUMB) as f32 - middle) / (middle * 1.05);
    (1.6 * (1.0 - x * x - y * y)).clamp(0.0, 1.0)
}

/// Histograms of local patterns, cell by cell.
fn patterns(fine: &[f32]) -> Vec<f32> {
    const RING: [(isize, isize); 8] = [(-2, -2), (0, -2), (2, -2), (2, 0), (2, 2), (0, 2), (-2, 2), (-2, 0)];
    let mut bins = vec![0.0f32; CELLS * CELLS * BINS];
    for y in 2..THUMB - 2 {
        for x in 2..THUMB - 2 {
            let here = fine[y * THUMB + x];
            let bright = RING.map(|(dx, dy)| {
                fine[(y as isize + dy) as usize * THUMB + (x as isize + dx) as usize] > here + 0.5
            });
            let count = bright.iter().filter(|bit| **bit).count();
            let changes = (0..8).filter(|i| bright[*i] != bright[(i + 1) % 8]).count();
            let bin = if changes <= 2 { count } else { 9 + count };
            let cell = (y * CELLS / THUMB) * CELLS + x * CELLS / THUMB;
            bins[cell * BINS + bin] += fade(y * THUMB + x);
        }
    }
    for value in &mut bins {
        *value = value.sqrt();
    }
    unit(&mut bins);
    bins
}

/// Scales a vector to length 1.
fn unit(vector: &mut [f32]) {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
    for value in vector {
        *value /= length;
    }
}

/// The product of two thumbnails of which one is moved.
fn correlation(a: &[f32], b: &[f32], dx: isize, dy: isize) -> f32 {
    let side = THUMB as isize;
    let (from, to) = ((-dx).max(0), (side - dx).min(side));
    let mut sum = 0.0;
    for y in (-dy).max(0)..(side - dy).min(side) {
        let left = &a[(y * side + from) as usize..(y * side + to) as usize];
        let start = (y + dy) * side + from + dx;
        let right = &b[start as usize..(start + to - from) as usize];
        sum += left.iter().zip(right).map(|(a, b)| a * b).sum::<f32>();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(shift: usize) -> Patch {
        let luma = (0..SIDE * SIDE)
            .map(|i| if ((i % SIDE + shift) / 9 + i / SIDE / 11).is_multiple_of(3) { 40.0 } else { 190.0 })
            .collect();
        Patch { side: SIDE, luma, chroma: vec![(0.0, 0.0); SIDE * SIDE] }
    }

    #[test]
    fn a_face_is_most_like_itself() {
        let (one, other) = (drawn(0), drawn(14));
        let (one, other) = (Description::of([&one; 3]), Description::of([&other; 3]));
        assert!(one.likeness(&one) > 0.99);
        assert!(one.likeness(&other) < 0.7);
    }
}
