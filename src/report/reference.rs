//! What reports say of a row or a scenario beyond what the run recorded; handed in, so that the writers know no catalogue.

/// The catalogue, as reports ask for it.
pub trait Reference {
    /// What stands in the tables for `<dialect>/<table>/<code>`.
    fn row(&self, id: &str) -> Option<RowText>;

    /// The heading of `<dialect>/<table>`.
    fn table(&self, id: &str) -> Option<TableText>;

    /// The operations of a dialect, in the vendor's order; none where it is not known.
    fn operations(&self, dialect: &str) -> Vec<String>;

    /// The sentences of a scenario, in their order; empty where it is not known.
    fn sentences(&self, id: &str) -> Vec<Sentence>;
}

/// A row of an error table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowText {
    /// The table's file, from the project's root.
    pub file: String,
    /// The row's line in that file, from 1.
    pub line: usize,
    /// The vendor's words.
    pub meaning: String,
    /// Ours.
    pub gloss: String,
    /// The message a client sees, where the table or a record gives one.
    pub message: Option<String>,
    /// The vendor's remedy, where the table has one.
    pub remedy: Option<String>,
    /// The vendor's document and the row's line in it.
    pub document: String,
}

/// The heading of an error table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableText {
    /// The vendor's.
    pub title: String,
    /// Ours.
    pub gloss: String,
}

/// A sentence of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// `Given`, `When` or `Then`.
    pub keyword: &'static str,
    /// What stands behind it.
    pub text: String,
}

/// No catalogue at hand: reports say what was recorded, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoReference;

impl Reference for NoReference {
    fn row(&self, _: &str) -> Option<RowText> {
        None
    }

    fn table(&self, _: &str) -> Option<TableText> {
        None
    }

    fn operations(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn sentences(&self, _: &str) -> Vec<Sentence> {
        Vec::new()
    }
}
