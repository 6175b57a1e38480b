//! What must hold across the files of a dialect, beyond that each of them reads.
//!
//! All faults are told at once. Whether a recipe's sentences are steps is not known here, nor which signature schemes there
//! are. Start with [`inconsistencies`].

mod faults;
mod manifest;
mod operations;

use std::collections::{BTreeMap, BTreeSet};

pub use faults::Inconsistency;

use self::faults::{Faults, listed, operation_names, table_ids};
use crate::{Dialect, Envelope, Table};

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
