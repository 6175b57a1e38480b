//! PNG files taken apart by their chunks (PNG specification, 5), and made of them.

use std::ops::Range;

/// The first bytes.
pub(super) const MAGIC: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Where a chunk stands: from its length to its checksum's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Its four letters.
    pub(super) kind: [u8; 4],
    /// All of it.
    pub(super) place: Range<usize>,
    /// Its content.
    pub(super) content: Range<usize>,
}

/// How pixels are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bits of a sample.
    pub(super) depth: u8,
    /// 0 grey, 2 colour, 3 palette, 6 colour with alpha.
    pub(super) colour: u8,
}

impl Layout {
    /// The content of the chunk that tells it.
    pub(super) fn header(&self) -> Vec<u8> {
        let sides = [self.width.to_be_bytes(), self.height.to_be_bytes()].concat();
        [&sides[..], &[self.depth, self.colour, 0, 0, 0]].concat()
    }

    /// Bytes of all rows before compression, each with its filter.
    pub(super) fn unpacked(&self) -> u64 {
        let samples = match self.colour {
            2 => 3,
            6 => 4,
            _ => 1,
        };
        let row = (u64::from(self.width) * samples * u64::from(self.depth)).div_ceil(8) + 1;
        row * u64::from(self.height)
    }
}

/// The chunks of a file; `None` where it is no whole PNG.
pub(super) fn chunks(bytes: &[u8]) -> Option<Vec<Chunk>> {
    let mut at = bytes.strip_prefix(&MAGIC).map(|_| MAGIC.len())?;
    let mut chunks = Vec::new();
    while at < bytes.len() {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let kind = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let content = at + 8..at + 8 + length;
        let place = at..content.end + 4;
        bytes.get(place.clone())?;
        at = place.end;
        chunks.push(Chunk { kind, place, content });
    }
    (chunks.last()?.kind == *b"IEND").then_some(chunks)
}

/// A chunk with its checksum.
pub(super) fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&kind[..], content].concat();
    let check = crc32fast::hash(&named);
    [&(content.len() as u32).to_be_bytes()[..], &named, &check.to_be_bytes()].concat()
}

/// A file of these chunks.
pub(super) fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let chunks = chunks.iter().map(|(kind, content)| chunk(**kind, content));
    std::iter::once(MAGIC.to_vec()).chain(chunks).collect::<Vec<_>>().concat()
}

/// A black picture whose compressed data are all there.
pub(super) fn black(layout: &Layout) -> Vec<u8> {
    file(&[(b"IHDR", &layout.header()), (b"IDAT", &zeros(layout.unpacked())), (b"IEND", &[])])
}

/// A zlib stream (RFC 1950, 1951) that unpacks to so many zero bytes, at least one: 1032 of them in each byte.
///
/// One block with a code of its own: 0 copies 258 bytes from one byte back, 10 is a zero byte, 11 the end.
pub(super) fn zeros(count: u64) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x78, 0xDA], filled: 0 };
    bits.put(0b1, 1); // the last block
    bits.put(0b10, 2); // with codes of its own
    bits.put(286 - 257, 5);
    bits.put(0, 5); // one distance
    bits.put(18 - 4, 4);
    // How long the codes for code lengths are, in the format's order: 18 has one bit, 2 and 1 have two.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] {
        bits.put(length, 3);
    }
    let two = |bits: &mut Bits| bits.put(0b11, 2);
    let one = |bits: &mut Bits| bits.put(0b01, 2); // the code 10, its first bit first
    let none = |bits: &mut Bits, count: u32| {
        bits.put(0, 1);
        bits.put(count - 11, 7);
    };
    two(&mut bits); // literal 0
    none(&mut bits, 138);
    none(&mut bits, 117);
    two(&mut bits); // 256, the end
    none(&mut bits, 28);
    one(&mut bits); // 285, a copy of 258 bytes
    one(&mut bits); // the distance of one byte

    let (copies, single) = ((count - 1) / 258, (count - 1) % 258);
    bits.put(0b01, 2);
    bits.zeros(2 * copies);
    (0..single).for_each(|_| bits.put(0b01, 2));
    bits.put(0b11, 2);
    let sum = (((count % 65_521) as u32) << 16) | 1; // Adler-32 of zeros
    [&bits.bytes[..], &sum.to_be_bytes()].concat()
}

/// Bits packed from the lowest of each byte.
struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are taken; 0 where it is full.
    filled: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.filled == 0 {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= (((value >> bit) & 1) as u8) << self.filled;
            self.filled = (self.filled + 1) % 8;
        }
    }

    fn zeros(&mut self, mut count: u64) {
        while count > 0 && self.filled > 0 {
            self.put(0, 1);
            count -= 1;
        }
        self.bytes.extend(std::iter::repeat_n(0, (count / 8) as usize));
        (0..count % 8).for_each(|_| self.put(0, 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_pictures_decode_to_black() {
        for (width, height, depth, colour) in [(1, 1, 8, 0), (300, 7, 8, 0), (517, 33, 1, 0), (40, 40, 8, 2)]
        {
            let file = black(&Layout { width, height, depth, colour });
            let image = image::load_from_memory(&file).unwrap().into_rgb8();
            assert_eq!(image.dimensions(), (width, height));
            assert!(image.as_raw().iter().all(|value| *value == 0));
        }
    }

    #[test]
    fn chunks_are_found_where_they_are() {
        let file = black(&Layout { width: 9, height: 9, depth: 8, colour: 0 });
        let kinds: Vec<_> = chunks(&file).unwrap().into_iter().map(|chunk| chunk.kind).collect();
        assert_eq!(kinds, [*b"IHDR", *b"IDAT", *b"IEND"]);
        assert_eq!(chunks(&file[..file.len() - 1]), None);
    }
}
