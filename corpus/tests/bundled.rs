//! What is bundled reads, and hangs together.

use std::collections::BTreeSet;

use lianpu_corpus::{Dialect, bundled, dialect_names};

fn dialects() -> impl Iterator<Item = &'static Dialect> {
    dialect_names().into_iter().map(|name| bundled(name).unwrap_or_else(|error| panic!("{error}")))
}

/// The values that occur more than once.
fn repeated<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| !seen.insert(value.clone())).collect()
}

#[test]
fn a_dialect_is_named_after_its_folder() {
    for name in dialect_names() {
        let manifest = &bundled(name).expect("the dialect reads").manifest;
        assert_eq!(manifest.name, name);
        assert!(!manifest.title.is_empty() && !manifest.gloss.is_empty(), "{name}: title and gloss");
    }
}

#[test]
fn a_table_is_named_after_its_file_and_has_rows() {
    for dialect in dialects() {
        let ids: Vec<_> = dialect.tables.iter().map(|table| &table.id).collect();
        assert_eq!(ids, dialect.manifest.tables.iter().collect::<Vec<_>>());
        assert_eq!(repeated(ids), Vec::<&String>::new());
        for table in &dialect.tables {
            assert!(!table.rows.is_empty(), "{}/{} is empty", dialect.manifest.name, table.id);
        }
    }
}

#[test]
fn every_row_is_told_in_both_languages() {
    for dialect in dialects() {
        for table in &dialect.tables {
            for row in &table.rows {
                let id = format!("{}/{}/{}", dialect.manifest.name, table.id, row.code);
                assert!(!row.meaning.is_empty(), "{id} has no meaning");
                assert!(!row.gloss.is_empty() && row.gloss.is_ascii(), "{id} has no English gloss");
                assert!(row.line > 0, "{id} has no line");
                assert!(
                    row.message.is_some() || row.message_certainty.is_none(),
                    "{id} is certain of nothing"
                );
            }
        }
    }
}

#[test]
fn codes_and_conditions_are_unique_in_a_table() {
    for dialect in dialects() {
        for table in &dialect.tables {
            assert_eq!(repeated(table.rows.iter().map(|row| &row.code)), Vec::<&_>::new(), "{}", table.id);
            let conditions = table.rows.iter().filter_map(|row| row.condition.as_deref());
            assert_eq!(repeated(conditions), Vec::<&str>::new(), "{}", table.id);
        }
    }
}

#[test]
fn operations_name_what_exists() {
    for dialect in dialects() {
        assert_eq!(repeated(dialect.operations.iter().map(|o| &o.name)), Vec::<&String>::new());
        for operation in &dialect.operations {
            let name = &operation.name;
            for table in &operation.tables {
                assert!(dialect.table(table).is_some(), "{name}: no table {table}");
            }
            assert_eq!(operation.changes, !operation.probes.is_empty(), "{name}: changes and probes");
            for probe in &operation.probes {
                let asked = dialect.operation(&probe.operation);
                let asked = asked.unwrap_or_else(|| panic!("{name}: no operation {}", probe.operation));
                assert!(!asked.changes, "{name}: a probe must not change anything");
                for copy in &probe.with {
                    let (to, from) = copy.split_once(" = ").unwrap_or((copy, copy));
                    assert!(asked.parameter(to).is_some(), "{name}: {} takes no {to}", asked.name);
                    assert!(operation.parameter(from).is_some(), "{name} has no {from}");
                }
            }
        }
    }
}

#[test]
fn parameters_can_be_filled() {
    let placeholders = "appid bucket face faces fresh-group fresh-groups fresh-person group groups other-group person portrait portraits";
    let known: BTreeSet<_> = placeholders.split(' ').collect();
    for operation in dialects().flat_map(|dialect| &dialect.operations) {
        let name = &operation.name;
        assert_eq!(repeated(operation.parameters.iter().map(|p| &p.name)), Vec::<&String>::new(), "{name}");
        assert_eq!(repeated(operation.replies.iter().map(|r| &r.pointer)), Vec::<&String>::new(), "{name}");
        for parameter in &operation.parameters {
            let id = format!("{name}.{}", parameter.name);
            match parameter.valid.as_deref() {
                Some(valid) => assert!(known.contains(valid) || valid.starts_with('='), "{id}: {valid}"),
                None => assert!(!parameter.required, "{id} is required, and nothing valid is known"),
            }
            if let Some(other) = &parameter.instead {
                let other = operation.parameter(other).unwrap_or_else(|| panic!("{id}: no {other}"));
                assert_eq!(other.instead.as_deref(), Some(parameter.name.as_str()), "{id}: one-sided");
            }
        }
    }
}

#[test]
fn two_accounts_are_told_apart() {
    for manifest in dialects().map(|dialect| &dialect.manifest).filter(|m| m.signature.is_some()) {
        let [first, second] = manifest.accounts.as_slice() else { panic!("{}: two accounts", manifest.name) };
        assert_ne!(first.appid, second.appid);
        if manifest.credentials.contains_key("bucket") {
            assert_ne!(first.bucket, second.bucket);
        }
        assert_ne!(first.secret_id, second.secret_id);
        assert_ne!(first.secret_key, second.secret_key);
        if let Some(disabled) = &first.disabled {
            assert_ne!(disabled.secret_id, first.secret_id);
        }
    }
}
