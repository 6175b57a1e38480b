//! How much a picture may ask for.

use std::time::Duration;

/// What is refused before decoding, and what is not looked at any more: whatever a picture shows, its analysis then takes
/// less than 2 seconds of a core, and 256 MB at most.
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
    /// Faces of which all that is wanted is looked for: the first ones in the order that is asked for, and fewer where
    /// [`time`](Self::time) would not suffice. Of the next ones the angles are told, a tenth of the work, see
    /// [`Face::only_glanced`](super::Face::only_glanced).
    pub faces: usize,
    /// Faces of which the angles are told, the fully seen ones included; of all others only the place is. When so many
    /// have been found, smaller ones are not looked for.
    pub glances: usize,
    /// What an analysis may take on a core like the one that this was measured on. It is reckoned, not measured, so that a
    /// picture is always seen the same way.
    pub time: Duration,
}

/// Seconds that work takes on that core.
mod cost {
    /// For each pixel: to decode it, in JPEG 10 ns, in WebP without loss 45.
    pub(super) const PIXEL: f32 = 30e-9;
    /// To look for faces everywhere.
    pub(super) const SEARCH: f32 = 0.4;
    /// For each face: to find it.
    pub(super) const FIND: f32 = 0.0045;
    /// To tell its angles.
    pub(super) const GLANCE: f32 = 0.0025;
    /// To look at it fully.
    pub(super) const FULL: f32 = 0.02;
}

/// So many faces are looked at fully in any case.
const LEAST_FULLY: usize = 4;

impl Limits {
    /// How many are looked at fully of the faces found in a picture of so many pixels.
    pub(super) fn fully(&self, pixels: usize, found: usize) -> usize {
        let glanced = found.min(self.glances) as f32;
        let before = pixels as f32 * cost::PIXEL + cost::SEARCH + glanced * (cost::FIND + cost::GLANCE);
        let left = (self.time.as_secs_f32() - before).max(0.0);
        ((left / cost::FULL) as usize).max(LEAST_FULLY).min(self.faces)
    }
}

impl Default for Limits {
    /// 32 MiB, 4096 × 4096 pixels, still pictures, 32 faces fully and 120 at all, as many as a dialect lets a client ask
    /// for, within 1.7 seconds.
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            pixels: 4096 * 4096,
            frames: 1,
            faces: 32,
            glances: 120,
            time: Duration::from_millis(1700),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_very_many_faces_and_many_in_a_large_picture_are_looked_at_less() {
        let limits = Limits::default();
        for (pixels, found, fully) in [
            (1920 * 1080, 0, 32),
            (1920 * 1080, 80, 32),
            (1920 * 1080, 100, 26),
            (1920 * 1080, 600, 19),
            (4000 * 3000, 29, 32),
            (4000 * 3000, 50, 29),
            (4096 * 4096, 10, 32),
            (4096 * 4096, 120, 4),
        ] {
            assert_eq!(limits.fully(pixels, found), fully, "{found} faces in {pixels} pixels");
        }
        let small = Limits { faces: 2, time: Duration::ZERO, ..limits };
        assert_eq!(small.fully(100, 10), 2, "never more than is allowed");
    }
}
