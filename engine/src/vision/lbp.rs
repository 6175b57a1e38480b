//! A description without a net: histograms of local binary patterns.
//!
//! The box is resized to 112 × 112 in grey. Every pixel gets a pattern for each of two radii: which of eight
//! neighbours are at least as bright. The patterns of 6 × 6 blocks are counted; patterns with at most two changes
//! around the circle each have a bin, all others share one. Counts become square roots of shares, so that the
//! Euclidean distance is the Hellinger distance of the histograms.
//!
//! On ORL this tells people apart with an equal error rate of 20 %: it finds the same picture again, it does not
//! identify.

use super::fingerprint::patch;
use super::{Description, Picture, Rect};

const SIDE: usize = 112;
const BLOCKS: usize = 6;
const BINS: usize = 59;
const RADII: [usize; 2] = [1, 2];
const AROUND: [(isize, isize); 8] = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];

/// Describes a box: 2 radii × 36 blocks × 59 bins, as a vector of length 1.
pub fn describe(picture: &Picture, rect: &Rect) -> Description {
    let grey = patch(picture, &rect.grown(1.1), SIDE);
    let mut counts = vec![0.0_f32; RADII.len() * BLOCKS * BLOCKS * BINS];
    let inside = 2..SIDE - 2;
    let pixels = inside.len();
    let (bins, share) = (bins(), 1.0 / (RADII.len() * pixels * pixels) as f32);
    for (index, radius) in RADII.into_iter().enumerate() {
        let offsets = AROUND.map(|(x, y)| (y * SIDE as isize + x) * radius as isize);
        for y in inside.clone() {
            for x in inside.clone() {
                let place = y * SIDE + x;
                let middle = grey.luma[place];
                let pattern = offsets.iter().enumerate().fold(0_usize, |pattern, (bit, offset)| {
                    let neighbour = grey.luma[place.wrapping_add_signed(*offset)];
                    pattern | usize::from(neighbour >= middle) << bit
                });
                let block = (y - 2) * BLOCKS / pixels * BLOCKS + (x - 2) * BLOCKS / pixels;
                counts[(index * BLOCKS * BLOCKS + block) * BINS + bins[pattern]] += share;
            }
        }
    }
    Description(counts.into_iter().map(f32::sqrt).collect())
}

/// The bin of each of the 256 patterns.
fn bins() -> [usize; 256] {
    let mut next = 0;
    std::array::from_fn(|pattern| {
        let pattern = pattern as u8;
        if (pattern ^ pattern.rotate_left(1)).count_ones() > 2 {
            return BINS - 1;
        }
        next += 1;
        next - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_eight_patterns_have_their_own_bin() {
        let bins = bins();
        let mut own: Vec<usize> = bins.into_iter().filter(|bin| *bin < BINS - 1).collect();
        own.sort_unstable();
        assert_eq!(own, (0..58).collect::<Vec<_>>());
    }

    #[test]
    fn a_description_has_length_one() {
        let rgb = (0..60 * 60 * 3).map(|index| (index * index % 251) as u8).collect();
        let picture = Picture::new(60, 60, rgb).expect("60 × 60");
        let rect = Rect { x: 5.0, y: 5.0, width: 50.0, height: 50.0 };
        let squares: f32 = describe(&picture, &rect).0.iter().map(|value| value * value).sum();
        assert!((squares - 1.0).abs() < 1e-3, "{squares}");
    }
}
