//! Pictures decoded and written again as other kinds of files.

use std::borrow::Cow;
use std::io::Cursor;

use arbitrary::Arbitrary;
use image::codecs::bmp::BmpEncoder;
use image::codecs::gif::GifEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, Frame, ImageBuffer, ImageEncoder, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use serde::{Deserialize, Serialize};

use super::jpeg::SOI;

/// The kinds of files that the documents name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureKind {
    /// JPEG, baseline.
    Jpeg,
    /// PNG, eight bits a colour.
    Png,
    /// BMP, uncompressed.
    Bmp,
}

impl PictureKind {
    /// The ending of the names of such files.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Bmp => "bmp",
        }
    }

    /// The picture as such a file; as it is where it is one. `None` where it is no picture.
    pub(super) fn of(self, file: &[u8]) -> Option<Cow<'_, [u8]>> {
        let magic: &[u8] = match self {
            Self::Jpeg => &SOI,
            Self::Png => &super::png::MAGIC,
            Self::Bmp => b"BM",
        };
        if file.starts_with(magic) {
            return Some(Cow::Borrowed(file));
        }
        let image = pixels(file)?;
        Some(Cow::Owned(match self {
            Self::Jpeg => jpeg(&image, |_| ()),
            Self::Png => png(&DynamicImage::from(image)),
            Self::Bmp => bmp(&image),
        }))
    }
}

/// What a file shows.
pub(super) fn pixels(file: &[u8]) -> Option<RgbImage> {
    image::load_from_memory(file).ok().map(DynamicImage::into_rgb8)
}

/// A JPEG, set up as the caller likes.
pub(super) fn jpeg(image: &RgbImage, set_up: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    encode(image.as_raw(), image.dimensions(), ColorType::Rgb, set_up)
}

/// A grey JPEG.
pub(super) fn grey_jpeg(image: &RgbImage) -> Vec<u8> {
    let grey = DynamicImage::from(image.clone()).into_luma8();
    encode(grey.as_raw(), grey.dimensions(), ColorType::Luma, |_| ())
}

/// A JPEG in four inks, as programs for print store them: inverted, with Adobe's marker. The black ink is the darkest
/// that red, green and blue have in common.
pub(super) fn inks_jpeg(image: &RgbImage, luminance: bool) -> Vec<u8> {
    let inks: Vec<u8> = image
        .pixels()
        .flat_map(|Rgb([r, g, b])| {
            let white = *r.max(g).max(b);
            let share =
                |value: u8| (u32::from(value) * 255).checked_div(u32::from(white)).unwrap_or(255) as u8;
            [share(*r), share(*g), share(*b), white].map(|value| 255 - value)
        })
        .collect();
    let kind = if luminance { ColorType::CmykAsYcck } else { ColorType::Cmyk };
    encode(&inks, image.dimensions(), kind, |_| ())
}

fn encode(
    samples: &[u8],
    (width, height): (u32, u32),
    kind: ColorType,
    set_up: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    set_up(&mut encoder);
    encoder.encode(samples, width as u16, height as u16, kind).expect(WHOLE);
    bytes
}

/// Why encoding cannot fail.
const WHOLE: &str = "a whole picture of moderate size is encoded into memory";

/// A PNG of the image's own kind of samples.
pub(super) fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut bytes)).expect(WHOLE);
    bytes
}

/// A PNG of 16 bits a colour.
pub(super) fn deep_png(image: &RgbImage) -> Vec<u8> {
    let deep: ImageBuffer<Rgb<u16>, _> = ImageBuffer::from_fn(image.width(), image.height(), |x, y| {
        Rgb(image.get_pixel(x, y).0.map(|value| u16::from(value) * 257))
    });
    png(&DynamicImage::from(deep))
}

/// A PNG of grey levels that it looks up in a palette.
pub(super) fn palette_png(image: &RgbImage) -> Vec<u8> {
    let grey = DynamicImage::from(image.clone()).into_luma8();
    let palette: Vec<u8> = (0..=255).flat_map(|level| [level; 3]).collect();
    let plain = png(&DynamicImage::from(grey));
    // The rows of a palette's indices are those of grey levels: only the header says what they mean.
    let chunks = super::png::chunks(&plain).expect(WHOLE);
    let mut file = super::png::MAGIC.to_vec();
    for chunk in chunks {
        let content = &plain[chunk.content.clone()];
        if chunk.kind == *b"IHDR" {
            let header = [&content[..9], &[3], &content[10..]].concat();
            file.extend(super::png::chunk(*b"IHDR", &header));
            file.extend(super::png::chunk(*b"PLTE", &palette));
        } else {
            file.extend_from_slice(&plain[chunk.place]);
        }
    }
    file
}

/// A PNG that is seen through, the same everywhere.
pub(super) fn alpha_png(image: &RgbImage, opacity: u8) -> Vec<u8> {
    let mut image = DynamicImage::from(image.clone()).into_rgba8();
    image.pixels_mut().for_each(|pixel| pixel.0[3] = opacity);
    png(&DynamicImage::from(image))
}

/// A BMP.
pub(super) fn bmp(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = BmpEncoder::new(&mut bytes);
    encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8).expect(WHOLE);
    bytes.into_inner()
}

/// A lossless WebP.
pub(super) fn webp(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.encode(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8).expect(WHOLE);
    bytes
}

/// A GIF of so many frames, all the same.
pub(super) fn gif(image: &RgbImage, frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let frame = Frame::new(DynamicImage::from(image.clone()).into_rgba8());
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.encode_frames(std::iter::repeat_n(frame, frames)).expect(WHOLE);
    drop(encoder);
    bytes
}
