//! What must hold in `operations.toml`, and between it and the other files.

use std::collections::{BTreeMap, BTreeSet};

use super::faults::{Faults, Inconsistency, listed, operation_names, table_ids};
use crate::{Dialect, Manifest, Operation, Parameter};

/// Finds what does not hang together in `operations.toml`, or between it and the other files.
pub(super) fn check(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
    let mut faults = Faults { file: "operations.toml".to_owned(), entry: String::new(), found };
    let envelopes = &dialect.manifest.envelopes;
    let mut names = BTreeSet::new();
    let mut places = BTreeMap::new();
    for operation in &dialect.operations {
        faults.entry = format!("operation {}", operation.name);
        if !names.insert(&operation.name) {
            faults.add("name", "another operation has this name already".to_owned());
        }
        if let Some(other) = places.insert(place(operation), &operation.name) {
            let why = format!(
                "requests of `{other}` have this method, host and path too; tell them apart by a selector: {{ header = \"X-Name\", is = \"…\" }}, {{ query = … }} or {{ field = … }}"
            );
            faults.add("selector", why);
        }
        if let Some(name) = operation.envelope.as_ref().filter(|name| !envelopes.contains_key(*name)) {
            faults.add(
                "envelope",
                format!("no envelope `{name}`; {}", listed(envelopes.keys().map(String::as_str))),
            );
        }
        if dialect.envelope_of(operation).is_none() && operation.envelope.is_none() {
            faults
                .add("envelope", "is missing, and dialect.toml has no [envelope] for all answers".to_owned());
        }
        let limits = &dialect.manifest.limits;
        if let Some(name) = operation.settles.as_ref().filter(|name| !limits.contains_key(*name)) {
            faults
                .add("settles", format!("no limit `{name}`; {}", listed(limits.keys().map(String::as_str))));
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
            self::parameter(&dialect.manifest, operation, parameter, &mut faults);
        }
    }
}

/// What a server tells an operation by. Header names and hosts are the same in any case.
fn place(operation: &Operation) -> (String, Option<String>, String, Option<String>) {
    let host = operation.host.as_ref().map(|host| host.to_ascii_lowercase());
    let selector = operation.selector.as_ref().map(ToString::to_string);
    (operation.method.clone(), host, operation.path.clone(), selector)
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

fn parameter(manifest: &Manifest, operation: &Operation, parameter: &Parameter, faults: &mut Faults<'_>) {
    let name = &parameter.name;
    if operation.parameters.iter().filter(|other| other.name == *name).count() > 1 {
        faults.add("parameter", format!("`{name}` stands there more than once"));
    }
    let is_known = |valid: &str| manifest.word(valid).is_some();
    let valid = parameter.valid.as_deref();
    if valid.map_or(parameter.required, |valid| !is_known(valid)) {
        let what =
            valid.map_or("is required and has none".to_owned(), |valid| format!("`{valid}` is unknown"));
        let known = manifest.words().join(", ");
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
