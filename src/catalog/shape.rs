//! The shapes a document may have.

use crate::catalog::{html, markdown, separated, stacked};

/// How a document holds its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Markdown tables under headings.
    Markdown,
    /// HTML tables under headings.
    Html,
    /// Lines of cells separated by tabs.
    Tabs,
    /// CSV: lines of cells separated by commas, quoted where needed.
    Commas,
    /// One cell a line between lines that hold only `|`.
    Cells,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Html, Self::Tabs, Self::Commas, Self::Cells];

    /// The shape that a text seems to have; none where it seems to have no table.
    pub fn of(text: &str) -> Option<Self> {
        let lines = || text.lines();
        if lines().map(|line| line.trim().trim_start_matches(['>', ' '])).any(markdown::is_delimiter) {
            Some(Self::Markdown)
        } else if html::has_table(text) {
            // A page in HTML begins with a tag; one in Markdown may keep its tables in HTML.
            Some(if text.trim_start().starts_with('<') { Self::Html } else { Self::Markdown })
        } else if lines().any(|line| line.trim() == stacked::SEPARATOR) {
            Some(Self::Cells)
        } else if text.contains('\t') {
            Some(Self::Tabs)
        } else {
            separated::is_comma_separated(text).then_some(Self::Commas)
        }
    }

    /// The shape that a file's name says, where its ending leaves no choice.
    pub fn named(file: &str) -> Option<Self> {
        let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Commas),
            "tsv" => Some(Self::Tabs),
            "htm" | "html" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }
}
