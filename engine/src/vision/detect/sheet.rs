//! A picture in grey, and smaller or larger copies of it.

use std::borrow::Cow;

use image::imageops::{FilterType, resize, thumbnail};
use image::{GrayImage, ImageBuffer};

use super::super::{Picture, Point};

/// Resizing well takes 16 bytes for each column of the picture and row of the copy; no more than so many are taken.
const MOST_BYTES: u64 = 64 << 20;

/// A picture is dark when only one of so many pixels is as bright as [`DARK`].
const FEW: usize = 200;
const DARK: u8 = 64;
/// What the brightest pixels of a dark picture become.
const BRIGHT: f32 = 160.0;

/// The picture in grey; a dark one brighter, since the cascade sees nobody in the dark.
pub(super) struct Sheet(GrayImage);

impl Sheet {
    pub(super) fn of(picture: &Picture) -> Self {
        let mut grey = picture.grey();
        brighten(&mut grey.luma);
        let image = ImageBuffer::from_raw(grey.width as u32, grey.height as u32, grey.luma);
        Self(image.expect("a byte for every pixel"))
    }

    pub(super) fn width(&self) -> u32 {
        self.0.width()
    }

    pub(super) fn height(&self) -> u32 {
        self.0.height()
    }

    /// The longer side.
    pub(super) fn longest(&self) -> f32 {
        self.width().max(self.height()) as f32
    }

    /// The scale of the largest copy with no longer side and no more pixels than these; at most 1.
    pub(super) fn scale_within(&self, longest: f32, pixels: f32) -> f32 {
        let all = self.width() as f32 * self.height() as f32;
        (longest / self.longest()).min((pixels / all).sqrt()).min(1.0)
    }

    /// Whether a point lies in the picture.
    pub(super) fn holds(&self, point: Point) -> bool {
        (0.0..self.width() as f32).contains(&point.x) && (0.0..self.height() as f32).contains(&point.y)
    }

    /// A copy with its sides multiplied.
    pub(super) fn resized(&self, scale: f32) -> GrayImage {
        let size = |side: u32| ((side as f32 * scale).round() as u32).max(1);
        let (width, height) = (size(self.width()), size(self.height()));
        let mut source = Cow::Borrowed(&self.0);
        // Resizing takes time for each pixel of the source, halving nearly none.
        while source.width() >= 2 * width && source.height() >= 2 * height {
            source = Cow::Owned(halved(&source));
        }
        if (width, height) == source.dimensions() {
            source.into_owned()
        } else if scale < 1.0 && u64::from(source.width()) * u64::from(height) * 16 > MOST_BYTES {
            thumbnail(&*source, width, height)
        } else {
            resize(&*source, width, height, FilterType::Triangle)
        }
    }
}

/// Multiplies the brightness of a dark picture.
fn brighten(luma: &mut [u8]) {
    let mut counts = [0_usize; 256];
    for value in luma.iter() {
        counts[usize::from(*value)] += 1;
    }
    let mut as_bright = 0;
    let brightest = (1..=u8::MAX).rev().find(|value| {
        as_bright += counts[usize::from(*value)];
        as_bright * FEW > luma.len()
    });
    let Some(brightest @ ..DARK) = brightest else { return };
    let factor = BRIGHT / f32::from(brightest);
    for value in luma {
        *value = (f32::from(*value) * factor) as u8;
    }
}

/// The means of two by two pixels; an odd column or row at the end has no part in it.
fn halved(source: &GrayImage) -> GrayImage {
    let (width, height) = (source.width() as usize / 2, source.height() as usize / 2);
    let lines = source.as_raw().chunks_exact(source.width() as usize);
    let pairs = lines.clone().step_by(2).zip(lines.skip(1).step_by(2));
    let mut bytes = Vec::with_capacity(width * height);
    for (upper, lower) in pairs {
        let columns = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        bytes.extend(columns.map(|([a, b], [c, d])| {
            ((u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2) / 4) as u8
        }));
    }
    ImageBuffer::from_raw(width as u32, height as u32, bytes).expect("a byte for every pixel")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dark_pictures_become_brighter_and_black_ones_stay_black() {
        for (brightest, becomes) in [(0, 0), (1, 160), (20, 160), (63, 160), (64, 64), (255, 255)] {
            // A lamp in one corner makes no bright picture.
            let mut luma = [vec![brightest; 1000], vec![255; 4]].concat();
            brighten(&mut luma);
            assert_eq!(luma[0], becomes, "{brightest}");
        }
    }

    #[test]
    fn copies_show_the_same_at_every_size() {
        // Brightness rises from left to right, so a place tells its brightness.
        let (width, height) = (701, 333);
        let rgb = (0..width * height).flat_map(|index| [(index % width * 255 / width) as u8; 3]).collect();
        let sheet = Sheet::of(&Picture::new(width, height, rgb).expect("whole"));
        for scale in [2.0, 1.0, 0.9, 0.5, 0.4, 0.25, 0.1_f32] {
            let copy = sheet.resized(scale);
            let sides = [701.0, 333.0].map(|side: f32| (side * scale).round() as u32);
            assert_eq!([copy.width(), copy.height()], sides, "{scale}");
            let bright = f32::from(copy.get_pixel(copy.width() / 4, copy.height() / 2)[0]);
            assert!((bright - 63.0).abs() < 4.0, "{scale}: {bright}");
        }
    }
}
