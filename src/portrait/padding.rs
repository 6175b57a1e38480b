//! Files made larger without a change to what they show, by what each format lets a decoder skip.

use super::{Format, Scene};

/// The file grown to at least `scene.pad` bytes.
pub(super) fn padded(file: Vec<u8>, scene: &Scene) -> Vec<u8> {
    let missing = (scene.pad as usize).saturating_sub(file.len());
    if missing == 0 {
        return file;
    }
    match scene.format {
        Format::Jpeg => spliced(&file, 2, &comments(missing)),
        Format::Png => spliced(&file, file.len() - 12, &text_chunk(missing)),
        Format::Gif => spliced(&file, file.len() - 1, &comment_extension(missing)),
        Format::Bmp => gap_before_pixels(file, missing),
        // Anything may follow the end of these.
        Format::Pdf | Format::Txt => [file, vec![b'\n'; missing]].concat(),
    }
}

/// Bytes put into a file.
fn spliced(file: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    [&file[..at], more, &file[at..]].concat()
}

/// JPEG comment segments (ITU T.81, B.2.4.5): each holds up to 65533 bytes and costs 4.
fn comments(missing: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(missing + 4);
    while bytes.len() < missing {
        let held = (missing - bytes.len()).saturating_sub(4).min(65_533);
        bytes.extend([0xFF, 0xFE]);
        bytes.extend((held as u16 + 2).to_be_bytes());
        bytes.extend(std::iter::repeat_n(b' ', held));
    }
    bytes
}

/// One PNG text chunk (PNG specification, 11.3.3.2): it costs 12 bytes and the keyword.
fn text_chunk(missing: usize) -> Vec<u8> {
    let mut body = b"tEXtComment\0".to_vec();
    body.extend(std::iter::repeat_n(b' ', missing.saturating_sub(8 + body.len())));
    let mut bytes = ((body.len() - 4) as u32).to_be_bytes().to_vec();
    let check = crc32(&body);
    bytes.extend(body);
    bytes.extend(check.to_be_bytes());
    bytes
}

/// The CRC that ends PNG chunks (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
    });
    !bytes.iter().fold(u32::MAX, |c, byte| table[((c ^ u32::from(*byte)) & 0xFF) as usize] ^ (c >> 8))
}

/// A GIF comment extension (GIF89a, 24): sub-blocks of up to 255 bytes.
fn comment_extension(missing: usize) -> Vec<u8> {
    let mut bytes = vec![0x21, 0xFE];
    while bytes.len() + 1 < missing || bytes.len() == 2 {
        let held = missing.saturating_sub(bytes.len() + 2).clamp(1, 255);
        bytes.push(held as u8);
        bytes.extend(std::iter::repeat_n(b' ', held));
    }
    bytes.push(0);
    bytes
}

/// A gap between the BMP headers and the pixels, whose place the file header states.
fn gap_before_pixels(mut file: Vec<u8>, missing: usize) -> Vec<u8> {
    let missing = missing.next_multiple_of(4);
    let field = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
    let (whole, pixels) = (field(2), field(10));
    file[2..6].copy_from_slice(&(whole + missing as u32).to_le_bytes());
    file[10..14].copy_from_slice(&(pixels + missing as u32).to_le_bytes());
    spliced(&file, pixels as usize, &vec![0; missing])
}
