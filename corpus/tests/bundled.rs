//! What is bundled reads, and hangs together.

use std::collections::BTreeSet;

use lianpu_corpus::{Dialect, PLACEHOLDERS, Place, bundled, dialect_names, inconsistencies, place};

fn dialects() -> impl Iterator<Item = &'static Dialect> {
    dialect_names().into_iter().map(|name| bundled(name).unwrap_or_else(|error| panic!("{error}")))
}

/// The values that occur more than once.
fn repeated<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| !seen.insert(value.clone())).collect()
}

#[test]
fn the_files_hang_together() {
    for dialect in dialects() {
        assert_eq!(inconsistencies(dialect), [], "{}", dialect.manifest.name);
    }
}

/// A folder with the files of a bundled dialect, one of them changed.
fn folder(dialect: &str, file: &str, change: impl Fn(String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("tables")).expect("a folder");
    let from = place(dialect).expect("bundled");
    let tables =
        bundled(dialect).expect("bundled").manifest.tables.iter().map(|id| format!("tables/{id}.toml"));
    for name in
        ["dialect.toml", "operations.toml", "provocations.toml"].map(str::to_owned).into_iter().chain(tables)
    {
        let Some(text) = from.text(&name).expect("it reads") else { continue };
        let text = if name == file { change(text) } else { text };
        std::fs::write(folder.path().join(&name), text).expect("written");
    }
    folder
}

fn refused(dialect: &str, file: &str, change: impl Fn(String) -> String) -> String {
    let folder = folder(dialect, file, change);
    let error = Place::Folder(folder.path().to_owned()).read().expect_err("it is faulty").to_string();
    error.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_folder_reads_as_what_is_compiled_in() {
    for name in dialect_names() {
        let folder = folder(name, "", |text| text);
        let mut read = Place::Folder(folder.path().to_owned()).read().expect("it reads");
        let bundled = bundled(name).expect("bundled");
        read.vectors.clone_from(&bundled.vectors);
        assert_eq!(&read, bundled);
    }
}

#[test]
fn a_faulty_folder_is_told_file_entry_field_and_remedy() {
    let twice =
        refused("tencent-faceid", "tables/saas.toml", |text| text.replace("code = 1002\n", "code = 1001\n"));
    assert_eq!(
        twice,
        "tables/saas.toml: row 1001, field code: the code stands in this table already; a table has each code once"
    );
    let recipe = refused("baidu-face", "provocations.toml", |text| {
        text.replacen("row = 222001\n", "row = 999\n", 1).replacen("\"detect\"", "\"detekt\"", 1)
    });
    assert!(
        recipe.contains("field row: no table has the code 999; add the row, or name another code"),
        "{recipe}"
    );
    assert!(recipe.contains("field operations: no operation `detekt`; there are: detect"), "{recipe}");
    let key = refused("tencent-faceid", "tables/paas.toml", |text| text.replacen("meaning", "meening", 1));
    assert!(
        key.starts_with("tables/paas.toml: TOML parse error at line ")
            && key.contains("unknown field `meening`"),
        "{key}"
    );
    let missing = refused("tencent-faceid", "dialect.toml", |text| text.replace("\"saas\"", "\"sass\""));
    assert_eq!(missing, "tables/sass.toml: the file is missing");
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
    for operation in dialects().flat_map(|dialect| &dialect.operations) {
        let name = &operation.name;
        assert_eq!(repeated(operation.parameters.iter().map(|p| &p.name)), Vec::<&String>::new(), "{name}");
        assert_eq!(repeated(operation.replies.iter().map(|r| &r.pointer)), Vec::<&String>::new(), "{name}");
        for parameter in &operation.parameters {
            let id = format!("{name}.{}", parameter.name);
            match parameter.valid.as_deref() {
                Some(valid) => {
                    assert!(PLACEHOLDERS.contains(&valid) || valid.starts_with('='), "{id}: {valid}");
                }
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
