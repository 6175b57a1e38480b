//! Pictures: which formats are taken, and decoding within limits.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use image::{ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// The longest side, in pixels.
const LONGEST_SIDE: u32 = 8192;
/// The memory that decoding may take, in bytes.
const MEMORY: u64 = 256 << 20;

/// Decodes JPEG, PNG or BMP. A GIF has the wrong format; what is no picture at all cannot be decoded.
///
/// The pixels are taken as they are stored, whatever the metadata say about turning them.
pub(crate) fn decode(bytes: &[u8], defects: &Defects) -> Result<RgbImage, Code> {
    let undecodable = if defects.has(Defect::NoisePictureAs213) { Code::INTERNAL } else { Code::UNDECODABLE };
    let format = match bytes {
        [] if defects.has(Defect::EmptyPictureAs1101) => return Err(Code::NO_FACE),
        [] => return Err(Code::EMPTY_IMAGE),
        [b'G', b'I', b'F', b'8', ..] if defects.has(Defect::GifAsFaceless) => return Err(Code::NO_FACE),
        [b'G', b'I', b'F', b'8', ..] => return Err(Code::BAD_FORMAT),
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        [b'B', b'M', ..] => ImageFormat::Bmp,
        _ => return Err(undecodable),
    };
    if format == ImageFormat::Jpeg && !defects.has(Defect::CutPictureTaken) && !is_whole_jpeg(bytes) {
        return Err(undecodable);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    Ok(reader.decode().map_err(|_| undecodable)?.to_rgb8())
}

/// Walks the segments of a JPEG: the decoder fills what is missing with grey, and would not tell.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut scanned = false;
    while at + 1 < bytes.len() {
        if bytes[at] != 0xff {
            if !scanned {
                return false;
            }
            at += 1;
            continue;
        }
        match bytes[at + 1] {
            0xd9 => return scanned,
            0xff => at += 1,
            0x00 | 0xd0..=0xd7 if scanned => at += 2,
            0xc0..=0xcf | 0xda..=0xdf | 0xe0..=0xfe => {
                let Some(length) = bytes.get(at + 2..at + 4) else { return false };
                scanned |= bytes[at + 1] == 0xda;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Code, decode};
    use crate::defect::Defects;
    use image::{ImageFormat, RgbImage};
    use std::io::Cursor;

    #[test]
    fn formats_and_damage() {
        let none = Defects::default();
        let picture = RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, 90]));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Bmp] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, format).expect("can be encoded");
            let bytes = bytes.into_inner();
            assert_eq!(decode(&bytes, &none).expect("decodes").dimensions(), (64, 48), "{format:?}");
            assert_eq!(decode(&bytes[..bytes.len() / 2], &none).err(), Some(Code::UNDECODABLE), "{format:?}");
        }
        assert_eq!(decode(b"", &none).err(), Some(Code::EMPTY_IMAGE));
        assert_eq!(decode(b"GIF89a", &none).err(), Some(Code::BAD_FORMAT));
        assert_eq!(decode(b"%PDF-1.4", &none).err(), Some(Code::UNDECODABLE));
        assert_eq!(
            decode(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 and noise", &none).err(),
            Some(Code::UNDECODABLE)
        );
    }
}
