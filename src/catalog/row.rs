//! Cells made into rows, rows into tables.

use std::collections::BTreeMap;

use lianpu_corpus::{Code, Row, Table};

use crate::catalog::cell::Cell;
use crate::catalog::reading::Noticed;
use crate::catalog::{Column, ImportFault, ImportMistake, ImportNote, ImportRemark, fold};

/// An error table as a document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTable {
    /// The heading above it without marks and numbering; empty where there is none.
    pub title: String,
    /// Its first line in the document, from 1.
    pub line: u32,
    /// Its rows in the document's order, but for those with faults.
    pub rows: Vec<ImportedRow>,
    /// Why it cannot be taken; nothing where it can.
    pub faults: Vec<ImportMistake>,
    /// What was left out, or read otherwise than it stands.
    pub notes: Vec<ImportNote>,
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
    /// A table and what was noticed about it, in the order of the lines.
    pub(super) fn new(title: String, line: u32, rows: Vec<ImportedRow>, noticed: Noticed) -> Self {
        let Noticed { mut faults, mut notes } = noticed;
        let mut seen = BTreeMap::new();
        for row in &rows {
            let first = *seen.entry(&row.code).or_insert(row.line);
            if first != row.line {
                let remark = ImportRemark::Duplicate { code: row.code.to_string(), first };
                notes.push(ImportNote { line: row.line, column: 1, remark });
            }
        }
        faults.sort_by_key(|fault| (fault.line, fault.column));
        notes.sort_by_key(|note| (note.line, note.column));
        Self { title, line, rows, faults, notes }
    }

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
}

/// One row of cells under its columns. What is wrong becomes a fault, and no row.
pub(super) fn row(cells: &[Cell], columns: &[Option<Column>], noticed: &mut Noticed) -> Option<ImportedRow> {
    let first = cells.first()?;
    if cells.len() != columns.len() {
        let fault = ImportFault::Cells { found: cells.len(), expected: columns.len() };
        noticed.fault((first.line, 1), fault);
        return None;
    }
    let before = noticed.faults.len();
    let mut row = ImportedRow {
        code: Code::Int(0),
        message: None,
        meaning: String::new(),
        remedy: None,
        billed: None,
        line: first.line,
    };
    let named = cells.iter().zip(columns).filter_map(|(cell, column)| Some((cell, (*column)?)));
    for (cell, column) in named {
        match (column, cell.text.as_str()) {
            (Column::Remedy, "") => {}
            (_, "") => noticed.fault_at(cell, ImportFault::Empty(column)),
            (Column::Code, text) => match code(text) {
                Some(read) => {
                    if text.contains(|c: char| !c.is_ascii()) {
                        let (written, read) = (text.to_owned(), read.to_string());
                        noticed.note_at(cell, ImportRemark::ReadAs { written, read });
                    }
                    row.code = read;
                }
                None => noticed.fault_at(cell, ImportFault::Code(text.to_owned())),
            },
            (Column::Message, text) => row.message = Some(text.to_owned()),
            (Column::Meaning, text) => text.clone_into(&mut row.meaning),
            (Column::Remedy, text) => row.remedy = Some(text.to_owned()),
            (Column::Billed, "是" | "yes" | "true") => row.billed = Some(true),
            (Column::Billed, "否" | "no" | "false") => row.billed = Some(false),
            (Column::Billed, text) => noticed.fault_at(cell, ImportFault::Billed(text.to_owned())),
        }
    }
    if !columns.contains(&Some(Column::Meaning)) {
        row.meaning = row.message.clone().unwrap_or_default();
    }
    (noticed.faults.len() == before).then_some(row)
}

/// What Markdown and HTML put around a word to show it as code or in bold.
const MARKS: [&str; 5] = ["`", "**", "*", "~~", "__"];

/// The code that a cell tells: an integer or a dotted name, whatever it is set in, and in whatever width and with whatever minus it
/// is written.
fn code(text: &str) -> Option<Code> {
    let mut bare = text;
    while let Some(inner) = MARKS.iter().find_map(|mark| bare.strip_prefix(mark)?.strip_suffix(mark)) {
        bare = inner.trim();
    }
    let plain: String = bare.chars().map(|c| if is_minus(c) { '-' } else { fold::narrow(c) }).collect();
    let is_of_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    (!plain.is_empty() && plain.chars().all(is_of_code)).then(|| Code::parse(&plain))
}

/// Minus sign, hyphens, figure dash and en dash, small hyphen-minus.
const fn is_minus(c: char) -> bool {
    matches!(c, '\u{2212}' | '\u{2010}'..='\u{2013}' | '\u{fe63}')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_whatever_it_is_set_in() {
        for text in [
            "-1101",
            "`-1101`",
            "**-1101**",
            "** `-1101` **",
            "－１１０１",
            "\u{2212}1101",
            "–1101",
            "~~-1101~~",
        ] {
            assert_eq!(code(text), Some(Code::Int(-1101)), "{text}");
        }
        assert_eq!(code("`FailedOperation.No_Face`"), Some(Code::Text("FailedOperation.No_Face".to_owned())));
        for text in ["1, 2", "two words", "``", "`", "错误", "1—2"] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
