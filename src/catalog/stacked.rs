//! One cell after another, each ended by a line that holds only `|`, and wrapped over lines where it is long.

use crate::catalog::cell::Cell;
use crate::catalog::row::{joined, row};
use crate::catalog::{Column, ImportFault, ImportMistake, ImportedTable, header};

/// The line that ends a cell.
pub(super) const SEPARATOR: &str = "|";

/// The one table of a document. A row begins at every cell that is an integer; what stands before the first is the header.
pub(super) fn read(text: &str, faults: &mut Vec<ImportMistake>) -> ImportedTable {
    let cells = cells(text);
    let line = cells.first().map_or(1, |cell| cell.line);
    let first_row = cells.iter().position(begins_row).unwrap_or(cells.len());
    let (header, body) = cells.split_at(first_row);
    let rows = rows(body);
    if rows.is_empty() {
        faults.push(ImportMistake { line, column: 1, fault: ImportFault::NoRows });
    }
    let columns = if header.is_empty() {
        let width = rows.first().map_or(0, |row| row.len());
        let known = header::by_count(width).map(<[Column]>::to_vec);
        known.map_err(|fault| faults.push(ImportMistake { line, column: 1, fault })).ok()
    } else {
        header::of_header(header, faults)
    };
    let rows = columns.map_or_else(Vec::new, |columns| {
        rows.into_iter().filter_map(|cells| row(cells, &columns, faults)).collect()
    });
    ImportedTable { title: String::new(), line, rows }
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
