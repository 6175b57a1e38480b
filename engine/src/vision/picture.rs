//! Pixels in memory.
//!
//! Knows nothing of file formats and of faces.

use sha2::{Digest, Sha256};

use super::Pixels;
use super::wide::wide;

/// An 8-bit colour picture, upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

/// An 8-bit grey picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// One byte a pixel, row by row.
    pub luma: Vec<u8>,
}

impl Picture {
    /// A picture of `rgb`, three bytes a pixel, row by row; `None` unless there are exactly as many as
    /// `width` and `height` say and at least one pixel.
    pub fn new(width: usize, height: usize, rgb: Vec<u8>) -> Option<Self> {
        let expected = width.checked_mul(height)?.checked_mul(3)?;
        (expected > 0 && rgb.len() == expected).then_some(Self { width, height, rgb })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes, three a pixel, row by row.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The bytes themselves, as [`Self::rgb`].
    pub fn into_rgb(self) -> Vec<u8> {
        self.rgb
    }

    /// One pixel; coordinates beyond the edge give the nearest pixel inside.
    pub fn at(&self, x: isize, y: isize) -> [u8; 3] {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        let start = (y * self.width + x) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// The colour between pixels, bilinear; pixel centres lie at whole coordinates.
    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    pub fn between(&self, x: f32, y: f32) -> [f32; 3] {
        if let Some([upper, lower]) = self.four(x, y) {
            let (dx, dy) = (x - (x as i32) as f32, y - (y as i32) as f32);
            return mixed(upper, lower, dx, dy);
        }
        let (left, top) = (floor(x), floor(y));
        let (dx, dy) = (x - left as f32, y - top as f32);
        let pair = |y: isize| {
            let ([a, b, c], [d, e, f]) = (self.at(left, y), self.at(left + 1, y));
            [a, b, c, d, e, f, 0, 0]
        };
        mixed(pair(top), pair(top + 1), dx, dy)
    }

    /// The bytes of the two pixels above and of the two below, each with two bytes more: `None` at the edges.
    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn four(&self, x: f32, y: f32) -> Option<[[u8; 8]; 2]> {
        let (left, top) = (x as i32, y as i32);
        let inside = x >= 0.0 && y >= 0.0 && left < self.width as i32 - 1 && top < self.height as i32 - 1;
        if !inside {
            return None;
        }
        let upper = (top as usize * self.width + left as usize) * 3;
        let lower = upper + self.width * 3;
        Some([*self.rgb.get(upper..)?.first_chunk()?, *self.rgb.get(lower..)?.first_chunk()?])
    }

    /// What the size and all pixels hash to.
    pub fn digest(&self) -> Pixels {
        let size = [self.width, self.height].map(|side| (side as u64).to_le_bytes());
        Sha256::new().chain_update(size.as_flattened()).chain_update(&self.rgb).finalize().into()
    }

    /// The picture in grey (ITU-R BT.601 luma).
    pub fn grey(&self) -> Grey {
        let mut grey = vec![0; self.width * self.height];
        wide(
            #[inline(always)]
            || {
                for (grey, pixel) in grey.iter_mut().zip(self.rgb.as_chunks().0) {
                    *grey = luma(*pixel);
                }
            },
        );
        Grey { width: self.width, height: self.height, luma: grey }
    }
}

/// What lies between two pixels above and two below, three bytes each; four numbers at a time fill a vector.
#[inline]
fn mixed(upper: [u8; 8], lower: [u8; 8], dx: f32, dy: f32) -> [f32; 3] {
    let (upper, lower) = (upper.map(f32::from), lower.map(f32::from));
    let mut mixed = [0.0; 4];
    for lane in 0..4 {
        let above = upper[lane] + (upper[lane + 3] - upper[lane]) * dx;
        let below = lower[lane] + (lower[lane + 3] - lower[lane]) * dx;
        mixed[lane] = above + (below - above) * dy;
    }
    let [red, green, blue, _] = mixed;
    [red, green, blue]
}

/// The next whole number below; without the call that `f32::floor` is on processors of every kind.
#[inline]
fn floor(value: f32) -> isize {
    let towards_zero = value as isize;
    towards_zero - isize::from(towards_zero as f32 > value)
}

/// How bright a colour is, 0 to 255 (ITU-R BT.601).
#[inline]
pub(crate) fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 + 500) / 1000) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_as_many_bytes_as_it_says() {
        assert!(Picture::new(2, 1, vec![0; 6]).is_some());
        assert!(Picture::new(2, 1, vec![0; 5]).is_none());
        assert!(Picture::new(0, 1, vec![]).is_none());
        assert!(Picture::new(usize::MAX, 2, vec![]).is_none());
    }

    #[test]
    fn a_digest_tells_pixels_and_shapes() {
        let digest =
            |width, height, rgb: &[u8]| Picture::new(width, height, rgb.to_vec()).map(|p| p.digest());
        let pixels = [1, 2, 3, 4, 5, 6];
        assert_eq!(digest(2, 1, &pixels), digest(2, 1, &pixels));
        assert_ne!(digest(2, 1, &pixels), digest(1, 2, &pixels), "another shape");
        assert_ne!(digest(2, 1, &pixels), digest(2, 1, &[1, 2, 3, 4, 5, 7]), "another pixel");
    }

    #[test]
    fn floor_is_that_of_the_library() {
        for value in [0.0, 0.2, 1.0, 7.999, -0.2, -1.0, -1.5, 4000.25, -4000.75_f32] {
            assert_eq!(floor(value), value.floor() as isize, "{value}");
        }
    }

    #[test]
    fn between_two_pixels_lies_their_mean() {
        let picture = Picture::new(2, 1, vec![0, 10, 20, 100, 30, 20]).expect("two pixels");
        assert_eq!(picture.between(0.5, 0.0).map(f32::to_bits), [50.0_f32, 20.0, 20.0].map(f32::to_bits));
        assert_eq!(picture.between(9.0, -3.0).map(f32::to_bits), [100.0_f32, 30.0, 20.0].map(f32::to_bits));
    }
}
