//! The vendors' documents, imported again, are what the corpus holds: nothing lost, nothing reworded.
//!
//! The documents themselves are not part of the repository; every row of their tables is, with the number of its line and the
//! document's SHA-256 (`corpus/documents`), and a document made of these lines alone is imported here. Where the documents are
//! beside the worktree, that is held against them, unless they are absent and `LIANPU_REQUIRE` lists `shared`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[cfg(feature = "fuzzing")]
use lianpu::catalog::fuzz_import;
use lianpu::catalog::{ImportedRow, ImportedTable, Reading, import, to_toml};
use lianpu_corpus::{Code, Row, Table, bundled, dialect_names};
use lianpu_testing::lacking;
use sha2::{Digest as _, Sha256};

const BAIDU: &str = "000_b59edd494e6ca165.txt";
const BAIDU_STACKED: &str = "001_517a5598b799e9bb.txt";
const TENCENT_CI: &str = "002_d9155235a89dd82b.txt";
const TENCENT_FACEID: &str = "003_c9956eb04025ce2e.txt";
const TENCENT_CI_MANAGEMENT: &str = "004_c19ccf23ac882aa1.txt";

const DOCUMENTS: [&str; 5] = [BAIDU, BAIDU_STACKED, TENCENT_CI, TENCENT_FACEID, TENCENT_CI_MANAGEMENT];

/// The tables of a document.
fn imported(document: &str) -> Vec<ImportedTable> {
    import(&text(document), &Reading::default()).unwrap_or_else(|errors| panic!("{document}:\n{errors}"))
}

/// What the repository holds of a document: its SHA-256, how many lines it has, and those that belong to tables, by their numbers.
struct Rows {
    sha256: String,
    lines: usize,
    kept: BTreeMap<usize, String>,
}

fn rows(document: &str) -> Rows {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/documents").join(document);
    let text = fs::read_to_string(path.with_extension("rows")).expect("the document's rows");
    let (head, rows) = text.split_once("\nlines ").expect("two lines before the rows");
    let (lines, rows) = rows.split_once('\n').expect("rows");
    let row = |line: &str| {
        let (number, text) = line.split_once('\t').expect("a number, a tabulator and the line");
        (number.parse().expect("a number"), text.to_owned())
    };
    Rows {
        sha256: head.strip_prefix("sha256 ").expect("the sum first").to_owned(),
        lines: lines.parse().expect("a number"),
        kept: rows.strip_suffix('\n').expect("whole lines").split('\n').map(row).collect(),
    }
}

/// The document with every line that is kept in its place, and the others empty.
fn text(document: &str) -> String {
    let Rows { lines, kept, .. } = rows(document);
    let line = |number| kept.get(&number).map_or("", String::as_str);
    (1..=lines).map(line).collect::<Vec<_>>().join("\n")
}

/// The document itself, where it is beside the worktree.
fn original(document: &str) -> Option<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds")).join(document);
    fs::read_to_string(path).ok()
}

/// A folder with the documents, under their names.
fn documents() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for document in DOCUMENTS {
        fs::write(folder.path().join(document), text(document)).expect("written");
    }
    folder
}

#[test]
fn the_rows_are_those_of_the_documents() {
    for document in DOCUMENTS {
        let Some(original) = original(document) else {
            return lacking("shared", &format!("{document} is absent"));
        };
        let Rows { sha256, lines, kept } = rows(document);
        assert_eq!(hex::encode(Sha256::digest(&original)), sha256, "{document}");
        let all: Vec<_> = original.split('\n').collect();
        assert_eq!(all.len(), lines, "{document}");
        for (number, line) in kept {
            assert_eq!(line, all[number - 1], "{document}:{number}");
        }
        // None is missing: of what is not kept, nothing is a row.
        assert_eq!(import(&original, &Reading::default()).expect("tables"), imported(document), "{document}");
    }
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
    let tables = imported(TENCENT_CI);
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
    let tables = imported(TENCENT_CI_MANAGEMENT);
    let [imported] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    let committed = table("tencent-ci", "face-management");
    assert_eq!(imported.title, "返回码");
    assert_eq!(committed.title, imported.title);
    assert_eq!(imported.rows.len(), 41);
    assert_holds(committed, imported, TENCENT_CI_MANAGEMENT);
}

#[test]
fn both_tables_of_tencent_faceid_are_held() {
    let tables = imported(TENCENT_FACEID);
    let [paas, saas] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!((paas.rows.len(), saas.rows.len()), (12, 52));
    for (id, imported) in [("paas", paas), ("saas", saas)] {
        assert_eq!(table("tencent-faceid", id).title, imported.title);
        assert_holds(table("tencent-faceid", id), imported, TENCENT_FACEID);
    }
}

#[test]
fn the_table_of_baidu_is_held() {
    let tables = imported(BAIDU);
    let [imported] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!(imported.rows.len(), 97);
    assert_holds(table("baidu-face", "face"), imported, BAIDU);
}

#[test]
fn the_second_document_of_baidu_differs_where_we_know_it() {
    let (first, second) = (imported(BAIDU), imported(BAIDU_STACKED));
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
    let folder = documents();
    let said = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_lianpu"))
            .current_dir(folder.path())
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
    let folder = documents();
    for (dialect, documents) in [
        ("baidu-face", &[BAIDU, BAIDU_STACKED][..]),
        ("tencent-ci", &[TENCENT_CI, TENCENT_CI_MANAGEMENT]),
        ("tencent-faceid", &[TENCENT_FACEID]),
    ] {
        let watched = Command::new(env!("CARGO_BIN_EXE_lianpu"))
            .current_dir(folder.path())
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
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file));
            assert_eq!(text.expect("the file of the table"), to_toml(table), "{file}");
        }
    }
}

#[cfg(feature = "fuzzing")]
#[test]
fn damaged_documents_do_no_harm() {
    for document in DOCUMENTS {
        let text = original(document).unwrap_or_else(|| text(document));
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
