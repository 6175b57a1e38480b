//! What must hold across the files of a dialect, beyond that each of them reads.
//!
//! All faults are told at once. Whether a recipe's sentences are steps is not known here, nor which signature schemes there
//! are. Start with [`inconsistencies`].

use std::collections::BTreeSet;
use std::fmt;

use crate::{Dialect, Operation, Parameter, Table};

/// What `valid` of a parameter may say, besides `=<JSON>`.
pub const PLACEHOLDERS: [&str; 13] = [
    "appid",
    "bucket",
    "face",
    "faces",
    "fresh-group",
    "fresh-groups",
    "fresh-person",
    "group",
    "groups",
    "other-group",
    "person",
    "portrait",
    "portraits",
];

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
    manifest(dialect, &mut faults);
    for (id, table) in dialect.manifest.tables.iter().zip(&dialect.tables) {
        rows(id, table, &mut faults);
    }
    operations(dialect, &mut faults);
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

fn manifest(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
    let manifest = &dialect.manifest;
    let mut faults = Faults { file: "dialect.toml".to_owned(), entry: String::new(), found };
    if !is_word(&manifest.name) {
        let why = format!("`{}` cannot be a name; small letters, digits and hyphens can", manifest.name);
        faults.add("name", why);
    }
    let mut seen = BTreeSet::new();
    for id in manifest.tables.iter().filter(|id| !seen.insert(id.as_str())) {
        faults.add("tables", format!("`{id}` stands there twice; once is enough"));
    }
    if manifest.envelope.is_none() && !dialect.operations.is_empty() {
        faults.add(
            "envelope",
            "is missing; operations.toml has operations, and their answers need one".to_owned(),
        );
    }
    for (role, operation) in &manifest.roles {
        if dialect.operation(operation).is_none() {
            faults.add(
                "roles",
                format!("{role} is `{operation}`, which is no operation; {}", operation_names(dialect)),
            );
        }
    }
    for (class, conditions) in manifest.classes.iter() {
        let name = class.as_str();
        if conditions.is_empty() {
            faults.add("classes", format!("`{name}` has no conditions; leave it out"));
        }
        for condition in conditions.iter().filter(|condition| !has_condition(dialect, condition)) {
            faults.add(
                "classes",
                format!("{name}: no row has the condition `{condition}`; give it to the row that is meant"),
            );
        }
    }
    let Some(preflight) = &manifest.preflight else { return };
    if dialect.operation(&preflight.operation).is_none() {
        faults.add(
            "preflight",
            format!("no operation `{}`; {}", preflight.operation, operation_names(dialect)),
        );
    }
    for condition in &preflight.refused {
        if !has_condition(dialect, condition) {
            faults.add(
                "preflight",
                format!("no row has the condition `{condition}`; give it to the row that is meant"),
            );
        }
    }
}

fn has_condition(dialect: &Dialect, condition: &str) -> bool {
    dialect.tables.iter().any(|table| table.row_for(condition).is_some())
}

fn rows(id: &str, table: &Table, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: format!("tables/{id}.toml"), entry: String::new(), found };
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

fn operations(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: "operations.toml".to_owned(), entry: String::new(), found };
    let mut names = BTreeSet::new();
    for operation in &dialect.operations {
        faults.entry = format!("operation {}", operation.name);
        if !names.insert(&operation.name) {
            faults.add("name", "another operation has this name already".to_owned());
        }
        if !operation.path.starts_with('/') {
            faults.add("path", format!("`{}` does not begin with `/`", operation.path));
        }
        for id in operation.tables.iter().filter(|id| dialect.table(id).is_none()) {
            faults.add("tables", format!("no table `{id}`; {}", table_ids(dialect)));
        }
        if operation.tables.is_empty() {
            faults.add(
                "tables",
                format!("names no table, so nothing is known of its answers; {}", table_ids(dialect)),
            );
        }
        if operation.bodies.is_empty() {
            faults.add("bodies", "is empty; write json, multipart or form".to_owned());
        }
        probes(dialect, operation, &mut faults);
        for parameter in &operation.parameters {
            self::parameter(operation, parameter, &mut faults);
        }
    }
}

fn probes(dialect: &Dialect, operation: &Operation, faults: &mut Faults<'_>) {
    for probe in &operation.probes {
        let Some(asked) = dialect.operation(&probe.operation) else {
            faults.add("probe", format!("no operation `{}`; {}", probe.operation, operation_names(dialect)));
            continue;
        };
        if asked.changes {
            faults.add("probe", format!("`{}` changes state; a probe only asks", asked.name));
        }
        for copy in &probe.with {
            let (to, from) = copy.split_once(" = ").unwrap_or((copy, copy));
            if asked.parameter(to).is_none() {
                faults.add("probe", format!("`{}` takes no parameter `{to}`", asked.name));
            }
            if operation.parameter(from).is_none() {
                faults.add("probe", format!("this operation has no parameter `{from}`"));
            }
        }
    }
}

fn parameter(operation: &Operation, parameter: &Parameter, faults: &mut Faults<'_>) {
    let name = &parameter.name;
    if operation.parameters.iter().filter(|other| other.name == *name).count() > 1 {
        faults.add("parameter", format!("`{name}` stands there more than once"));
    }
    let is_known = |valid: &str| valid.starts_with('=') || PLACEHOLDERS.contains(&valid);
    let valid = parameter.valid.as_deref();
    if valid.map_or(parameter.required, |valid| !is_known(valid)) {
        let what =
            valid.map_or("is required and has none".to_owned(), |valid| format!("`{valid}` is unknown"));
        let known = PLACEHOLDERS.join(", ");
        faults.add("valid", format!("parameter `{name}`: {what}; write one of {known}, or =<JSON>"));
    }
    if let Some(other) = &parameter.instead {
        let back = operation.parameter(other).and_then(|other| other.instead.as_deref());
        if back != Some(name) {
            faults.add(
                "instead",
                format!(
                    "parameter `{name}`: `{other}` must be a parameter that says instead = \"{name}\" too"
                ),
            );
        }
    }
}

fn provocations(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: "provocations.toml".to_owned(), entry: String::new(), found };
    let success = dialect.envelope().map(|envelope| &envelope.success);
    for recipe in &dialect.provocations {
        faults.entry = format!("row {}, trigger {}", recipe.row, recipe.trigger);
        let unknown: Vec<_> = recipe.tables.iter().filter(|id| dialect.table(id).is_none()).collect();
        for id in &unknown {
            faults.add("tables", format!("no table `{id}`; {}", table_ids(dialect)));
        }
        let meant = |table: &&Table| recipe.tables.is_empty() || recipe.tables.contains(&table.id);
        let known = dialect.tables.iter().filter(meant).any(|table| table.row(&recipe.row).is_some());
        if !known && unknown.is_empty() && success != Some(&recipe.row) {
            let why = format!("no table has the code {}; add the row, or name another code", recipe.row);
            faults.add("row", why);
        }
        for name in recipe.operations.iter().filter(|name| dialect.operation(name).is_none()) {
            faults.add("operations", format!("no operation `{name}`; {}", operation_names(dialect)));
        }
    }
}
