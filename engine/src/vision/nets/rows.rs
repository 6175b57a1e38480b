//! Memory for rows of numbers that vectors are loaded from.

use std::cell::RefCell;
use std::mem::take;

/// Rows of `C` numbers, the first of them at the start of a cache line: no vector is then cut by the end of one.
#[derive(Debug)]
pub(super) struct Rows<const C: usize> {
    values: Vec<f32>,
    start: usize,
    count: usize,
}

/// Numbers of a cache line.
const LINE: usize = 16;
/// Buffers that a thread keeps for its next rows: fresh memory has to be cleared by the system first.
const KEPT: usize = 16;
/// Larger ones are not kept.
const LARGEST: usize = 1 << 19;

thread_local! {
    static FREE: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

impl<const C: usize> Rows<C> {
    /// So many rows that hold anything.
    pub(super) fn any(count: usize) -> Self {
        let length = count * C + LINE;
        let kept = FREE.with_borrow_mut(|free| {
            let fitting = (0..free.len()).filter(|index| free[*index].len() >= length);
            fitting.min_by_key(|index| free[*index].len()).map(|index| free.swap_remove(index))
        });
        Self::within(kept.unwrap_or_else(|| vec![0.0; length]), count)
    }

    /// Rows that are kept long, in memory of their own.
    pub(super) fn of(rows: &[[f32; C]]) -> Self {
        let mut own = Self::within(vec![0.0; rows.len() * C + LINE], rows.len());
        own.slice_mut().copy_from_slice(rows);
        own
    }

    fn within(values: Vec<f32>, count: usize) -> Self {
        let start = values.as_ptr().align_offset(LINE * size_of::<f32>()).min(LINE);
        Self { values, start, count }
    }

    /// As many rows as were asked for.
    pub(super) fn slice(&self) -> &[[f32; C]] {
        self.values[self.start..self.start + self.count * C].as_chunks().0
    }

    pub(super) fn slice_mut(&mut self) -> &mut [[f32; C]] {
        self.values[self.start..self.start + self.count * C].as_chunks_mut().0
    }
}

impl<const C: usize> Drop for Rows<C> {
    fn drop(&mut self) {
        let values = take(&mut self.values);
        if values.len() > LARGEST {
            return;
        }
        // A thread that ends has given up its buffers already.
        let _ = FREE.try_with(|free| {
            let mut free = free.borrow_mut();
            free.push(values);
            if free.len() > KEPT {
                let smallest = (0..free.len()).min_by_key(|index| free[*index].len());
                smallest.map(|index| free.swap_remove(index));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_start_at_a_cache_line_in_memory_used_before() {
        for count in [0, 1000, 10, 999] {
            let mut rows = Rows::<32>::any(count);
            rows.slice_mut().fill([count as f32; 32]);
            assert_eq!(rows.slice().as_ptr().cast::<f32>().align_offset(LINE * size_of::<f32>()), 0);
            assert_eq!(rows.slice(), vec![[count as f32; 32]; count]);
        }
        assert!(FREE.with_borrow(Vec::len) < 3, "used again");
    }
}
