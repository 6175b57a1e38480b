//! What can be wrong with a document, and where.

use std::fmt;

use crate::catalog::Column;

/// All faults of a document, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportErrors(pub Vec<ImportMistake>);

/// One fault of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct ImportMistake {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// What is wrong there.
    pub fault: ImportFault,
}

/// What can be wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportFault {
    /// The billed column says neither yes nor no.
    #[error("`{0}` is neither yes (是) nor no (否)")]
    Billed(String),
    /// The row has too many or too few cells.
    #[error("the row has {found} cells, {expected} were expected")]
    Cells {
        /// How many the row has.
        found: usize,
        /// How many the header or the first row has.
        expected: usize,
    },
    /// The cell in the code column is not a code.
    #[error("`{0}` is no code: one word of letters, digits, `.`, `_` and `-` is expected")]
    Code(String),
    /// The cell must not be empty.
    #[error("the {0} is empty")]
    Empty(Column),
    /// The header lacks a column that every table needs.
    #[error("the table has no column {0} ({names}); --column {0}=HEADER says which it is", names = .0.names()[0])]
    MissingColumn(Column),
    /// The document has no table at all.
    #[error(
        "there is no error table: neither a Markdown or HTML table with an error-code column, nor cells between lines of `|`, \
         nor lines separated by tabs or commas that begin with a code"
    )]
    NoTable,
    /// A quote opens a cell, and none closes it.
    #[error("the quote that opens this cell is never closed; double quotes inside a quoted cell")]
    OpenQuote,
    /// The number of rows or columns that a cell spans is not a number, or too large.
    #[error("{attribute}=`{value}` is no span; 1 to {most} is")]
    Span {
        /// `colspan` or `rowspan`.
        attribute: String,
        /// What stands there.
        value: String,
        /// The most that is taken.
        most: usize,
    },
    /// The table has no rows.
    #[error("the table has no rows")]
    NoRows,
    /// There is no header, and a row of so many cells is not known.
    #[error(
        "rows of {0} cells without a header are unknown; known are 2 (code, meaning), 3 (code, message, meaning) and 4 (code, message, meaning, remedy)"
    )]
    Width(usize),
}

impl std::error::Error for ImportErrors {}

impl fmt::Display for ImportErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let end = if index == 0 { "" } else { "\n" };
            write!(f, "{end}{fault}")?;
        }
        Ok(())
    }
}
