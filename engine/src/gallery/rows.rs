//! Descriptions one behind the other in memory, for a scan that does not chase pointers.

use std::ops::Range;

/// Where a description stands.
pub(super) type Row = Range<usize>;

/// Descriptions one behind the other; the place of a removed one is used again.
#[derive(Debug, Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    free: Vec<Row>,
}

impl Rows {
    pub(super) fn add(&mut self, description: &[f32]) -> Row {
        if let Some(at) = self.free.iter().rposition(|row| row.len() == description.len()) {
            let row = self.free.swap_remove(at);
            self.values[row.clone()].copy_from_slice(description);
            return row;
        }
        let start = self.values.len();
        self.values.extend_from_slice(description);
        start..self.values.len()
    }

    pub(super) fn remove(&mut self, row: Option<Row>) {
        self.free.extend(row);
    }

    pub(super) fn description(&self, row: &Row) -> &[f32] {
        &self.values[row.clone()]
    }
}
