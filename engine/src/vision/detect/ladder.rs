//! Looking ever closer, each time only for what was too small before, and no further than until enough was found.
//!
//! Time goes into pixels and into whatever looks like a face, of which a picture of 1280 × 1280 pixels can hold 600. So
//! only small copies are shown to the cascade whole. Larger ones are shown in tiles that a small face fits into, the larger
//! ones having been found already, and after each tile is the time to stop. That bounds the memory, too.

use std::ops::Range;

use super::super::Failure;
use super::cascade::{LEAST, Shown};
use super::found::{Found, apart};
use super::sheet::Sheet;

/// So many pixels are shown whole.
const WHOLE: f32 = 500_000.0;
/// The side of a tile.
const TILE: u32 = 600;
/// A closer look is for faces of up to so many times the size that was too small before.
const OVERLAP: f32 = 1.25;

/// How close a picture was looked at, and what was found.
pub(super) struct Ladder<'a> {
    sheet: &'a Sheet,
    /// The scale up to which all of the picture was looked at.
    seen: Option<f32>,
    /// At most one a place, largest first.
    pub(super) found: Vec<Found>,
}

impl<'a> Ladder<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        Self { sheet, seen: None, found: Vec::new() }
    }

    /// Looks for all faces that have the least size at this scale, until so many have been found.
    pub(super) fn climb(&mut self, scale: f32, enough: usize) -> Result<(), Failure> {
        if self.found.len() >= enough || self.seen.is_some_and(|seen| scale <= seen) {
            return Ok(());
        }
        let copy = self.sheet.resized(scale);
        let seen = match self.seen {
            Some(seen) => seen,
            None => {
                let smaller = (WHOLE / copy.as_raw().len() as f32).sqrt();
                if smaller >= 1.0 {
                    self.seen = Some(scale);
                    return self.look(&Shown::whole(&copy), None);
                }
                let small = self.sheet.resized(scale * smaller);
                self.seen = Some(scale * smaller);
                self.look(&Shown::whole(&small), None)?;
                scale * smaller
            }
        };
        let most = (LEAST * OVERLAP * scale / seen) as u32;
        for rows in tiles(copy.height(), most) {
            for columns in tiles(copy.width(), most) {
                if self.found.len() >= enough {
                    return Ok(());
                }
                self.look(&Shown::part(&copy, columns, rows.clone()), Some(most))?;
            }
        }
        self.seen = Some(scale);
        Ok(())
    }

    fn look(&mut self, shown: &Shown<'_>, most: Option<u32>) -> Result<(), Failure> {
        self.found.extend(shown.search(self.sheet, most)?);
        self.found = apart(std::mem::take(&mut self.found), self.sheet);
        Ok(())
    }
}

/// A side cut into parts of about the same length that overlap by at least `overlap`.
fn tiles(side: u32, overlap: u32) -> impl Iterator<Item = Range<u32>> {
    let step = TILE.saturating_sub(overlap).max(1);
    let count = side.saturating_sub(overlap).div_ceil(step).max(1);
    let long = (side - overlap.min(side)).div_ceil(count) + overlap;
    (0..count).map(move |index| {
        let start = index * (long - overlap);
        start..(start + long).min(side)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_side_and_overlap() {
        for (side, overlap) in [(1, 90), (90, 90), (599, 90), (1280, 90), (2309, 72), (2560, 599), (700, 900)]
        {
            let tiles: Vec<_> = tiles(side, overlap).collect();
            assert_eq!(
                (tiles[0].start, tiles[tiles.len() - 1].end),
                (0, side),
                "{side} {overlap}: {tiles:?}"
            );
            for pair in tiles.windows(2) {
                assert!(pair[0].end >= pair[1].start + overlap, "{side} {overlap}: {tiles:?}");
            }
        }
    }
}
