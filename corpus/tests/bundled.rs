//! What is bundled reads, and hangs together.

use std::collections::BTreeSet;

use lianpu_corpus::{Dialect, Place, bundled, dialect_names, inconsistencies, place};

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

/// What is said of a file of a bundled dialect in which some text, which must be there, is another.
#[track_caller]
fn said(dialect: &str, file: &str, old: &str, new: &str) -> String {
    refused(dialect, file, |text| {
        assert!(text.contains(old), "{file} has no {old}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn an_envelope_that_cannot_be_read_by_is_told() {
    let of = |old: &str, new: &str| said("tencent-ci", "dialect.toml", old, new);
    for (old, new, told) in [
        ("code = \"/code\"", "code = \"code\"", "field code: `code` is no JSON pointer; write it as `/code`"),
        ("code = \"/code\"", "code = []", "field code: names no place"),
        ("message = \"/message\"", "message = \"m\"", "field message: `m` is no JSON pointer"),
        (
            "success = 0\n",
            "",
            "field success: is missing; write the code of a success, or success_without_code = true",
        ),
        (
            "success = 0\n",
            "success = 0\ncode_type = \"text\"\n",
            "field code_type: is not the type of `success`",
        ),
        ("success_without_code = true", "", "envelopes.download, field success: is missing"),
        ("header = \"X-ErrNo\"", "heder = \"X-ErrNo\"", "a JSON pointer, { header = \"X-Name\" }, or a list"),
        ("body = \"bytes\"", "body = \"octets\"", "unknown variant `octets`, expected `json` or `bytes`"),
        ("[envelopes.download]", "[envelops.download]", "unknown field `envelops`"),
        ("content_types = [\"image/*\"]", "content_type = []", "unknown field `content_type`"),
    ] {
        let error = of(old, new);
        assert!(error.starts_with("dialect.toml: ") && error.contains(told), "{new}: {error}");
    }
    let table = said(
        "tencent-ci",
        "tables/download.toml",
        "\"download\"\ntitle",
        "\"download\"\nenvelop = \"a\"\ntitle",
    );
    assert!(table.contains("unknown field `envelop`"), "{table}");
    let table =
        said("tencent-ci", "tables/download.toml", "envelope = \"download\"", "envelope = \"upload\"");
    assert_eq!(table, "tables/download.toml: field envelope: no envelope `upload`; there are: download");
}

#[test]
fn a_resource_that_does_not_hang_together_is_told() {
    let of = |old: &str, new: &str| said("tencent-ci", "dialect.toml", old, new);
    for (old, new, told) in [
        ("name = \"person\"", "name = \"Person\"", "resource Person, field name: `Person` cannot be a name"),
        (
            "name = \"group\"",
            "name = \"person\"",
            "resource person, field name: another resource has this name already",
        ),
        (
            "name = \"group\"",
            "name = \"portrait\"",
            "resource portrait, field name: the word means something else",
        ),
        (
            "delete = \"delperson\"",
            "delete = \"delpersn\"",
            "resource person, field delete: no operation `delpersn`; there are: newperson",
        ),
        (
            "ids = \"/data/face_ids/*\"\n",
            "",
            "resource face, field ids: is missing; write where the answer of `list`",
        ),
        ("ids = \"/data", "ids = \"data", "resource face, field ids: `data/face_ids/*` is no JSON pointer"),
        (
            "within = \"person\"",
            "within = \"group\"",
            "resource group, field within: no other resource `group`; there are: person, face",
        ),
        (
            "gone = [\"person-unknown\"]",
            "gone = [\"person-gone\"]",
            "resource person, field gone: `delete` has no row with the condition `person-gone`",
        ),
        ("list = \"getfaceids\"", "lists = \"getfaceids\"", "unknown field `lists`"),
    ] {
        let error = of(old, new);
        assert!(error.starts_with("dialect.toml: ") && error.contains(told), "{new}: {error}");
    }
}

#[test]
fn a_part_of_an_account_that_is_not_there_is_told() {
    let key = said("tencent-ci", "dialect.toml", "secret_key = \"TestSecretKey0000000000000000000\"\n", "");
    assert_eq!(
        key,
        "dialect.toml: account 1, field account: the part `secret_key` is missing, which [credentials] declares"
    );
    let token =
        said("baidu-face", "dialect.toml", "[\"client_id\", \"secret_id\"]", "[\"client_id\", \"ak\"]");
    assert!(
        token.contains(
            "field token: query client_id: no part `ak` of an account; there are: appid, secret_id"
        ),
        "{token}"
    );
}

#[test]
fn conditions_are_looked_up_in_the_tables_that_can_answer() {
    // Another table of the dialect has the condition; an answer of this operation cannot tell it.
    let preflight = said(
        "baidu-face",
        "dialect.toml",
        "\"token-missing\", \"token-unknown\", \"token-expired\", \"signature-wrong\", \"bearer-key-wrong\", \"app-unknown\", \"permission-missing\"]\n\n",
        "\"citizen-unknown\"]\n\n",
    );
    assert!(preflight.contains("field preflight: no row has the condition `citizen-unknown`"), "{preflight}");
}

#[test]
fn operations_on_one_path_are_told_apart() {
    let one = "path = \"/face/newperson\"\n";
    let two = "path = \"/face/delperson\"\n";
    let of = |first: &str, second: &str| {
        folder("tencent-ci", "operations.toml", |text| {
            assert!(text.contains(one) && text.contains(two));
            text.replacen(one, &format!("path = \"/\"\n{first}"), 1).replacen(
                two,
                &format!("path = \"/\"\n{second}"),
                1,
            )
        })
    };
    let error = |first: &str, second: &str| {
        let folder = of(first, second);
        Place::Folder(folder.path().to_owned()).read().err().map(|error| error.to_string())
    };
    let same = error("", "").expect("both are POST /");
    assert!(
        same.contains(
            "operations.toml: operation delperson, field selector: requests of `newperson` have this method"
        ),
        "{same}"
    );
    let action = |name: &str, is: &str| format!("selector = {{ header = \"{name}\", is = \"{is}\" }}\n");
    assert!(
        error(&action("X-Action", "New"), &action("x-action", "New")).is_some(),
        "headers are the same in any case"
    );
    assert_eq!(error(&action("X-Action", "New"), &action("X-Action", "Delete")), None);
    assert_eq!(error("host = \"a.example\"\n", "host = \"b.example\"\n"), None);
    let folder = of(
        &action("X-Action", "New"),
        "selector = { query = \"action\", is = \"del\" }\nheaders = { X-Version = \"1\" }\n",
    );
    let read = Place::Folder(folder.path().to_owned()).read().expect("it reads");
    let [first, second] = ["newperson", "delperson"].map(|name| read.operation(name).expect("it is there"));
    assert_eq!(first.fixed_headers().collect::<Vec<_>>(), [("X-Action", "New")]);
    assert_eq!(second.fixed_headers().collect::<Vec<_>>(), [("X-Version", "1")]);
    assert_eq!(second.fixed_query().collect::<Vec<_>>(), [("action", "del")]);
    let envelope = error("envelope = \"upload\"\n", &action("X-Action", "Delete")).expect("there is none");
    assert!(
        envelope.contains("operation newperson, field envelope: no envelope `upload`; there are: download"),
        "{envelope}"
    );
}

#[test]
fn a_table_or_an_operation_names_its_own_envelope_and_codes_are_those_of_its_tables() {
    let folder = folder("tencent-ci", "operations.toml", |text| {
        let tables = "tables = [\"face-management\", \"face\"]";
        assert!(text.contains(tables));
        text.replacen(tables, "tables = [\"download\"]", 1)
            .replacen(tables, "tables = [\"face\", \"download\"]", 1)
            .replacen(tables, "tables = [\"face\"]\nenvelope = \"download\"", 1)
    });
    let read = Place::Folder(folder.path().to_owned()).read().expect("it reads");
    let [by_table, mixed, own] = [&read.operations[0], &read.operations[1], &read.operations[2]];
    let download = &read.manifest.envelopes["download"];
    assert_eq!(read.envelope_of(by_table), Some(download));
    assert_eq!(read.envelope_of(mixed), read.manifest.envelope.as_ref());
    assert_eq!(read.envelope_of(own), Some(download));
    let further =
        |operation| read.further_envelopes(operation).map(|(table, _)| table.id.as_str()).collect::<Vec<_>>();
    assert_eq!((further(by_table), further(mixed)), (vec![], vec!["download"]));
    let code = (-1302).into();
    assert_eq!(read.rows_of(by_table, &code).count(), 0, "a code of another table is another code");
    assert!(read.tells(mixed, &code, &["person-exists"]) && !read.tells(by_table, &code, &["person-exists"]));
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
    let operations = |dialect: &'static Dialect| {
        dialect.operations.iter().map(move |operation| (&dialect.manifest, operation))
    };
    for (manifest, operation) in dialects().flat_map(operations) {
        let name = &operation.name;
        assert_eq!(repeated(operation.parameters.iter().map(|p| &p.name)), Vec::<&String>::new(), "{name}");
        assert_eq!(repeated(operation.replies.iter().map(|r| &r.pointer)), Vec::<&String>::new(), "{name}");
        for parameter in &operation.parameters {
            let id = format!("{name}.{}", parameter.name);
            match parameter.valid.as_deref() {
                Some(valid) => {
                    assert!(manifest.word(valid).is_some(), "{id}: {valid}");
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
        for (name, part) in first.parts() {
            assert_ne!(part, second.part(name), "{}: {name}", manifest.name);
        }
        if let Some(disabled) = &first.disabled {
            for (name, half) in disabled.parts() {
                assert_ne!(half, first.part(name), "{}: {name}", manifest.name);
            }
        }
    }
}
