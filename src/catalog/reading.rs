//! How a document is to be read, and what was noticed while it was.

use crate::catalog::cell::Cell;
use crate::catalog::column::folded;
use crate::catalog::{Column, ImportFault, ImportMistake, ImportNote, ImportRemark, Shape};

/// How a document is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The shape of the document; where left out, as it looks.
    pub shape: Option<Shape>,
    /// Columns by the headers that name them in this document, besides the names that are known.
    pub columns: Vec<(Column, String)>,
}

impl Reading {
    /// Whether it was told that a header names a column.
    pub(super) fn names(&self, column: Column, header: &str) -> bool {
        self.columns.iter().any(|(known, name)| *known == column && folded(name) == folded(header))
    }
}

/// What was noticed about one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Noticed {
    /// Why the table cannot be taken.
    pub(super) faults: Vec<ImportMistake>,
    /// What was left out, or read otherwise than it stands.
    pub(super) notes: Vec<ImportNote>,
}

impl Noticed {
    pub(super) fn fault(&mut self, (line, column): (u32, u32), fault: ImportFault) {
        self.faults.push(ImportMistake { line, column, fault });
    }

    pub(super) fn fault_at(&mut self, cell: &Cell, fault: ImportFault) {
        self.fault((cell.line, cell.column), fault);
    }

    pub(super) fn note_at(&mut self, cell: &Cell, remark: ImportRemark) {
        self.notes.push(ImportNote { line: cell.line, column: cell.column, remark });
    }
}
