//! Tab-separated lines, with or without a header.

use crate::catalog::row::{Cell, row};
use crate::catalog::{Column, Fault, ImportFault, ImportedTable, column};

/// The one table of a document.
pub(super) fn read(text: &str, faults: &mut Vec<ImportFault>) -> ImportedTable {
    let filled = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let mut lines: Vec<_> = filled.map(|(number, line)| cells(line, number)).collect();
    let line = lines.first().and_then(|cells| cells.first()).map_or(1, |cell| cell.line);
    let mut table = ImportedTable { title: String::new(), line, rows: Vec::new() };
    let headed = lines.first().is_some_and(|first| column::heads_errors(first));
    let columns = if headed {
        let header = lines.remove(0);
        column::of_header(&header, faults)
    } else {
        let width = lines.first().map_or(0, Vec::len);
        Column::by_count(width)
            .map_err(|fault| faults.push(ImportFault { line, column: 1, fault }))
            .ok()
            .map(<[Column]>::to_vec)
    };
    if lines.is_empty() {
        faults.push(ImportFault { line, column: 1, fault: Fault::NoRows });
    }
    if let Some(columns) = columns {
        table.rows = lines.iter().filter_map(|cells| row(cells, &columns, faults)).collect();
    }
    table
}

fn cells(line: &str, number: u32) -> Vec<Cell> {
    let mut column = 1;
    line.split('\t')
        .map(|text| {
            let cell = Cell { text: text.trim().to_owned(), line: number, column };
            column += text.chars().count() as u32 + 1;
            cell
        })
        .collect()
}
