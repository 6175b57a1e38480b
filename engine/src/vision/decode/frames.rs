//! How many frames a picture has, from what is written before them.

use std::io::Cursor;

use image::ImageFormat;
use image_webp::WebPDecoder;

use super::super::{Failure, Limits};

/// What may be unpacked of what comes before the pixels of a PNG.
const MOST_BYTES: usize = 64 << 20;

/// Refuses a picture of more frames than are allowed. What is damaged is left to the decoder, which says so.
pub(super) fn check(file: &[u8], format: ImageFormat, limits: &Limits) -> Result<(), Failure> {
    let frames = match format {
        ImageFormat::Png => of_png(file),
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(file)).ok().map(|decoder| decoder.num_frames()),
        _ => None,
    };
    match frames {
        Some(frames) if frames > limits.frames => {
            let most = limits.frames;
            Err(Failure::Format(format!("a moving {format:?} of {frames} frames, at most {most} are taken")))
        }
        _ => Ok(()),
    }
}

fn of_png(file: &[u8]) -> Option<u32> {
    let limits = png::Limits { bytes: MOST_BYTES };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    Some(decoder.read_info().ok()?.info().animation_control?.num_frames)
}
