//! Rectangles, letters and parts of pictures put on a picture.

use image::{Rgb, RgbImage};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster, get_raster_width};

use crate::vision::{Picture, Rect};

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// Pixels from one letter to the next.
pub(super) const LETTER: i32 = get_raster_width(FontWeight::Regular, HEIGHT) as i32;
/// Pixels from one line of text to the next.
pub(super) const LINE: i32 = 18;

const HEIGHT: RasterHeight = RasterHeight::Size16;

/// A picture that is drawn on; what lies outside is left out.
pub(super) struct Canvas {
    image: RgbImage,
}

/// A piece of text of one look.
pub(super) struct Text<'a> {
    pub(super) letters: &'a str,
    pub(super) colour: Colour,
    pub(super) bold: bool,
}

impl Canvas {
    /// So many pixels of one colour.
    pub(super) fn new(width: i32, height: i32, colour: Colour) -> Self {
        Self { image: RgbImage::from_pixel(width.max(1) as u32, height.max(1) as u32, Rgb(colour)) }
    }

    pub(super) fn finished(self) -> RgbImage {
        self.image
    }

    pub(super) fn width(&self) -> i32 {
        self.image.width() as i32
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, [left, top]: [i32; 2], [width, height]: [i32; 2], colour: Colour) {
        let inside = |from: i32, length: i32, side: u32| from.max(0)..(from + length).min(side as i32);
        for y in inside(top, height, self.image.height()) {
            for x in inside(left, width, self.image.width()) {
                self.image.put_pixel(x as u32, y as u32, Rgb(colour));
            }
        }
    }

    /// A frame as thick as said, inside the rectangle.
    pub(super) fn frame(&mut self, [x, y]: [i32; 2], [width, height]: [i32; 2], thick: i32, colour: Colour) {
        self.fill([x, y], [width, thick], colour);
        self.fill([x, y + height - thick], [width, thick], colour);
        self.fill([x, y], [thick, height], colour);
        self.fill([x + width - thick, y], [thick, height], colour);
    }

    /// A part of a picture, enlarged or made smaller to fill a place.
    pub(super) fn put(&mut self, picture: &Picture, part: &Rect, [left, top]: [i32; 2], size: [i32; 2]) {
        let step = [part.width / size[0] as f32, part.height / size[1] as f32];
        for y in 0..size[1] {
            for x in 0..size[0] {
                let (x, y) = (x + left, y + top);
                if x < 0 || y < 0 || x >= self.width() || y >= self.image.height() as i32 {
                    continue;
                }
                let place = |at: i32, from: i32, step: f32, start: f32| {
                    start + ((at - from) as f32 + 0.5) * step - 0.5
                };
                let colour = picture.between(place(x, left, step[0], part.x), place(y, top, step[1], part.y));
                self.image.put_pixel(x as u32, y as u32, Rgb(colour.map(|value| value.round() as u8)));
            }
        }
    }

    /// Writes a line of text; where it ends.
    pub(super) fn write(&mut self, text: &Text<'_>, [left, top]: [i32; 2]) -> i32 {
        let weight = if text.bold { FontWeight::Bold } else { FontWeight::Regular };
        let mut x = left;
        for letter in text.letters.chars() {
            let Some(drawn) = get_raster(letter, weight, HEIGHT).or_else(|| get_raster('?', weight, HEIGHT))
            else {
                continue;
            };
            for (row, shades) in drawn.rows().enumerate() {
                for (column, shade) in shades.iter().enumerate() {
                    self.tint([x + column as i32, top + row as i32], text.colour, *shade);
                }
            }
            x += LETTER;
        }
        x
    }

    /// Mixes a colour in, 0 not at all to 255 wholly.
    fn tint(&mut self, [x, y]: [i32; 2], colour: Colour, share: u8) {
        if share == 0 || x < 0 || y < 0 {
            return;
        }
        let Some(pixel) = self.image.get_pixel_mut_checked(x as u32, y as u32) else { return };
        for (there, new) in pixel.0.iter_mut().zip(colour) {
            let (share, rest) = (u32::from(share), 255 - u32::from(share));
            *there = ((u32::from(*there) * rest + u32::from(new) * share) / 255) as u8;
        }
    }
}
