//! The vendors' documents, imported again, are what the corpus holds: nothing lost, nothing reworded.
//!
//! The documents are not part of the repository; where they are absent, these tests say so and pass,
//! unless `LIANPU_REQUIRE` lists `shared`.

use std::path::Path;
use std::process::Command;

use lianpu::catalog::{ImportedRow, ImportedTable, fuzz_import, import, to_toml};
use lianpu_corpus::{Code, Row, Table, bundled, dialect_names};
use lianpu_testing::lacking;

const BAIDU: &str = "000_b59edd494e6ca165.txt";
const BAIDU_STACKED: &str = "001_517a5598b799e9bb.txt";
const TENCENT_CI: &str = "002_d9155235a89dd82b.txt";
const TENCENT_FACEID: &str = "003_c9956eb04025ce2e.txt";
const TENCENT_CI_MANAGEMENT: &str = "004_c19ccf23ac882aa1.txt";

/// The tables of a document, or nothing where the document is absent.
fn imported(document: &str) -> Option<Vec<ImportedTable>> {
    let tables = import(&text(document)?);
    Some(tables.unwrap_or_else(|errors| panic!("{document}:\n{errors}")))
}

fn text(document: &str) -> Option<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds")).join(document);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        lacking("shared", &format!("{} is absent", path.display()));
    }
    text
}

fn table(dialect: &str, id: &str) -> &'static Table {
    let dialect = bundled(dialect).expect("the dialect reads");
    dialect.table(id).unwrap_or_else(|| panic!("no table {id}"))
}

/// What both a document and the corpus say about a row.
fn vendor_part(row: &Row) -> ImportedRow {
    ImportedRow {
        code: row.code.clone(),
        message: row.message.clone().filter(|_| row.message_certainty.is_none()),
        meaning: row.meaning.clone(),
        remedy: row.remedy.clone(),
        billed: row.billed,
        line: row.line,
    }
}

fn assert_holds(committed: &Table, imported: &ImportedTable, document: &str) {
    assert_eq!(committed.source, document, "{}", committed.id);
    let of_document = committed.rows.iter().filter(|row| row.source.is_none());
    assert_eq!(of_document.map(vendor_part).collect::<Vec<_>>(), imported.rows, "{}", committed.id);
}

#[test]
fn the_ten_tables_of_tencent_ci_are_held() {
    let Some(tables) = imported(TENCENT_CI) else { return };
    let committed: Vec<_> = bundled("tencent-ci").expect("the dialect reads").tables[..10].iter().collect();
    assert_eq!(tables.len(), 10);
    for (committed, imported) in committed.iter().zip(&tables) {
        assert_eq!(committed.title, imported.title);
        assert_holds(committed, imported, TENCENT_CI);
    }
    let sizes: Vec<_> = tables.iter().map(|table| table.rows.len()).collect();
    assert_eq!(sizes, [42, 28, 36, 42, 19, 22, 16, 18, 17, 31]);
    assert_eq!(sizes.iter().sum::<usize>(), 271);
}

#[test]
fn the_table_inside_the_long_page_is_held() {
    let Some(tables) = imported(TENCENT_CI_MANAGEMENT) else { return };
    let [imported] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    let committed = table("tencent-ci", "face-management");
    assert_eq!(imported.title, "返回码");
    assert_eq!(committed.title, imported.title);
    assert_eq!(imported.rows.len(), 41);
    assert_holds(committed, imported, TENCENT_CI_MANAGEMENT);
}

#[test]
fn both_tables_of_tencent_faceid_are_held() {
    let Some(tables) = imported(TENCENT_FACEID) else { return };
    let [paas, saas] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!((paas.rows.len(), saas.rows.len()), (12, 52));
    for (id, imported) in [("paas", paas), ("saas", saas)] {
        assert_eq!(table("tencent-faceid", id).title, imported.title);
        assert_holds(table("tencent-faceid", id), imported, TENCENT_FACEID);
    }
}

#[test]
fn the_table_of_baidu_is_held() {
    let Some(tables) = imported(BAIDU) else { return };
    let [imported] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!(imported.rows.len(), 97);
    assert_holds(table("baidu-face", "face"), imported, BAIDU);
}

#[test]
fn the_second_document_of_baidu_differs_where_we_know_it() {
    let (Some(first), Some(second)) = (imported(BAIDU), imported(BAIDU_STACKED)) else { return };
    let [second] = second.as_slice() else { panic!("{} tables", second.len()) };
    assert_eq!(second.rows.len(), 98);

    let messages = second.rows.iter().filter(|row| row.code != Code::Int(222_305)).map(|row| &row.message);
    let same_messages = messages.eq(first[0].rows.iter().map(|row| &row.message));
    assert!(same_messages, "wrapped messages are joined by a space");

    let mut first: Vec<_> = first[0].rows.iter().map(folded).collect();
    let mut second_folded: Vec<_> = second.rows.iter().map(folded).collect();
    let extra = Code::Int(222_305);
    let at = second.rows.iter().position(|row| row.code == extra).expect("the row 222305");
    second_folded.remove(at);
    assert_eq!(first.iter().map(|row| &row.code).collect::<Vec<_>>(), {
        second_folded.iter().map(|row| &row.code).collect::<Vec<_>>()
    });

    let differing: Vec<_> =
        first.iter().zip(&second_folded).filter(|(a, b)| a != b).map(|(a, _)| &a.code).collect();
    assert_eq!(differing, [&Code::Int(222_200)]);
    let (a, b) = first.iter_mut().zip(&second_folded).find(|(a, b)| a != b).expect("the row 222200");
    assert_ne!(a.remedy, b.remedy);
    a.remedy.clone_from(&b.remedy);
    assert_eq!(a, b);

    let committed = table("baidu-face", "face");
    let place =
        |code: i64| committed.rows.iter().position(|row| row.code == Code::Int(code)).expect("the row");
    assert_eq!([place(222_304), place(222_305), place(223_128)], [at - 1, at, at + 1]);
    let row = &committed.rows[place(222_305)];
    assert_eq!(row.source.as_deref(), Some(BAIDU_STACKED));
    assert!(row.note.is_some());
    assert_eq!(vendor_part(row), second.rows[at]);
    assert_eq!(committed.rows.iter().filter(|row| row.source.is_some()).count(), 1);
}

/// `lianpu catalog diff` of the two documents: one row more, one reworded, the rest spaces and width.
#[test]
fn the_difference_of_the_two_documents_is_kept_as_a_snapshot() {
    let (Some(_), Some(_)) = (text(BAIDU), text(BAIDU_STACKED)) else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let said = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_lianpu"))
            .current_dir(&folder)
            .args(words)
            .output()
            .expect("it runs");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("text")
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/catalogues"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let diff = ["catalog", "diff", BAIDU, BAIDU_STACKED];
    settings.bind(|| {
        insta::assert_snapshot!("baidu-seeds.diff", said(&diff));
        insta::assert_snapshot!("baidu-seeds.diff.all", said(&[&diff[..], &["--all"]].concat()));
        insta::assert_snapshot!(
            "baidu-seeds.diff.markdown",
            said(&[&diff[..], &["--format", "markdown"]].concat())
        );
    });
}

/// The documents as they are and the tables as they are committed: nothing to tell.
#[test]
fn nothing_has_changed_since_the_documents_were_read() {
    let (Some(_), Some(_)) = (text(BAIDU), text(TENCENT_CI)) else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    for (dialect, documents) in [
        ("baidu-face", &[BAIDU, BAIDU_STACKED][..]),
        ("tencent-ci", &[TENCENT_CI, TENCENT_CI_MANAGEMENT]),
        ("tencent-faceid", &[TENCENT_FACEID]),
    ] {
        let watched = Command::new(env!("CARGO_BIN_EXE_lianpu"))
            .current_dir(&folder)
            .args(["catalog", "watch", "--against", dialect])
            .args(documents)
            .status();
        assert!(watched.expect("it runs").success(), "{dialect}");
    }
}

/// A row without its line, its white space, and the width of its punctuation.
fn folded(row: &ImportedRow) -> ImportedRow {
    ImportedRow {
        line: 0,
        message: row.message.as_deref().map(fold),
        meaning: fold(&row.meaning),
        remedy: row.remedy.as_deref().map(fold),
        ..row.clone()
    }
}

fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        '、' => ',',
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

#[test]
fn the_files_are_written_as_the_writer_writes_them() {
    for name in dialect_names() {
        for table in &bundled(name).expect("the dialect reads").tables {
            let file = format!("corpus/dialects/{name}/tables/{}.toml", table.id);
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file));
            assert_eq!(text.expect("the file of the table"), to_toml(table), "{file}");
        }
    }
}

#[test]
fn damaged_documents_do_no_harm() {
    for document in [BAIDU, BAIDU_STACKED, TENCENT_CI, TENCENT_FACEID, TENCENT_CI_MANAGEMENT] {
        let Some(text) = text(document) else { continue };
        let bytes = text.as_bytes();
        fuzz_import(bytes);
        for at in (0..bytes.len()).step_by(997) {
            fuzz_import(&bytes[..at]);
            fuzz_import(&bytes[at..]);
            for replacement in [b'|', b'\t', b'\n', b'\\', b'#'] {
                let mut damaged = bytes.to_vec();
                damaged[at] = replacement;
                fuzz_import(&damaged);
            }
        }
    }
}
