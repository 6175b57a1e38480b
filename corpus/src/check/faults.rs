//! What does not hang together, and how it is told.

use std::fmt;

use crate::Dialect;

/// One thing that does not hang together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inconsistency {
    /// The file below the dialect's folder.
    pub file: String,
    /// The entry: `row 1001`, `operation greet`; empty for the file itself.
    pub entry: String,
    /// The field.
    pub field: &'static str,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl fmt::Display for Inconsistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, entry, field, why } = self;
        let entry = if entry.is_empty() { String::new() } else { format!("{entry}, ") };
        write!(f, "{file}: {entry}field {field}: {why}")
    }
}

/// Collects faults of one file.
pub(super) struct Faults<'f> {
    pub(super) file: String,
    pub(super) entry: String,
    pub(super) found: &'f mut Vec<Inconsistency>,
}

impl Faults<'_> {
    pub(super) fn add(&mut self, field: &'static str, why: String) {
        let (file, entry) = (self.file.clone(), self.entry.clone());
        self.found.push(Inconsistency { file, entry, field, why });
    }
}

pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    if names.is_empty() { "there is none".to_owned() } else { format!("there are: {}", names.join(", ")) }
}

pub(super) fn operation_names(dialect: &Dialect) -> String {
    listed(dialect.operations.iter().map(|operation| operation.name.as_str()))
}

pub(super) fn table_ids(dialect: &Dialect) -> String {
    listed(dialect.tables.iter().map(|table| table.id.as_str()))
}

pub(super) fn is_word(name: &str) -> bool {
    let can_be = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(can_be)
}
