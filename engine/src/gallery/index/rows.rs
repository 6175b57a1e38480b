//! Rows of one width in contiguous slabs.
//!
//! A slab is never moved once it is full, so a growing table neither copies what it has nor needs twice its memory.

use std::ops::Range;

/// Numbers of a slab, about: 256 KiB of `f32`, which stay in a core's second-level cache.
const SLAB: usize = 65_536;

/// How many rows of a width a slab holds: a power of two.
pub(super) fn rows_in_a_slab(width: usize) -> usize {
    let fitting = (SLAB / width.max(1)).max(1);
    1 << fitting.ilog2()
}

/// A table of rows of one width, numbered from 0.
#[derive(Debug)]
pub(super) struct Rows<T> {
    width: usize,
    /// The power of two rows of a slab.
    shift: u32,
    slabs: Vec<Vec<T>>,
}

impl<T: Copy> Rows<T> {
    pub(super) fn new(width: usize) -> Self {
        Self { width, shift: rows_in_a_slab(width).ilog2(), slabs: Vec::new() }
    }

    /// Appends a row; it must have the table's width.
    pub(super) fn push(&mut self, row: &[T]) {
        assert_eq!(row.len(), self.width, "numbers of a row");
        let full = self.width << self.shift;
        match self.slabs.last_mut() {
            Some(last) if last.len() < full => last.extend_from_slice(row),
            // The first slab grows with its rows: most tenants have a few faces.
            None => self.slabs.push(row.to_vec()),
            Some(_) => {
                let mut slab = Vec::with_capacity(full);
                slab.extend_from_slice(row);
                self.slabs.push(slab);
            }
        }
    }

    /// One row.
    pub(super) fn row(&self, row: u32) -> &[T] {
        let (slab, place) = self.place(row);
        &self.slabs[slab][place * self.width..][..self.width]
    }

    /// Rows of one slab, one behind the other.
    pub(super) fn run(&self, rows: &Range<u32>) -> &[T] {
        let (slab, place) = self.place(rows.start);
        &self.slabs[slab][place * self.width..][..rows.len() * self.width]
    }

    /// Writes the row `from` over the row `to`.
    pub(super) fn copy(&mut self, from: u32, to: u32) {
        let ((from_slab, from), (to_slab, to)) = (self.place(from), self.place(to));
        let (from, to) = (from * self.width, to * self.width);
        if from_slab == to_slab {
            self.slabs[to_slab].copy_within(from..from + self.width, to);
        } else if let Ok([source, target]) = self.slabs.get_disjoint_mut([from_slab, to_slab]) {
            target[to..to + self.width].copy_from_slice(&source[from..from + self.width]);
        }
    }

    /// Keeps the first rows and gives the memory of the others back.
    pub(super) fn truncate(&mut self, rows: usize) {
        let per_slab = 1 << self.shift;
        self.slabs.truncate(rows.div_ceil(per_slab));
        if let Some(last) = self.slabs.last_mut() {
            last.truncate(((rows - 1) % per_slab + 1) * self.width);
        }
        self.slabs.shrink_to_fit();
    }

    fn place(&self, row: u32) -> (usize, usize) {
        let row = row as usize;
        (row >> self.shift, row & ((1 << self.shift) - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slab_has_a_power_of_two_of_rows() {
        for (width, rows) in [(1, 65_536), (128, 512), (4248, 8), (70_000, 1)] {
            assert_eq!(rows_in_a_slab(width), rows, "{width}");
        }
    }

    #[test]
    fn rows_are_moved_across_slabs() {
        let width = 20_000; // two rows a slab
        let mut rows = Rows::new(width);
        for value in 0..5_u8 {
            rows.push(&vec![value; width]);
        }
        rows.copy(4, 1);
        rows.copy(3, 2);
        rows.truncate(3);
        let seen: Vec<u8> = (0..3).map(|row| rows.row(row)[width - 1]).collect();
        assert_eq!(seen, [0, 4, 3]);
        assert_eq!(rows.run(&(0..2)).len(), 2 * width);
        rows.push(&vec![9; width]);
        assert_eq!(rows.row(3)[0], 9);
        rows.truncate(0);
        rows.push(&vec![7; width]);
        assert_eq!(rows.row(0)[0], 7);
    }
}
