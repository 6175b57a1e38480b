//! Which columns a table has: by its header, or without one by how many there are.

use crate::catalog::cell::Cell;
use crate::catalog::{Column, ImportFault, ImportMistake};

/// Whether a header is that of an error table.
pub(super) fn heads_errors(header: &[Cell]) -> bool {
    header.iter().any(|cell| Column::named(&cell.text) == Some(Column::Code))
}

/// The columns that a header names. What it names wrongly becomes a fault, and no columns.
pub(super) fn of_header(header: &[Cell], faults: &mut Vec<ImportMistake>) -> Option<Vec<Column>> {
    let before = faults.len();
    let mut columns = Vec::new();
    for cell in header {
        match Column::named(&cell.text) {
            None => faults.push(cell.fault(ImportFault::UnknownColumn { name: cell.text.clone() })),
            Some(column) if columns.contains(&column) => {
                faults.push(cell.fault(ImportFault::ColumnTwice(column)));
            }
            Some(column) => columns.push(column),
        }
    }
    let first = header.first()?;
    for needed in [Column::Code, Column::Meaning] {
        if faults.len() == before && !columns.contains(&needed) {
            faults.push(first.fault(ImportFault::MissingColumn(needed)));
        }
    }
    (faults.len() == before).then_some(columns)
}

/// The columns of a row without a header.
pub(super) fn by_count(count: usize) -> Result<&'static [Column], ImportFault> {
    match count {
        2 => Ok(&[Column::Code, Column::Meaning]),
        3 => Ok(&[Column::Code, Column::Message, Column::Meaning]),
        4 => Ok(&[Column::Code, Column::Message, Column::Meaning, Column::Remedy]),
        _ => Err(ImportFault::Width(count)),
    }
}
