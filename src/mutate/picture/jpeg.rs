//! JPEG files taken apart by their segments (ITU T.81, annex B), and spliced.

use std::ops::Range;

/// Start of image.
pub(super) const SOI: [u8; 2] = [0xFF, 0xD8];

/// A JPEG file, its segments found.
#[derive(Debug)]
pub(super) struct Jpeg<'a> {
    bytes: &'a [u8],
    /// The segments between the start of image and the first scan's data, each from its marker to its end; the last is
    /// the scan's header.
    pub(super) segments: Vec<Segment>,
    /// The entropy-coded data up to the end marker, further scans among them.
    pub(super) scan: Range<usize>,
}

/// A marker and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// The second byte of the marker.
    pub(super) marker: u8,
    /// From the marker to the end.
    pub(super) place: Range<usize>,
}

impl<'a> Jpeg<'a> {
    /// Finds the segments; `None` where the file is not a whole JPEG.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut at = bytes.strip_prefix(&SOI).map(|_| 2)?;
        let mut segments = Vec::new();
        loop {
            let [0xFF, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
            let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
            segments.push(Segment { marker, place: at..end });
            at = end;
            if marker == 0xDA {
                break;
            }
        }
        let end = bytes.windows(2).rposition(|pair| pair == [0xFF, 0xD9])?;
        (at <= end).then_some(Self { bytes, segments, scan: at..end })
    }

    /// The segment that tells size and components.
    pub(super) fn frame(&self) -> Option<&Segment> {
        self.segments.iter().find(|segment| {
            matches!(segment.marker, 0xC0..=0xCF) && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC)
        })
    }

    /// The file with other bytes in place of some.
    pub(super) fn replaced(&self, at: usize, with: &[u8]) -> Vec<u8> {
        let mut bytes = self.bytes.to_vec();
        bytes[at..at + with.len()].copy_from_slice(with);
        bytes
    }
}

/// The file with one more segment after its start.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}
