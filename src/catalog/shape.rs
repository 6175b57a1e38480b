//! The shapes a document may have.

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
