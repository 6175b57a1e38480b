//! One cell after another, each ended by a line that holds only `|`, and wrapped over lines where it is long.

use crate::catalog::cell::Cell;
use crate::catalog::reading::{Noticed, Reading};
use crate::catalog::row::{joined, row};
use crate::catalog::{Column, ImportFault, ImportedTable, header};

/// The line that ends a cell.
pub(super) const SEPARATOR: &str = "|";

/// The one table of a document. A row begins at every cell that is an integer; what stands before the first is the header.
pub(super) fn read(text: &str, reading: &Reading) -> ImportedTable {
    let mut noticed = Noticed::default();
    let cells = cells(text);
    let line = cells.first().map_or(1, |cell| cell.line);
    let first_row = cells.iter().position(begins_row).unwrap_or(cells.len());
    let (header, body) = cells.split_at(first_row);
    let rows = rows(body);
    if rows.is_empty() {
        noticed.fault((line, 1), ImportFault::NoRows);
    }
    let columns = match header.first() {
        None => {
            let known = header::by_count(rows.first().map_or(0, |row| row.len()));
            known.map_err(|fault| noticed.fault((line, 1), fault)).ok()
        }
        Some(first) => header::of_errors(header, reading, &mut noticed).or_else(|| {
            noticed.fault_at(first, ImportFault::MissingColumn(Column::Code));
            None
        }),
    };
    let rows = columns.map_or_else(Vec::new, |columns| {
        rows.into_iter().filter_map(|cells| row(cells, &columns, &mut noticed)).collect()
    });
    ImportedTable::new(String::new(), line, rows, noticed)
}

fn begins_row(cell: &Cell) -> bool {
    cell.text.parse::<i64>().is_ok()
}

fn rows(mut cells: &[Cell]) -> Vec<&[Cell]> {
    let mut rows = Vec::new();
    while let Some((_, rest)) = cells.split_first() {
        let length = 1 + rest.iter().position(begins_row).unwrap_or(rest.len());
        let (row, others) = cells.split_at(length);
        rows.push(row);
        cells = others;
    }
    rows
}

fn cells(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut cell: Option<Cell> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let here = Cell { text: line.to_owned(), line: number, column: 1 };
        cell = match (cell, line) {
            (cell, SEPARATOR) => {
                cells.push(cell.unwrap_or(Cell { text: String::new(), ..here }));
                None
            }
            (cell, "") => cell,
            (None, _) => Some(here),
            (Some(begun), _) => Some(Cell { text: joined(&begun.text, line), ..begun }),
        };
    }
    cells.extend(cell);
    cells
}
