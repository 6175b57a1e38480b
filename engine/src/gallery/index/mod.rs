//! Faces by their descriptions: which are nearest to a probe, searching everything or the members of some groups.
//!
//! Knows numbers only: keys of faces, numbers of persons and groups, which the store hands out. Start with
//! [`Index::search`]. [`rows`] is the memory, [`selection`] cuts the rows of groups into chunks, [`scores`]
//! computes, [`nearest`] keeps what matters.
//!
//! The search is exact. Scores are computed quickly and with a bounded error; whatever the bound leaves open is
//! measured again by the same function that compares two faces, and the store ranks by that. So the answer is the
//! one of a scan that compares the probe with face after face, ties included.
//!
//! Faces stand in the order in which they were added. A removed one leaves a tombstone; when a quarter of the rows are
//! tombstones the others move together. Memory of the index for each face with 128 numbers (what the
//! store keeps beside it `tests/bounds/gallery.rs` counts): 512 bytes of numbers, 16 for its
//! length, person, key and place, at most 2 for each group of its person and 2 more in all (compressed bitmaps; one
//! bit where a group is dense). From [`CODED`] faces on there is a copy in bytes, 132 more. Tombstones add at most a
//! third.

mod codes;
mod nearest;
mod rows;
mod scores;
mod selection;

use std::borrow::Cow;
use std::collections::HashMap;

use roaring::{MultiOps as _, RoaringBitmap};

use codes::Codes;
use nearest::Nearest;
use rows::{Rows, rows_in_a_slab};
use scores::Scorer;

use crate::vision::{euclidean, wide};

/// From so many rows on they are scanned as bytes: 5 MB of numbers no longer stay in a core's own cache, and a scan waits
/// for memory.
const CODED: usize = 10_000;

/// Fewer tombstones than this are left where they are.
const FEW: usize = 64;

/// Descriptions of one length, to be searched.
#[derive(Debug)]
pub(super) struct Index {
    width: usize,
    coded_from: usize,
    rows: Rows<f32>,
    codes: Option<Codes>,
    /// The square of each row's length.
    squares: Vec<f32>,
    /// The largest of the squares, tombstones included.
    largest: f32,
    owners: Vec<Owner>,
    /// The row of each key.
    places: Vec<u32>,
    live: RoaringBitmap,
    groups: HashMap<u64, RoaringBitmap>,
}

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    /// The face.
    pub(super) key: u32,
    /// Its person.
    pub(super) person: u32,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe<'a> {
    pub(super) description: &'a [f32],
    /// How many persons are wanted.
    pub(super) top: usize,
}

/// A face that may be among the nearest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) key: u32,
    /// Euclidean.
    pub(super) distance: f32,
}

impl Index {
    /// An empty index for descriptions of a length.
    pub(super) fn new(width: usize) -> Self {
        Self::coded_from(width, CODED)
    }

    fn coded_from(width: usize, coded_from: usize) -> Self {
        Self {
            width,
            coded_from,
            rows: Rows::new(width),
            codes: None,
            squares: Vec::new(),
            largest: 0.0,
            owners: Vec::new(),
            places: Vec::new(),
            live: RoaringBitmap::new(),
            groups: HashMap::new(),
        }
    }

    /// Adds a face whose key is not in the index, for a person of these groups.
    pub(super) fn add(&mut self, owner: Owner, groups: &[u64], description: &[f32]) {
        let row = self.owners.len() as u32;
        self.rows.push(description);
        let square = description.iter().map(|value| value * value).sum();
        self.squares.push(square);
        self.largest = self.largest.max(square);
        self.owners.push(owner);
        self.live.insert(row);
        let place = owner.key as usize;
        self.places.resize(self.places.len().max(place + 1), u32::MAX);
        self.places[place] = row;
        self.join(&[owner.key], groups);
        match &mut self.codes {
            Some(codes) => codes.push(description),
            None if self.owners.len() >= self.coded_from => self.code(),
            None => {}
        }
    }

    /// Removes a face of the index whose person is in these groups.
    pub(super) fn remove(&mut self, key: u32, groups: &[u64]) {
        self.leave(&[key], groups);
        self.live.remove(self.places[key as usize]);
        let dead = self.owners.len() - self.live.len() as usize;
        if dead > FEW.max(self.owners.len() / 4) {
            self.compact();
        }
    }

    /// Puts faces of the index into groups.
    pub(super) fn join(&mut self, keys: &[u32], groups: &[u64]) {
        for group in groups {
            let rows = self.groups.entry(*group).or_default();
            rows.extend(keys.iter().map(|key| self.places[*key as usize]));
        }
    }

    /// Takes faces of the index out of groups.
    pub(super) fn leave(&mut self, keys: &[u32], groups: &[u64]) {
        for group in groups {
            let Some(rows) = self.groups.get_mut(group) else { continue };
            for key in keys {
                rows.remove(self.places[*key as usize]);
            }
            if rows.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    /// A face's description.
    pub(super) fn description(&self, key: u32) -> &[f32] {
        self.rows.row(self.places[key as usize])
    }

    /// For each probe every face in one of the groups that can belong to the nearest persons, and few others, in the
    /// order in which they were added. Probes must have the index's length.
    pub(super) fn search(&self, groups: &[u64], probes: &[Probe<'_>]) -> Vec<Vec<Near>> {
        let selection = self.selection(groups);
        let descriptions: Vec<&[f32]> = probes.iter().map(|probe| probe.description).collect();
        let mut scorer = Scorer::new(&self.rows, self.codes.as_ref(), &descriptions);
        let longest = self.largest.sqrt();
        let error = |number: usize| {
            let length = length(descriptions[number]);
            rounding(self.width, length + longest) + scorer.coding_error(number, length, longest)
        };
        let mut nearest: Vec<Nearest> =
            probes.iter().enumerate().map(|(number, probe)| Nearest::new(probe.top, error(number))).collect();
        let slab = rows_in_a_slab(self.width);
        let mut scores = vec![0.0; slab * probes.len()];
        let mut gathered = Vec::new();
        selection::chunks(&selection, slab as u32, |chunk| {
            let squares = match &chunk {
                selection::Chunk::Run(rows) => &self.squares[rows.start as usize..rows.end as usize],
                selection::Chunk::Scattered(rows) => {
                    gathered.clear();
                    gathered.extend(rows.iter().map(|row| self.squares[*row as usize]));
                    &gathered
                }
            };
            let scores = &mut scores[..probes.len() * chunk.len()];
            scorer.score(&chunk, squares, scores);
            if scorer.by_rows() {
                self.offer_rows(&mut nearest, &chunk, scores);
                return;
            }
            for (nearest, scores) in nearest.iter_mut().zip(scores.chunks_exact(chunk.len())) {
                self.offer(nearest, &chunk, scores);
            }
        });
        nearest.into_iter().zip(&descriptions).map(|(nearest, probe)| self.measured(nearest, probe)).collect()
    }

    /// Most rows are too far, which is seen for many of them at once, mostly for all.
    fn offer(&self, nearest: &mut Nearest, chunk: &selection::Chunk<'_>, scores: &[f32]) {
        const AT_ONCE: usize = 32;
        if all_beyond(scores, nearest.limit()) {
            return;
        }
        for (start, scores) in scores.chunks(AT_ONCE).enumerate() {
            if all_beyond(scores, nearest.limit()) {
                continue;
            }
            for (index, score) in scores.iter().enumerate() {
                let row = chunk.row(start * AT_ONCE + index);
                nearest.offer(*score, row, self.owners[row as usize].person);
            }
        }
    }

    /// The same, row by row for all probes.
    fn offer_rows(&self, nearest: &mut [Nearest], chunk: &selection::Chunk<'_>, scores: &[f32]) {
        let mut limits: Vec<f32> = nearest.iter().map(Nearest::limit).collect();
        for (index, scores) in scores.chunks_exact(nearest.len()).enumerate() {
            if each_beyond(scores, &limits) {
                continue;
            }
            let row = chunk.row(index);
            let person = self.owners[row as usize].person;
            for ((nearest, limit), score) in nearest.iter_mut().zip(&mut limits).zip(scores) {
                nearest.offer(*score, row, person);
                *limit = nearest.limit();
            }
        }
    }

    /// The distances of what was kept.
    fn measured(&self, nearest: Nearest, probe: &[f32]) -> Vec<Near> {
        let near = |row: u32| Near {
            key: self.owners[row as usize].key,
            distance: euclidean(probe, self.rows.row(row)),
        };
        nearest.into_rows().into_iter().map(near).collect()
    }

    fn selection(&self, groups: &[u64]) -> Cow<'_, RoaringBitmap> {
        let mut found = groups.iter().filter_map(|group| self.groups.get(group));
        match (found.next(), found.next()) {
            (Some(only), None) => Cow::Borrowed(only),
            (Some(one), Some(two)) => Cow::Owned([one, two].into_iter().chain(found).union()),
            (None, _) => Cow::Owned(RoaringBitmap::new()),
        }
    }

    fn code(&mut self) {
        let mut codes = Codes::new(self.width);
        for row in 0..self.owners.len() as u32 {
            codes.push(self.rows.row(row));
        }
        self.codes = Some(codes);
    }

    /// Moves the rows together that are alive, in their order.
    fn compact(&mut self) {
        let mut moved = vec![u32::MAX; self.owners.len()];
        for (to, from) in self.live.iter().enumerate() {
            moved[from as usize] = to as u32;
            self.rows.copy(from, to as u32);
            self.squares[to] = self.squares[from as usize];
            self.owners[to] = self.owners[from as usize];
            self.places[self.owners[to].key as usize] = to as u32;
        }
        let count = self.live.len() as usize;
        self.rows.truncate(count);
        self.squares.truncate(count);
        self.squares.shrink_to_fit();
        self.largest = self.squares.iter().copied().fold(0.0, f32::max);
        self.owners.truncate(count);
        self.owners.shrink_to_fit();
        self.live = (0..count as u32).collect();
        for rows in self.groups.values_mut() {
            *rows = rows.iter().map(|row| moved[row as usize]).collect();
        }
        self.codes = None;
        if count >= self.coded_from {
            self.code();
        }
    }
}

/// Whether every score is above a limit; what is no number is not.
#[expect(clippy::needless_bitwise_bool, reason = "all comparisons at once, not one after another")]
fn all_beyond(scores: &[f32], limit: f32) -> bool {
    wide(
        #[inline(always)]
        || scores.iter().fold(true, |all, score| all & (*score > limit)),
    )
}

/// Whether every score is above its own limit.
#[expect(clippy::needless_bitwise_bool, reason = "all comparisons at once, not one after another")]
fn each_beyond(scores: &[f32], limits: &[f32]) -> bool {
    wide(
        #[inline(always)]
        || scores.iter().zip(limits).fold(true, |all, (score, limit)| all & (score > limit)),
    )
}

/// The largest error of a score and of an exact square together: both are sums of `width` products in `f32`, which
/// are wrong by at most `width` roundings of the product of the lengths. Twice as much, for the rounding of the bound.
fn rounding(width: usize, lengths: f32) -> f32 {
    4.0 * (width + 8) as f32 * (f32::EPSILON / 2.0) * lengths * lengths + f32::MIN_POSITIVE
}

fn length(description: &[f32]) -> f32 {
    description.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests;
