//! Formats of face sets and of the command line that no service takes.

use std::borrow::Cow;
use std::io::Cursor;

use image::{ImageFormat, guess_format, load_from_memory};

use super::Failure;

/// The bytes of a picture as [`decode`](super::decode()) takes them: PNM (PGM, PPM) and GIF become BMP, all else stays.
pub fn convert(file: &[u8]) -> Result<Cow<'_, [u8]>, Failure> {
    if !matches!(guess_format(file), Ok(ImageFormat::Pnm | ImageFormat::Gif)) {
        return Ok(Cow::Borrowed(file));
    }
    let damaged = |error: image::ImageError| Failure::Damaged(error.to_string());
    let mut bytes = Cursor::new(Vec::new());
    let image = load_from_memory(file).map_err(damaged)?;
    image.into_rgb8().write_to(&mut bytes, ImageFormat::Bmp).map_err(damaged)?;
    Ok(Cow::Owned(bytes.into_inner()))
}
