//! The rows of some groups in pieces that a scan takes at once.

use std::ops::Range;

use roaring::RoaringBitmap;

/// Rows scanned together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chunk<'a> {
    /// Neighbours in one slab.
    Run(Range<u32>),
    /// Rows from anywhere, in order.
    Scattered(&'a [u32]),
}

/// Shorter runs are taken together with others.
const SHORTEST_RUN: usize = 32;

impl Chunk<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Run(rows) => rows.len(),
            Self::Scattered(rows) => rows.len(),
        }
    }

    pub(super) fn row(&self, index: usize) -> u32 {
        match self {
            Self::Run(rows) => rows.start + index as u32,
            Self::Scattered(rows) => rows[index],
        }
    }
}

/// Shows every selected row once, in chunks of at most `slab` rows (a power of two).
pub(super) fn chunks(selection: &RoaringBitmap, slab: u32, mut visit: impl FnMut(Chunk<'_>)) {
    let mut scattered = Vec::new();
    let mut runs = selection.iter();
    while let Some(run) = runs.next_range() {
        let (mut start, last) = run.into_inner();
        loop {
            let end = last.min(start | (slab - 1));
            let rows = start..end + 1;
            if rows.len() >= SHORTEST_RUN.min(slab as usize) {
                visit(Chunk::Run(rows));
            } else {
                for row in rows {
                    scattered.push(row);
                    if scattered.len() == slab as usize {
                        visit(Chunk::Scattered(&scattered));
                        scattered.clear();
                    }
                }
            }
            if end == last {
                break;
            }
            start = end + 1;
        }
    }
    if !scattered.is_empty() {
        visit(Chunk::Scattered(&scattered));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_once_and_runs_stay_in_their_slab() {
        for slab in [1, 8, 64] {
            let selection: RoaringBitmap = (0..1000_u32)
                .filter(|row| row % 97 != 3 && !(200..260).contains(row))
                .chain([1007])
                .collect();
            let mut seen = Vec::new();
            chunks(&selection, slab, |chunk| {
                assert!((1..=slab as usize).contains(&chunk.len()), "{chunk:?}");
                if let Chunk::Run(rows) = &chunk {
                    assert_eq!(rows.start / slab, (rows.end - 1) / slab, "{chunk:?}");
                }
                seen.extend((0..chunk.len()).map(|index| chunk.row(index)));
            });
            seen.sort_unstable();
            assert_eq!(seen, selection.iter().collect::<Vec<_>>());
        }
    }
}
