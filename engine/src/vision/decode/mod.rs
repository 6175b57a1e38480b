//! File bytes to an upright [`Picture`].
//!
//! The size is checked before a pixel is decoded; the format is told by its first bytes, never by a name.
//! Damage is an error here even where decoders would show what they have: a service must not see faces in
//! half a picture. JPEG has its own file because of that. Moving pictures are refused as GIF is: the vendors take still
//! ones, and no document says which frame would count.

mod convert;
mod frames;
mod jpeg;
mod size;

pub use convert::convert;

use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult};

use super::{Failure, Limits, Picture};
use size::{check_bytes, check_pixels};

/// Bytes of a decoded pixel, where the picture has as many pixels as are allowed.
const BYTES_A_PIXEL: u64 = 4;

/// Decodes a JPEG, PNG, BMP or WebP file of any colour kind, turns it upright as its EXIF data says, and
/// lays transparent parts over white. Of several frames, where so many are allowed, the first is taken.
pub fn decode(file: &[u8], limits: &Limits) -> Result<Picture, Failure> {
    if file.is_empty() {
        return Err(Failure::Empty);
    }
    check_bytes(file, limits)?;
    let format = image::guess_format(file);
    if let Ok(format) = format {
        frames::check(file, format, limits)?;
    }
    let (image, orientation) = match format {
        Ok(ImageFormat::Jpeg) => jpeg::decode(file, limits)?,
        Ok(ImageFormat::Png) => read(PngDecoder::with_limits(Cursor::new(file), beside_pixels()), limits)?,
        Ok(ImageFormat::Bmp) => read(BmpDecoder::new(Cursor::new(file)), limits)?,
        Ok(ImageFormat::WebP) => read(WebPDecoder::new(Cursor::new(file)), limits)?,
        Ok(other) => return Err(Failure::Format(format!("{other:?}"))),
        Err(_) => return Err(Failure::Format("unknown first bytes".to_owned())),
    };
    upright(image, orientation)
}

fn read<D: ImageDecoder>(
    decoder: ImageResult<D>,
    limits: &Limits,
) -> Result<(DynamicImage, Orientation), Failure> {
    let mut decoder = decoder.map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height, limits)?;
    if decoder.total_bytes() > limits.pixels.saturating_mul(BYTES_A_PIXEL) {
        return Err(Failure::TooLarge(format!("{width}x{height} pixels of {:?}", decoder.color_type())));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms); // damaged EXIF data turn nothing
    Ok((DynamicImage::from_decoder(decoder).map_err(damaged)?, orientation))
}

/// What a PNG may unpack beside its pixels, such as colour profiles.
fn beside_pixels() -> image::Limits {
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(64 << 20);
    limits
}

fn damaged(error: ImageError) -> Failure {
    match error {
        ImageError::Limits(error) => Failure::TooLarge(error.to_string()),
        error => Failure::Damaged(error.to_string()),
    }
}

fn upright(mut image: DynamicImage, orientation: Orientation) -> Result<Picture, Failure> {
    image.apply_orientation(orientation);
    let (width, height) = (image.width() as usize, image.height() as usize);
    let rgb = if image.color().has_alpha() {
        over_white(image.into_rgba8().as_raw())
    } else {
        image.into_rgb8().into_raw()
    };
    Picture::new(width, height, rgb).ok_or_else(|| Failure::Damaged(format!("{width}x{height} pixels")))
}

fn over_white(rgba: &[u8]) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        rgb.extend(
            [pixel[0], pixel[1], pixel[2]]
                .map(|value| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8),
        );
    }
    rgb
}
