//! One change and its weight.

use std::fmt;

use lianpu_corpus::{Code, Row, Table};
use serde::Serialize;

use super::level::Level;
use super::text::{Difference, Field};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The table.
    pub table: String,
    /// The row; none where the table as a whole is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What changed.
    #[serde(flatten)]
    pub what: What,
    /// Its weight.
    pub level: Level,
    /// The row's line in its document, from 1; in the old one where the row is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum What {
    /// There is a new table.
    TableAdded {
        /// Its rows.
        rows: usize,
    },
    /// A table is gone.
    TableRemoved {
        /// Its rows.
        rows: usize,
    },
    /// The rows stand in another order.
    Order,
    /// There is a new row.
    RowAdded {
        /// What it means.
        meaning: String,
    },
    /// A row is gone.
    RowRemoved {
        /// What it meant.
        meaning: String,
    },
    /// The code is the same as another JSON type.
    CodeType {
        /// As it was.
        old: Code,
        /// As it is.
        new: Code,
    },
    /// It is billed now, or not any more.
    Billed {
        /// As it was, where the table said so.
        old: Option<bool>,
        /// As it is, where the table says so.
        new: Option<bool>,
    },
    /// A text is another.
    Text {
        /// Which.
        field: Field,
        /// How the two differ.
        difference: Difference,
        /// As it was.
        old: Option<String>,
        /// As it is.
        new: Option<String>,
    },
}

impl Change {
    pub(super) fn of_table(table: &Table, what: What) -> Self {
        Self { table: table.id.clone(), code: None, level: what.level(), what, line: None }
    }

    pub(super) fn of_row(table: &Table, row: &Row, what: What) -> Self {
        let (code, line) = (Some(row.code.clone()), Some(row.line));
        Self { table: table.id.clone(), code, level: what.level(), what, line }
    }

    /// A change of a text, if it is one.
    pub(super) fn of_text(
        table: &Table,
        row: Option<&Row>,
        field: Field,
        old: Option<String>,
        new: Option<String>,
    ) -> Option<Self> {
        let difference = match (&old, &new) {
            (None, None) => return None,
            (Some(old), Some(new)) => Difference::of(old, new)?,
            _ => Difference::Wording,
        };
        let what = What::Text { field, difference, old, new };
        Some(row.map_or_else(
            || Self::of_table(table, what.clone()),
            |row| Self::of_row(table, row, what.clone()),
        ))
    }

    /// Whether it changes nothing but spaces, the width of characters and punctuation.
    pub const fn is_cosmetic(&self) -> bool {
        matches!(
            self.what,
            What::Text { difference: Difference::Spaces | Difference::Width | Difference::Punctuation, .. }
        )
    }
}

impl What {
    fn level(&self) -> Level {
        match self {
            Self::TableRemoved { .. }
            | Self::RowRemoved { .. }
            | Self::CodeType { .. }
            | Self::Billed { .. } => Level::Major,
            Self::TableAdded { .. } | Self::RowAdded { .. } => Level::Minor,
            Self::Order => Level::Patch,
            Self::Text { field, difference, old, .. } => field.level(*difference, old.is_none()),
        }
    }

    /// In a word: `row added`, `remedy, wording`.
    pub fn kind(&self) -> String {
        match self {
            Self::TableAdded { .. } => "table added".to_owned(),
            Self::TableRemoved { .. } => "table removed".to_owned(),
            Self::Order => "order".to_owned(),
            Self::RowAdded { .. } => "row added".to_owned(),
            Self::RowRemoved { .. } => "row removed".to_owned(),
            Self::CodeType { .. } => "code type".to_owned(),
            Self::Billed { .. } => "billed".to_owned(),
            Self::Text { field, old: None, .. } => format!("{field} added"),
            Self::Text { field, new: None, .. } => format!("{field} removed"),
            Self::Text { field, difference, .. } => format!("{field}, {difference}"),
        }
    }
}

/// `yes`, `no`, or that nothing is said.
pub(super) const fn billed(billed: Option<bool>) -> &'static str {
    match billed {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not said",
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        self.what.fmt(f)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::TableAdded { rows } | Self::TableRemoved { rows } => {
                write!(f, "{kind}, with {rows} row{}", if *rows == 1 { "" } else { "s" })
            }
            Self::Order => f.write_str("the rows stand in another order"),
            Self::RowAdded { meaning } | Self::RowRemoved { meaning } => write!(f, "{kind}: {meaning}"),
            Self::CodeType { new, .. } => {
                let kind = if matches!(new, Code::Int(_)) { "an integer" } else { "a string" };
                write!(f, "the code became {kind}")
            }
            Self::Billed { old, new } => write!(f, "{kind}: {} → {}", billed(*old), billed(*new)),
            Self::Text { old: Some(old), new: Some(new), .. } => write!(f, "{kind}: {old} → {new}"),
            Self::Text { old, new, .. } => {
                write!(f, "{kind}: {}", old.as_ref().or(new.as_ref()).map_or("", String::as_str))
            }
        }
    }
}
