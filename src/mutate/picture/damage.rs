//! Files broken at a named place: cut, overwritten, or lied about.

use std::borrow::Cow;
use std::ops::Range;

use arbitrary::Arbitrary;
use serde::{Deserialize, Serialize};

use super::jpeg::Jpeg;
use super::pixels::PictureKind;
use super::png;

/// Where BMP files tell where their pixels begin.
const BMP_PIXELS: usize = 10;

/// What a header says of the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lie {
    /// No pixels.
    Zero,
    /// Half as high.
    Lower,
    /// Eight times as high.
    Higher,
    /// 60000 x 60000.
    Huge,
}

/// The segments of a file's header: what stands before the pixels, the first bytes apart.
fn header(kind: PictureKind, file: &[u8]) -> Option<Vec<Range<usize>>> {
    Some(match kind {
        PictureKind::Jpeg => Jpeg::read(file)?.segments.into_iter().map(|segment| segment.place).collect(),
        PictureKind::Png => {
            let chunks = png::chunks(file)?.into_iter();
            chunks.take_while(|chunk| chunk.kind != *b"IDAT").map(|chunk| chunk.place).collect()
        }
        PictureKind::Bmp => vec![2..14, 14..bmp_pixels(file)?],
    })
}

/// Where the pixels of a file are stored.
pub(super) fn scan(kind: PictureKind, file: &[u8]) -> Option<Range<usize>> {
    match kind {
        PictureKind::Jpeg => Some(Jpeg::read(file)?.scan),
        PictureKind::Png => {
            let chunks = png::chunks(file)?;
            let mut data = chunks.iter().filter(|chunk| chunk.kind == *b"IDAT");
            let first = data.next()?;
            Some(first.content.start..data.next_back().unwrap_or(first).content.end)
        }
        PictureKind::Bmp => Some(bmp_pixels(file)?..file.len()),
    }
}

fn bmp_pixels(file: &[u8]) -> Option<usize> {
    let at = u32::from_le_bytes(file.get(BMP_PIXELS..BMP_PIXELS + 4)?.try_into().ok()?) as usize;
    (14..file.len()).contains(&at).then_some(at)
}

/// The file up to a place within a range, so many percent into it; at least one byte of the range is gone.
fn cut(file: Cow<'_, [u8]>, range: &Range<usize>, percent: u8) -> Vec<u8> {
    let mut file = file.into_owned();
    let at = range.start + range.len() * usize::from(percent.min(99)) / 100;
    file.truncate(at.min(range.end.saturating_sub(1)));
    file
}

/// Cut within the bytes that tell the kind: one byte is left.
pub(super) fn cut_in_magic(kind: PictureKind, file: &[u8]) -> Option<Vec<u8>> {
    Some(kind.of(file)?[..1].to_vec())
}

/// Cut within a segment of the header; of their number the rest counts.
pub(super) fn cut_in_header(kind: PictureKind, file: &[u8], segment: u8, percent: u8) -> Option<Vec<u8>> {
    let file = kind.of(file)?;
    let segments = header(kind, &file)?;
    let range = segments.get(usize::from(segment) % segments.len().max(1))?.clone();
    Some(cut(file, &range, percent))
}

/// Cut within the pixels: so many percent of them are left.
pub(super) fn cut_in_scan(kind: PictureKind, file: &[u8], percent: u8) -> Option<Vec<u8>> {
    let file = kind.of(file)?;
    let range = scan(kind, &file)?;
    Some(cut(file, &range, percent))
}

/// Cut right after the pixels: the end mark is missing. BMP has none: the last byte is.
pub(super) fn cut_before_end(kind: PictureKind, file: &[u8]) -> Option<Vec<u8>> {
    let file = kind.of(file)?;
    let range = scan(kind, &file)?;
    let end = match kind {
        PictureKind::Jpeg => range.end,
        PictureKind::Png => range.end + 4,
        PictureKind::Bmp => range.end - 1,
    };
    Some(file[..end].to_vec())
}

/// The first bytes changed, by which the kind is told.
pub(super) fn spoil_magic(kind: PictureKind, file: &[u8]) -> Option<Vec<u8>> {
    let mut file = kind.of(file)?.into_owned();
    let magic = if kind == PictureKind::Png { 8 } else { 2 };
    file[..magic].iter_mut().for_each(|byte| *byte ^= 0x55);
    Some(file)
}

/// Some bytes of the pixels changed, beginning so many percent into them. No marker comes to be in a JPEG.
pub(super) fn spoil_scan(kind: PictureKind, file: &[u8], percent: u8, bytes: u8) -> Option<Vec<u8>> {
    let mut file = kind.of(file)?.into_owned();
    let range = scan(kind, &file)?;
    let from = range.start + range.len() * usize::from(percent.min(99)) / 100;
    let until = (from + usize::from(bytes.max(1))).min(range.end);
    for byte in &mut file[from..until] {
        let spoilt = *byte ^ 0x5A;
        *byte = if spoilt == 0xFF || *byte == 0xFF { 0x5A } else { spoilt };
    }
    Some(file)
}

/// A JPEG whose first Huffman table has more codes of each length than there can be.
pub(super) fn spoil_tables(file: &[u8]) -> Option<Vec<u8>> {
    let file = PictureKind::Jpeg.of(file)?;
    let jpeg = Jpeg::read(&file)?;
    let table = jpeg.segments.iter().find(|segment| segment.marker == 0xC4)?;
    Some(jpeg.replaced(table.place.start + 5, &[0xFF; 16]))
}

/// A PNG with a wrong checksum of its header or its pixels.
pub(super) fn spoil_checksum(file: &[u8], of_header: bool) -> Option<Vec<u8>> {
    let mut file = PictureKind::Png.of(file)?.into_owned();
    let wanted = if of_header { *b"IHDR" } else { *b"IDAT" };
    let chunk = png::chunks(&file)?.into_iter().find(|chunk| chunk.kind == wanted)?;
    file[chunk.content.end] ^= 1;
    Some(file)
}

/// A header that lies about the size; the pixels are as they were.
pub(super) fn lie(kind: PictureKind, file: &[u8], lie: Lie) -> Option<Vec<u8>> {
    let file = kind.of(file)?;
    let sides = |width: u32, height: u32| match lie {
        Lie::Zero => (0, 0),
        Lie::Lower => (width, (height / 2).max(1)),
        Lie::Higher => (width, height * 8),
        Lie::Huge => (60_000, 60_000),
    };
    match kind {
        PictureKind::Jpeg => {
            let jpeg = Jpeg::read(&file)?;
            let at = jpeg.frame()?.place.start + 5;
            let side = |at: usize| u32::from(u16::from_be_bytes([file[at], file[at + 1]]));
            let (width, height) = sides(side(at + 2), side(at));
            let lied = [(height.min(0xFFFF) as u16).to_be_bytes(), (width as u16).to_be_bytes()].concat();
            Some(jpeg.replaced(at, &lied))
        }
        PictureKind::Png => {
            let header = png::chunks(&file)?.into_iter().next()?;
            let content = &file[header.content.clone()];
            let side = |at: usize| {
                u32::from_be_bytes([content[at], content[at + 1], content[at + 2], content[at + 3]])
            };
            let (width, height) = sides(side(0), side(4));
            let lied = [&width.to_be_bytes()[..], &height.to_be_bytes(), &content[8..]].concat();
            Some(
                [&file[..header.place.start], &png::chunk(*b"IHDR", &lied), &file[header.place.end..]]
                    .concat(),
            )
        }
        PictureKind::Bmp => {
            let mut file = file.into_owned();
            let side = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
            let (width, height) = sides(side(18), side(22));
            file[18..22].copy_from_slice(&width.to_le_bytes());
            file[22..26].copy_from_slice(&height.to_le_bytes());
            Some(file)
        }
    }
}
