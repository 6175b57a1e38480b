//! One cell of a table in a document.

/// One cell of a table and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The text without white space around it.
    pub(super) text: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// The character in the line, from 1.
    pub(super) column: u32,
}
