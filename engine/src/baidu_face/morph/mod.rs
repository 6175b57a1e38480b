//! Faces changed: one put in the place of another, or its own proportions changed. Plain, and from the pixels up.
//!
//! A face is moved by its 68 landmarks: every pixel follows the landmarks around it, the nearer the more. Knows pictures
//! and points, nothing of requests. Start with [`merge`] or [`edit`].

mod edit;
mod mask;
mod merge;
mod tone;
mod warp;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::vision::{Landmarks, Picture};

pub(super) use edit::{Look, edit};
pub(super) use merge::merge;

/// The quality of the JPEG files that come out.
const QUALITY: u8 = 92;

/// A picture and the landmarks of the face that is meant.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) picture: Picture,
    pub(super) landmarks: Landmarks,
}

/// A picture as a JPEG file.
pub(super) fn jpeg(picture: &Picture) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
    let encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    encoder.write_image(picture.rgb(), width, height, ExtendedColorType::Rgb8).ok()?;
    Some(file)
}

/// Another colour for the pixels of a box (left, top, right, lower; the last two excluded), the rest as it is.
fn repainted(
    picture: &Picture,
    [left, top, right, lower]: [usize; 4],
    colour: impl Fn(usize, usize) -> [f32; 3],
) -> Picture {
    let mut rgb = picture.rgb().to_vec();
    for y in top..lower.min(picture.height()) {
        for x in left..right.min(picture.width()) {
            let at = (y * picture.width() + x) * 3;
            for (byte, value) in rgb[at..at + 3].iter_mut().zip(colour(x, y)) {
                *byte = value.round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    Picture::new(picture.width(), picture.height(), rgb).unwrap_or_else(|| picture.clone())
}
