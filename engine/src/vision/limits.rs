//! How much a picture may ask for.

/// What is refused before decoding, and what is not looked at any more: whatever a picture shows, its analysis then takes
/// about 2 seconds of a core at most, and 256 MB.
///
/// What is decoded may have four bytes for each pixel that is allowed, so the largest pictures may not have 16 bits a
/// channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file; more are [`Failure::TooLarge`](super::Failure::TooLarge).
    pub bytes: usize,
    /// Pixels after decoding; more are [`Failure::TooLarge`](super::Failure::TooLarge).
    pub pixels: u64,
    /// Frames. A picture of more moves and is of no format that is taken: [`Failure::Format`](super::Failure::Format). Of
    /// those of a picture with fewer the first is seen.
    pub frames: u32,
    /// Faces of which all that is wanted is looked for, each for about 25 ms: the first ones in the order that is asked
    /// for. Of the next ones the angles are told, a tenth of the work, see [`Face::only_glanced`](super::Face::only_glanced).
    pub faces: usize,
    /// Faces of which the angles are told, the fully seen ones included; of all others only the place is. When so many
    /// have been found, smaller ones are not looked for.
    pub glances: usize,
}

impl Default for Limits {
    /// 32 MiB, 24 megapixels, still pictures, 32 faces fully and 120 at all: as many as a dialect lets a client ask for.
    fn default() -> Self {
        Self { bytes: 32 << 20, pixels: 24_000_000, frames: 1, faces: 32, glances: 120 }
    }
}
