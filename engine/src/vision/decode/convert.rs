//! Formats of face sets and of the command line that no service takes.

use std::borrow::Cow;
use std::io::Cursor;

use image::codecs::{gif::GifDecoder, pnm::PnmDecoder};
use image::{ImageFormat, RgbImage, guess_format};

use super::super::{Failure, Limits};
use super::size::check_bytes;
use super::{damaged, read, upright};

/// The bytes of a picture as [`decode`](super::decode()) takes them: PNM (PGM, PPM) and GIF, of which the first frame, become
/// BMP, all else stays. The usual limits hold for what is converted, before a pixel is; transparent parts become white.
pub fn convert(file: &[u8]) -> Result<Cow<'_, [u8]>, Failure> {
    let limits = Limits::default();
    let (image, orientation) = match guess_format(file) {
        Ok(ImageFormat::Pnm) => {
            check_bytes(file, &limits)?;
            read(PnmDecoder::new(Cursor::new(file)), &limits)?
        }
        Ok(ImageFormat::Gif) => {
            check_bytes(file, &limits)?;
            read(GifDecoder::new(Cursor::new(file)), &limits)?
        }
        _ => return Ok(Cow::Borrowed(file)),
    };
    let picture = upright(image, orientation)?;
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let image = RgbImage::from_raw(width, height, picture.into_rgb()).expect("three bytes a pixel");
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Bmp).map_err(damaged)?;
    Ok(Cow::Owned(bytes.into_inner()))
}
