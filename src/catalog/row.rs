//! Cells made into rows, rows into tables.

use std::collections::BTreeMap;

use lianpu_corpus::{Code, Row, Table};

use crate::catalog::cell::Cell;
use crate::catalog::{Column, ImportFault, ImportMistake};

/// An error table as a document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTable {
    /// The heading above it without marks and numbering; empty where there is none.
    pub title: String,
    /// Its first line in the document, from 1.
    pub line: u32,
    /// Its rows in the document's order.
    pub rows: Vec<ImportedRow>,
}

/// One line of an error table as a document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The code: an integer where it is written as one.
    pub code: Code,
    /// The message, where the table has the column.
    pub message: Option<String>,
    /// The vendor's meaning.
    pub meaning: String,
    /// The vendor's remedy, where the table has the column and the cell is not empty.
    pub remedy: Option<String>,
    /// Whether an answer is billed, where the table has the column.
    pub billed: Option<bool>,
    /// The row's first line in the document, from 1.
    pub line: u32,
}

impl ImportedTable {
    /// The table as the corpus keeps it. Glosses are empty: they are for a human to write.
    pub fn into_table(self, id: &str, source: &str) -> Table {
        let rows = self.rows.into_iter().map(|row| Row {
            code: row.code,
            message: row.message,
            message_certainty: None,
            meaning: row.meaning,
            remedy: row.remedy,
            billed: row.billed,
            gloss: String::new(),
            line: row.line,
            source: None,
            condition: None,
            note: None,
        });
        Table {
            id: id.to_owned(),
            title: self.title,
            gloss: String::new(),
            source: source.to_owned(),
            envelope: None,
            bare: false,
            rows: rows.collect(),
        }
    }

    /// What is wrong with the table as a whole.
    pub(super) fn inconsistencies(&self) -> Vec<ImportMistake> {
        let mut seen = BTreeMap::new();
        let duplicates = self.rows.iter().filter_map(|row| {
            let first = *seen.entry(&row.code).or_insert(row.line);
            let fault = ImportFault::Duplicate { code: row.code.to_string(), first };
            (first != row.line).then_some(ImportMistake { line: row.line, column: 1, fault })
        });
        duplicates.collect()
    }
}

/// One row of cells under its columns. What is wrong becomes a fault, and no row.
pub(super) fn row(
    cells: &[Cell],
    columns: &[Column],
    faults: &mut Vec<ImportMistake>,
) -> Option<ImportedRow> {
    let first = cells.first()?;
    if cells.len() != columns.len() {
        let fault = ImportFault::Cells { found: cells.len(), expected: columns.len() };
        faults.push(ImportMistake { line: first.line, column: 1, fault });
        return None;
    }
    let before = faults.len();
    let mut row = ImportedRow {
        code: Code::Int(0),
        message: None,
        meaning: String::new(),
        remedy: None,
        billed: None,
        line: first.line,
    };
    for (cell, column) in cells.iter().zip(columns) {
        match (column, cell.text.as_str()) {
            (Column::Remedy, "") => {}
            (_, "") => faults.push(cell.fault(ImportFault::Empty(*column))),
            (Column::Code, text) if is_code(text) => row.code = Code::parse(text),
            (Column::Code, text) => faults.push(cell.fault(ImportFault::Code(text.to_owned()))),
            (Column::Message, text) => row.message = Some(text.to_owned()),
            (Column::Meaning, text) => text.clone_into(&mut row.meaning),
            (Column::Remedy, text) => row.remedy = Some(text.to_owned()),
            (Column::Billed, "是" | "yes" | "true") => row.billed = Some(true),
            (Column::Billed, "否" | "no" | "false") => row.billed = Some(false),
            (Column::Billed, text) => faults.push(cell.fault(ImportFault::Billed(text.to_owned()))),
        }
    }
    (faults.len() == before).then_some(row)
}

/// Whether a text can be a code: an integer or a dotted name.
fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// A text without its line breaks and the white space around each line: between ASCII characters a break stood for a space,
/// beside a Chinese one for nothing.
pub(super) fn unwrapped(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(
        String::new(),
        |whole, line| if whole.is_empty() { line.to_owned() } else { joined(&whole, line) },
    )
}

/// Undoes one line break.
pub(super) fn joined(left: &str, right: &str) -> String {
    let ascii = left.ends_with(|c: char| c.is_ascii()) && right.starts_with(|c: char| c.is_ascii());
    if ascii { format!("{left} {right}") } else { format!("{left}{right}") }
}
