//! What comes out, as a file.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::vision::Picture;

/// The quality of the JPEG files that come out.
const QUALITY: u8 = 92;

/// A picture as a JPEG file.
pub(in super::super) fn jpeg(picture: &Picture) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
    let encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    encoder.write_image(picture.rgb(), width, height, ExtendedColorType::Rgb8).ok()?;
    Some(file)
}
