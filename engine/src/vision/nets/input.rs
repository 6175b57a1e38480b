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
pub fn tensor(picture: &Picture, crop: &Crop, side: usize) -> Tensor {
    let (before_x, before_y) = crop.padding();
    let scale = crop.side() as f32 / side as f32;
    let last = crop.side() - 1;
    let pixel = |x: usize, y: usize| -> [f32; 3] {
        match (x.checked_sub(before_x), y.checked_sub(before_y)) {
            (Some(x), Some(y)) if x < crop.width && y < crop.height => {
                picture.at((crop.x + x) as isize, (crop.y + y) as isize).map(f32::from)
            }
            _ => [0.0; 3],
        }
    };
    from_fn(side, |x, y| {
        let (from_x, from_y) = (x as f32 * scale, y as f32 * scale);
        let (left, top) = (from_x as usize, from_y as usize);
        let (right, lower) = ((left + 1).min(last), (top + 1).min(last));
        let (dx, dy) = (from_x - left as f32, from_y - top as f32);
        let [a, b, c, d] = [pixel(left, top), pixel(right, top), pixel(left, lower), pixel(right, lower)];
        std::array::from_fn(|channel| {
            let upper = a[channel] + (b[channel] - a[channel]) * dx;
            let under = c[channel] + (d[channel] - c[channel]) * dx;
            upper + (under - upper) * dy
        })
    })
}

/// A normalised tensor of the colours (0 to 255) that `colour` gives for x and y.
pub fn from_fn(side: usize, colour: impl Fn(usize, usize) -> [f32; 3]) -> Tensor {
    let mut input = Tensor::zeros(side, side, 3);
    for y in 0..side {
        for x in 0..side {
            let colour = colour(x, y);
            for (channel, value) in input.place_mut(y, x).iter_mut().enumerate() {
                *value = (colour[channel] - MEAN[channel]) / 255.0;
            }
        }
    }
    input
}
