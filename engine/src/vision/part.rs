//! A part of a picture that is looked at in many places: its colours as numbers, several pixels made one.

use std::ops::Range;

use super::wide::wide;
use super::{Picture, Point};

/// What lies around some places, as far as it is inside of the picture.
pub(super) struct PicturePart {
    /// Where the middle of the first of the pixels made one lies, in pixels of the picture.
    first: Point,
    /// How many of these, across and down, became one.
    by: f32,
    width: usize,
    height: usize,
    /// Red, green and blue, 0 to 255, row by row; the fourth number fills the vector.
    colours: Vec<[f32; 4]>,
}

impl PicturePart {
    /// Everything between some places, `by` × `by` pixels (1 to 16) made one by their mean.
    pub(super) fn around(picture: &Picture, places: &[Point], by: usize) -> Self {
        let reach = |of: fn(&Point) -> f32, length: usize| {
            let (low, high) = places
                .iter()
                .map(of)
                .fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)));
            // One more on each side for what lies between pixels.
            let start = (low as usize).saturating_sub(by).min(length - 1);
            start..(high as usize).saturating_add(2 * by).clamp(start + 1, length)
        };
        let (across, down) =
            (reach(|place| place.x, picture.width()), reach(|place| place.y, picture.height()));
        let middle = 0.5 * (by - 1) as f32;
        Self {
            first: Point { x: across.start as f32 + middle, y: down.start as f32 + middle },
            by: by as f32,
            width: across.len().div_ceil(by),
            height: down.len().div_ceil(by),
            colours: means(picture, &across, &down, by),
        }
    }

    /// The colour at a place of the picture, bilinear; beyond the edges that of the nearest place inside.
    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    pub(super) fn between(&self, place: Point) -> [f32; 3] {
        let last = [self.width - 1, self.height - 1];
        let x = ((place.x - self.first.x) / self.by).clamp(0.0, last[0] as f32);
        let y = ((place.y - self.first.y) / self.by).clamp(0.0, last[1] as f32);
        let (left, top) = (x as usize, y as usize);
        let (dx, dy) = (x - left as f32, y - top as f32);
        let line = |top: usize| {
            let line = &self.colours[top * self.width..][..self.width];
            mixed(line[left], line[(left + 1).min(last[0])], dx)
        };
        let [red, green, blue, _] = mixed(line(top), line((top + 1).min(last[1])), dy);
        [red, green, blue]
    }
}

/// Means of `by` × `by` pixels; at the far edges of those that there are.
fn means(picture: &Picture, across: &Range<usize>, down: &Range<usize>, by: usize) -> Vec<[f32; 4]> {
    let mut means = Vec::with_capacity(across.len().div_ceil(by) * down.len().div_ceil(by));
    let mut sums = vec![0_u16; across.len() * 3];
    wide(
        #[inline(always)]
        || {
            for top in down.clone().step_by(by) {
                let rows = top..(top + by).min(down.end);
                let high = rows.len();
                sums.fill(0);
                for row in rows {
                    let row = &picture.rgb()[(row * picture.width() + across.start) * 3..][..sums.len()];
                    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += u16::from(*value));
                }
                means.extend(sums.chunks(by * 3).map(|block| {
                    let pixels = block.as_chunks::<3>().0;
                    let share = 1.0 / (high * pixels.len()) as f32;
                    let add = |sum: [u16; 3], pixel: &[u16; 3]| std::array::from_fn(|at| sum[at] + pixel[at]);
                    let [red, green, blue] =
                        pixels.iter().fold([0; 3], add).map(|sum| f32::from(sum) * share);
                    [red, green, blue, 0.0]
                }));
            }
        },
    );
    means
}

#[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
#[inline(always)]
fn mixed(one: [f32; 4], other: [f32; 4], share: f32) -> [f32; 4] {
    std::array::from_fn(|lane| one[lane] + (other[lane] - one[lane]) * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_same(found: [f32; 3], expected: [f32; 3]) {
        assert_eq!(found.map(f32::to_bits), expected.map(f32::to_bits), "{found:?}, should be {expected:?}");
    }

    fn colour(part: &PicturePart, index: usize) -> [f32; 3] {
        let [red, green, blue, _] = part.colours[index];
        [red, green, blue]
    }

    /// A picture of 5 × 3 whose colours say where they are.
    fn picture() -> Picture {
        let rgb = (0..15_u8).flat_map(|index| [index % 5 * 10, index / 5 * 10, index]).collect();
        Picture::new(5, 3, rgb).expect("as many bytes as it says")
    }

    #[test]
    fn pixels_that_become_one_give_their_mean() {
        let part = PicturePart::around(&picture(), &[Point { x: 2.0, y: 0.0 }, Point { x: 4.0, y: 2.0 }], 2);
        assert_eq!((part.width, part.height), (3, 2));
        assert_same(colour(&part, 0), [5.0, 5.0, 3.0]);
        // At the right edge there are two, in the corner there is one.
        assert_same(colour(&part, 2), [40.0, 5.0, 6.5]);
        assert_same(colour(&part, 5), [40.0, 20.0, 14.0]);
        assert_same(part.between(Point { x: 1.5, y: 0.5 }), [15.0, 5.0, 4.0]);
    }

    #[test]
    fn between_pixels_lies_their_mean_and_beyond_the_edge_the_nearest() {
        let part =
            PicturePart::around(&picture(), &[Point { x: -3.0, y: -3.0 }, Point { x: 9.0, y: 9.0 }], 1);
        for (x, y, colour) in [
            (1.5, 1.0, [15.0, 10.0, 6.5]),
            (1.0, 0.25, [10.0, 2.5, 2.25]),
            (-8.5, 1.0, [0.0, 10.0, 5.0]),
            (9.5, 9.25, [40.0, 20.0, 14.0]),
        ] {
            assert_same(part.between(Point { x, y }), colour);
        }
    }

    #[test]
    fn a_part_outside_of_the_picture_is_its_nearest_pixel() {
        let part =
            PicturePart::around(&picture(), &[Point { x: 90.0, y: 90.0 }, Point { x: 99.0, y: 99.0 }], 3);
        assert_same(part.between(Point { x: 95.0, y: 95.0 }), [40.0, 20.0, 14.0]);
    }
}
