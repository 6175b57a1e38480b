//! JPEG, strictly.
//!
//! The usual way through the `image` crate fills what a damaged file lacks with grey and reports success.
//! Here its decoder runs in strict mode, and the end marker must be there.

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::super::{Failure, Limits};
use super::size::check_pixels;

/// Scans of a progressive picture; more are refused. Encoders make about ten, and a decoder walks over all pixels for
/// each.
const SCANS: usize = 32;

pub(super) fn decode(file: &[u8], limits: &Limits) -> Result<(DynamicImage, Orientation), Failure> {
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(SCANS);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(damaged)?;

    let sized = decoder
        .dimensions()
        .and_then(|(width, height)| Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?)));
    let (Some((width, height)), Some(kind)) = (sized, decoder.input_colorspace()) else {
        return Err(Failure::Damaged("no frame header".to_owned()));
    };
    check_pixels(width, height, limits)?;
    // The decoder keeps two bytes of every component of a progressive picture.
    if kind.num_components() > 3 {
        check_pixels(width, height, &Limits { pixels: limits.pixels / 4 * 3, ..*limits })?;
    }
    let orientation = decoder
        .exif()
        .and_then(|exif| Orientation::from_exif_chunk(exif))
        .unwrap_or(Orientation::NoTransforms);

    let grey = matches!(kind, ColorSpace::Luma);
    let wanted = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode().map_err(damaged)?;
    if !ends(file) {
        return Err(Failure::Damaged("the JPEG has no end marker".to_owned()));
    }

    let image = if grey {
        GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    let image =
        image.ok_or_else(|| Failure::Damaged(format!("not the pixels of a {width}x{height} picture")))?;
    Ok((image, orientation))
}

/// Whether the end marker follows the last start of a scan. Entropy-coded data never contain either marker.
fn ends(file: &[u8]) -> bool {
    let last = |marker: u8| file.windows(2).rposition(|pair| pair == [0xFF, marker]);
    matches!((last(0xDA), last(0xD9)), (Some(scan), Some(end)) if scan < end)
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of map_err")]
fn damaged(error: DecodeErrors) -> Failure {
    Failure::Damaged(format!("{error:?}"))
}
