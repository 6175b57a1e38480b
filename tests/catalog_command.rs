//! `lianpu catalog` on the command line: what it prints and what it refuses.

use std::path::Path;

use clap::{Command, FromArgMatches as _};
use lianpu::catalog::from_toml;
use lianpu::cli::catalog::{CatalogArgs, CatalogError, run};

/// Runs `lianpu catalog` with these words.
fn catalog(words: &[&str]) -> Result<String, CatalogError> {
    let command = <CatalogArgs as clap::Args>::augment_args(Command::new("catalog"));
    let matches = command.try_get_matches_from([&["catalog"], words].concat()).expect("the words are valid");
    let args = CatalogArgs::from_arg_matches(&matches).expect("the words are valid");
    let mut out = anstream::StripStream::new(Vec::new());
    run(&args, &mut out)?;
    Ok(String::from_utf8(out.into_inner()).expect("text"))
}

fn refused(words: &[&str]) -> String {
    catalog(words).expect_err("the command is refused").to_string()
}

/// A document in a folder of its own, and its path.
fn document(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("the document is written");
    let path = path.to_str().expect("a path in UTF-8").to_owned();
    (folder, path)
}

fn snapshots() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/catalogues"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}

#[test]
fn tables_are_shown() {
    let _guard = snapshots();
    for what in ["tencent-ci/face", "tencent-ci/download", "tencent-faceid/paas", "baidu-face/face"] {
        insta::assert_snapshot!(what.replace('/', "."), catalog(&["show", what]).expect("the table"));
    }
    insta::assert_snapshot!("summary", catalog(&["show"]).expect("the summary"));
}

#[test]
fn one_dialect_is_a_part_of_the_summary() {
    let dialect = catalog(&["show", "tencent-faceid"]).expect("the dialect");
    assert_eq!(dialect.lines().count(), 3, "{dialect}");
    assert!(dialect.contains("tencent-faceid/saas") && !dialect.contains("tencent-ci/"), "{dialect}");
}

#[test]
fn everything_is_shown_on_demand() {
    let short = catalog(&["show", "baidu-face/face"]).expect("the table");
    let full = catalog(&["show", "baidu-face/face", "--full"]).expect("the table");
    assert!(!short.contains("提示用户请勿遮挡面部"), "{short}");
    assert!(full.contains("提示用户请勿遮挡面部") && full.contains("NOTE"), "{full}");
    let bare = catalog(&["show", "tencent-faceid/saas", "--full"]).expect("the table");
    assert!(!bare.contains("CONDITION"), "a column without a word is left out: {bare}");
}

#[test]
fn what_does_not_exist_is_refused() {
    insta::assert_snapshot!(refused(&["show", "tencent"]), @"no dialect named tencent; there are: baidu-face, tencent-ci, tencent-faceid");
    insta::assert_snapshot!(refused(&["show", "tencent-faceid/face"]), @"tencent-faceid has no table named face; there are: paas, saas");
    let (_folder, path) = document("one.md", "| code | meaning |\n|-|-|\n| 1 | one |\n");
    assert_eq!(
        refused(&["import", &path, "--number", "2"]),
        format!("{path}: there is no error table 2; --number takes 1 to 1")
    );
}

#[test]
fn a_document_becomes_a_table() {
    let (folder, path) = document("codes.tsv", "7\tbad thing\t坏事\t再试\n8\tworse\t更坏\t\n");
    let printed = catalog(&["import", &path, "--table", "things"]).expect("the table");
    insta::assert_snapshot!(printed, @r#"
    id = "things"
    title = ""
    gloss = ""
    source = "codes.tsv"

    [[row]]
    code = 7
    message = "bad thing"
    meaning = "坏事"
    remedy = "再试"
    gloss = ""
    line = 1

    [[row]]
    code = 8
    message = "worse"
    meaning = "更坏"
    gloss = ""
    line = 2
    "#);
    assert_eq!(from_toml(&printed).expect("it reads").rows.len(), 2);
    let file = folder.path().join("things.toml");
    let silent = catalog(&["import", &path, "--table", "things", "-o", file.to_str().expect("UTF-8")]);
    assert_eq!(silent.expect("written"), "");
    assert_eq!(std::fs::read_to_string(file).expect("the file"), printed);
}

#[test]
fn of_several_tables_one_is_chosen() {
    let text = "# 1. First\n| 错误码 | 含义 |\n|-|-|\n| 1 | 一 |\n# Second\n| 错误码 | 含义 |\n|-|-|\n| 2 | 二 |\n| 3 | 三 |\n";
    let (_folder, path) = document("two.md", text);
    assert_eq!(
        refused(&["import", &path]),
        format!(
            "{path} has several error tables; choose one with --number:\n  1  rows: 1  line 2  First\n  2  rows: 2  line 6  Second"
        )
    );
    let second = catalog(&["import", &path, "--number", "2"]).expect("the table");
    assert_eq!(from_toml(&second).expect("it reads").title, "Second");
}

#[test]
fn faults_name_file_and_line() {
    let (_folder, path) = document("bad.tsv", "1\tone\nx y\ttwo\n3\n");
    assert_eq!(
        refused(&["import", &path]),
        format!(
            "{path} cannot be imported:\nline 2, column 1: `x y` is no code: one word of letters, digits, `.`, `_` and `-` \
             is expected\nline 3, column 1: the row has 1 cells, 2 were expected"
        )
    );
    assert!(refused(&["import", "no/such.md"]).starts_with("cannot read no/such.md: "));
}
