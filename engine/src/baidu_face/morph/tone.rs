//! The colours of a face: how bright and of which hue it is, so that another can be given the same.

use super::mask::Mask;
use crate::vision::{Picture, Point};

/// Mean and spread of each channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tone {
    mean: [f32; 3],
    spread: [f32; 3],
}

impl Tone {
    /// The tone of the part of a picture that a mask shows.
    pub(super) fn of(picture: &Picture, mask: &Mask) -> Self {
        let [left, top, right, lower] = mask.bounds(picture.width(), picture.height());
        let (mut sum, mut squares, mut count) = ([0.0_f32; 3], [0.0_f32; 3], 0.0_f32);
        for y in (top..lower).step_by(2) {
            for x in (left..right).step_by(2) {
                if mask.share(Point { x: x as f32, y: y as f32 }) < 0.5 {
                    continue;
                }
                let colour = picture.at(x as isize, y as isize).map(f32::from);
                for channel in 0..3 {
                    sum[channel] += colour[channel];
                    squares[channel] += colour[channel] * colour[channel];
                }
                count += 1.0;
            }
        }
        let count = count.max(1.0);
        let mean = sum.map(|sum| sum / count);
        let spread = std::array::from_fn(|c| (squares[c] / count - mean[c] * mean[c]).max(1.0).sqrt());
        Self { mean, spread }
    }

    /// A colour of this tone as it is in another.
    pub(super) fn carried(&self, to: &Self, colour: [f32; 3]) -> [f32; 3] {
        // A flat face has no spread to stretch.
        let stretch = |c: usize| (to.spread[c] / self.spread[c]).clamp(0.5, 2.0);
        std::array::from_fn(|c| (colour[c] - self.mean[c]) * stretch(c) + to.mean[c])
    }
}
