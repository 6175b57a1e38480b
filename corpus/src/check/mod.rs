//! What must hold across the files of a dialect, beyond that each of them reads.
//!
//! All faults are told at once. Whether a recipe's sentences are steps is not known here, nor which signature schemes there
//! are. Start with [`inconsistencies`].

mod manifest;
mod operations;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::{Dialect, Envelope, Table};

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

/// Everything that does not hang together, in the order of the files.
pub fn inconsistencies(dialect: &Dialect) -> Vec<Inconsistency> {
    let mut faults = Vec::new();
    manifest::check(dialect, &mut faults);
    for (id, table) in dialect.manifest.tables.iter().zip(&dialect.tables) {
        rows(id, table, &dialect.manifest.envelopes, &mut faults);
    }
    operations::check(dialect, &mut faults);
    provocations(dialect, &mut faults);
    faults
}

/// Collects faults of one file.
struct Faults<'f> {
    file: String,
    entry: String,
    found: &'f mut Vec<Inconsistency>,
}

impl Faults<'_> {
    fn add(&mut self, field: &'static str, why: String) {
        let (file, entry) = (self.file.clone(), self.entry.clone());
        self.found.push(Inconsistency { file, entry, field, why });
    }
}

fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    if names.is_empty() { "there is none".to_owned() } else { format!("there are: {}", names.join(", ")) }
}

fn operation_names(dialect: &Dialect) -> String {
    listed(dialect.operations.iter().map(|operation| operation.name.as_str()))
}

fn table_ids(dialect: &Dialect) -> String {
    listed(dialect.tables.iter().map(|table| table.id.as_str()))
}

fn is_word(name: &str) -> bool {
    let can_be = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(can_be)
}

fn rows(id: &str, table: &Table, envelopes: &BTreeMap<String, Envelope>, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: format!("tables/{id}.toml"), entry: String::new(), found };
    if let Some(name) = table.envelope.as_ref().filter(|name| !envelopes.contains_key(*name)) {
        faults.add(
            "envelope",
            format!("no envelope `{name}`; {}", listed(envelopes.keys().map(String::as_str))),
        );
    }
    if table.id != *id {
        faults.add("id", format!("`{}` is not the name of the file; write `{id}`", table.id));
    }
    if table.rows.is_empty() {
        faults.add("row", "the table has no rows; write at least one [[row]]".to_owned());
    }
    let (mut codes, mut conditions) = (BTreeSet::new(), BTreeSet::new());
    for row in &table.rows {
        faults.entry = format!("row {}", row.code);
        if !codes.insert(&row.code) {
            faults
                .add("code", "the code stands in this table already; a table has each code once".to_owned());
        }
        if let Some(condition) = row.condition.as_deref().filter(|condition| !conditions.insert(*condition)) {
            faults.add(
                "condition",
                format!("another row of this table has `{condition}` already; a condition has one row"),
            );
        }
        if row.meaning.trim().is_empty() {
            faults.add("meaning", "is empty; write what the vendor says of the code".to_owned());
        }
        if row.message_certainty.is_some() && row.message.is_none() {
            faults.add("message_certainty", "there is no message to be certain of; leave it out".to_owned());
        }
    }
}

fn provocations(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: "provocations.toml".to_owned(), entry: String::new(), found };
    let envelopes = || dialect.manifest.envelope.iter().chain(dialect.manifest.envelopes.values());
    for recipe in &dialect.provocations {
        faults.entry = format!("row {}, trigger {}", recipe.row, recipe.trigger);
        let unknown: Vec<_> = recipe.tables.iter().filter(|id| dialect.table(id).is_none()).collect();
        for id in &unknown {
            faults.add("tables", format!("no table `{id}`; {}", table_ids(dialect)));
        }
        let meant = |table: &&Table| recipe.tables.is_empty() || recipe.tables.contains(&table.id);
        let known = dialect.tables.iter().filter(meant).any(|table| table.row(&recipe.row).is_some());
        let success = envelopes().any(|envelope| envelope.success_row() == recipe.row);
        if !known && unknown.is_empty() && !success {
            let why = format!("no table has the code {}; add the row, or name another code", recipe.row);
            faults.add("row", why);
        }
        for name in recipe.operations.iter().filter(|name| dialect.operation(name).is_none()) {
            faults.add("operations", format!("no operation `{name}`; {}", operation_names(dialect)));
        }
    }
}
