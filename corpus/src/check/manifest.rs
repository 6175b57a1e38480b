//! What must hold in `dialect.toml`, and between it and the other files.

use std::collections::BTreeSet;

use super::faults::{Faults, Inconsistency, is_word, listed, operation_names};
use crate::{Code, CodePlace, CodeType, Dialect, Envelope, LackingPart, Manifest, Resource, Which, Word};

/// Finds what does not hang together in `dialect.toml`, or between it and the other files.
pub(super) fn check(dialect: &Dialect, found: &mut Vec<Inconsistency>) {
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
    if let Some(envelope) = &manifest.envelope {
        self::envelope(envelope, &mut faults);
    }
    for (name, envelope) in &manifest.envelopes {
        faults.entry = format!("envelopes.{name}");
        self::envelope(envelope, &mut faults);
    }
    faults.entry.clear();
    token(manifest, &mut faults);
    classes(dialect, &mut faults);
    resources(dialect, &mut faults);
    accounts(manifest, &mut faults);
    preflight(dialect, &mut faults);
}

fn envelope(envelope: &Envelope, faults: &mut Faults<'_>) {
    let pointers = envelope.code.all().iter().filter_map(|place| match place {
        CodePlace::Pointer(pointer) => Some(("code", pointer)),
        CodePlace::Header(_) => None,
    });
    let message = envelope.message.iter().map(|pointer| ("message", pointer));
    let fields = envelope.fields.iter().map(|field| ("field", &field.pointer));
    for (field, pointer) in pointers.chain(message).chain(fields) {
        if !pointer.starts_with('/') {
            faults.add(field, format!("`{pointer}` is no JSON pointer; write it as `/{pointer}`"));
        }
    }
    if envelope.code.all().is_empty() {
        faults.add("code", "names no place; write at least one".to_owned());
    }
    match (&envelope.success, envelope.code_type) {
        (None, _) if !envelope.success_without_code => faults.add(
            "success",
            "is missing; write the code of a success, or success_without_code = true".to_owned(),
        ),
        (Some(Code::Int(_)), Some(CodeType::Text)) | (Some(Code::Text(_)), Some(CodeType::Integer)) => {
            faults.add("code_type", "is not the type of `success`; leave it out".to_owned());
        }
        _ => {}
    }
}

fn classes(dialect: &Dialect, faults: &mut Faults<'_>) {
    let has_condition =
        |condition: &str| dialect.tables.iter().any(|table| table.row_for(condition).is_some());
    for (class, conditions) in dialect.manifest.classes.iter() {
        let name = class.as_str();
        if conditions.is_empty() {
            faults.add("classes", format!("`{name}` has no conditions; leave it out"));
        }
        for condition in conditions.iter().filter(|condition| !has_condition(condition)) {
            faults.add(
                "classes",
                format!("{name}: no row has the condition `{condition}`; give it to the row that is meant"),
            );
        }
    }
}

/// What a token is asked for with is a part of the account, or a literal.
fn token(manifest: &Manifest, faults: &mut Faults<'_>) {
    for (name, part) in manifest.token.iter().flat_map(|token| &token.query) {
        if !part.starts_with('=') && !manifest.credentials.contains_key(part) {
            let known = listed(manifest.credentials.keys().map(String::as_str));
            faults.add(
                "token",
                format!("query {name}: no part `{part}` of an account; {known}; or write =<text>"),
            );
        }
    }
}

fn resources(dialect: &Dialect, faults: &mut Faults<'_>) {
    let manifest = &dialect.manifest;
    let mut names = BTreeSet::new();
    for resource in &manifest.resources {
        let Resource { name, create, delete, list, ids, within, gone, .. } = resource;
        faults.entry = format!("resource {name}");
        if !is_word(name) {
            faults.add("name", format!("`{name}` cannot be a name; small letters, digits and hyphens can"));
        }
        if !names.insert(name) {
            faults.add("name", "another resource has this name already".to_owned());
        }
        if !matches!(
            manifest.word(name),
            Some(Word::Thing { which: Which::Standing, several: false, .. }) | None
        ) {
            faults.add("name", "the word means something else already; choose another".to_owned());
        }
        for (field, operation) in [("create", create), ("delete", delete), ("list", list)] {
            let unknown = operation.as_ref().filter(|name| dialect.operation(name).is_none());
            if let Some(unknown) = unknown {
                faults.add(field, format!("no operation `{unknown}`; {}", operation_names(dialect)));
            }
        }
        match (list, ids) {
            (Some(_), None) => {
                faults.add("ids", "is missing; write where the answer of `list` tells them".to_owned());
            }
            (_, Some(ids)) if !ids.starts_with('/') => {
                faults.add("ids", format!("`{ids}` is no JSON pointer; write it as `/{ids}`"));
            }
            _ => {}
        }
        if let Some(above) =
            within.as_deref().filter(|above| *above == name || manifest.resource(above).is_none())
        {
            let known = manifest.resources.iter().map(|other| other.name.as_str());
            let others = listed(known.filter(|other| other != name));
            faults.add("within", format!("no other resource `{above}`; {others}"));
        }
        let delete = delete.as_deref().and_then(|name| dialect.operation(name));
        for condition in gone {
            if delete.is_none_or(|delete| dialect.row_for(delete, condition).is_none()) {
                let why = format!(
                    "`delete` has no row with the condition `{condition}`; give it to the row that is meant"
                );
                faults.add("gone", why);
            }
        }
    }
    faults.entry.clear();
}

fn accounts(manifest: &Manifest, faults: &mut Faults<'_>) {
    for (index, account) in manifest.accounts.iter().enumerate() {
        faults.entry = format!("account {}", index + 1);
        if let Err(LackingPart(name)) = manifest.account(account.clone()) {
            faults.add("account", format!("the part `{name}` is missing, which [credentials] declares"));
        }
    }
    faults.entry.clear();
}

fn preflight(dialect: &Dialect, faults: &mut Faults<'_>) {
    let Some(preflight) = &dialect.manifest.preflight else { return };
    let Some(operation) = dialect.operation(&preflight.operation) else {
        let why = format!("no operation `{}`; {}", preflight.operation, operation_names(dialect));
        return faults.add("preflight", why);
    };
    for condition in &preflight.refused {
        if dialect.row_for(operation, condition).is_none() {
            faults.add(
                "preflight",
                format!("no row has the condition `{condition}`; give it to the row that is meant"),
            );
        }
    }
}
