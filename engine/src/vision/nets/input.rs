//! Pixels to the first tensor of a net.

use super::super::{Picture, Rect};
use super::tensor::Tensor;

/// What the nets were trained to have subtracted, red, green, blue.
const MEAN: [f32; 3] = [122.782, 117.001, 104.298];

/// A part of a picture that a net is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crop {
    /// Left edge in pixels of the picture.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width, at least 1.
    pub width: usize,
    /// Height, at least 1.
    pub height: usize,
}

impl Crop {
    /// The part of `rect` inside the picture, in whole pixels; `None` when nothing is left.
    pub fn of(picture: &Picture, rect: &Rect) -> Option<Self> {
        let (left, top) = (rect.x.max(0.0), rect.y.max(0.0));
        let right = (rect.x + rect.width).min(picture.width() as f32);
        let lower = (rect.y + rect.height).min(picture.height() as f32);
        let (width, height) = ((right - left).floor(), (lower - top).floor());
        (width >= 1.0 && height >= 1.0).then_some(Self {
            x: left as usize,
            y: top as usize,
            width: width as usize,
            height: height as usize,
        })
    }

    /// Zeros before the crop that make it a square, across and down. The odd one goes behind.
    pub(super) fn padding(&self) -> (usize, usize) {
        let before = |missing: usize| missing - missing.div_ceil(2);
        (before(self.height.saturating_sub(self.width)), before(self.width.saturating_sub(self.height)))
    }

    /// The longer side.
    pub(super) fn side(&self) -> usize {
        self.width.max(self.height)
    }
}

/// The crop padded with black to a square, resized to `side` × `side` and normalised.
///
/// The nets were trained with a resize that maps pixel corners, not centres, and takes two neighbours however
/// much it shrinks; the same is done here.
pub fn tensor(picture: &Picture, crop: &Crop, side: usize) -> Tensor<3> {
    let (before_x, before_y) = crop.padding();
    let columns = places(crop.x, crop.width, before_x, crop.side(), side);
    let rows = places(crop.y, crop.height, before_y, crop.side(), side);
    let mut colours = Vec::with_capacity(side * side);
    for ([top, lower], dy) in rows {
        for ([left, right], dx) in &columns {
            let pixel = |x: &Option<usize>, y: Option<usize>| match (x, y) {
                (Some(x), Some(y)) => picture.at(*x as isize, y as isize).map(f32::from),
                _ => [0.0; 3],
            };
            let [a, b, c, d] = [pixel(left, top), pixel(right, top), pixel(left, lower), pixel(right, lower)];
            colours.push(std::array::from_fn(|channel| {
                let upper = a[channel] + (b[channel] - a[channel]) * dx;
                let under = c[channel] + (d[channel] - c[channel]) * dx;
                upper + (under - upper) * dy
            }));
        }
    }
    of(side, &colours)
}

/// Along one side of the padded crop, for each of `side` places: its two neighbours in the picture, `None` in the padding,
/// and how far it lies from the first of them.
fn places(
    start: usize,
    length: usize,
    before: usize,
    padded: usize,
    side: usize,
) -> Vec<([Option<usize>; 2], f32)> {
    let scale = padded as f32 / side as f32;
    let inside =
        |place: usize| place.checked_sub(before).filter(|place| *place < length).map(|place| start + place);
    let place = |index: usize| {
        let from = index as f32 * scale;
        let first = from as usize;
        ([inside(first), inside((first + 1).min(padded - 1))], from - first as f32)
    };
    (0..side).map(place).collect()
}

/// A normalised tensor of `side` × `side` colours (0 to 255), row by row.
pub fn of(side: usize, colours: &[[f32; 3]]) -> Tensor<3> {
    let mut input = Tensor::unwritten(side, side, 1);
    for (y, colours) in colours.chunks_exact(side).enumerate() {
        for (pixel, colour) in input.row_mut(0, y).iter_mut().zip(colours) {
            for channel in 0..3 {
                pixel[channel] = (colour[channel] - MEAN[channel]) / 255.0;
            }
        }
    }
    input
}
