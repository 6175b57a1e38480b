//! `lianpu catalog` on the command line: what it prints and what it refuses.

use std::path::Path;

use clap::{Command, FromArgMatches as _};
use lianpu::catalog::from_toml;
use lianpu::cli::catalog::{CatalogArgs, CatalogError, run};
use lianpu::cli::exit::ExitStatus;
use lianpu_corpus::{bundled, dialect_names};

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

/// The words of a run that must find something: exit 1.
fn deviating(words: &[&str]) -> String {
    let command = <CatalogArgs as clap::Args>::augment_args(Command::new("catalog"));
    let matches = command.try_get_matches_from([&["catalog"], words].concat()).expect("the words are valid");
    let args = CatalogArgs::from_arg_matches(&matches).expect("the words are valid");
    let mut out = anstream::StripStream::new(Vec::new());
    assert_eq!(run(&args, &mut out).expect("it runs"), ExitStatus::Deviations);
    String::from_utf8(out.into_inner()).expect("text")
}

#[test]
fn every_catalogue_is_kept_as_a_snapshot() {
    let _guard = snapshots();
    for name in dialect_names() {
        let dialect = bundled(name).expect("the dialect reads");
        let tables = dialect.tables.iter().map(|table| {
            let rows = catalog(&["show", &format!("{name}/{}", table.id)]).expect("the table");
            format!("{} {} ({})\n{rows}", table.id, table.title, table.gloss)
        });
        insta::assert_snapshot!(format!("catalogue.{name}"), tables.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn what_is_odd_in_the_bundled_tables_is_the_vendors_own() {
    let _guard = snapshots();
    let text = catalog(&["lint", "--all"]).expect("it runs");
    insta::assert_snapshot!("lint", text);
    assert!(text.contains("\n0 findings in 3 dialects; "), "{text}");
    let report: serde_json::Value = serde_json::from_str(
        &catalog(&["lint", "baidu-face", "--all", "--format", "json"]).expect("it runs"),
    )
    .expect("JSON");
    let finding =
        report["findings"].as_array().expect("a list").iter().find(|finding| finding["code"] == 222_205);
    let finding = finding.expect("the slip in 222205");
    assert_eq!((&finding["kind"], &finding["table"]), (&"likely-typo".into(), &"face".into()));
    let file = std::fs::read_to_string(finding["file"].as_str().expect("a path")).expect("the file is there");
    let line = finding["line"].as_u64().expect("a line") as usize;
    assert_eq!(file.lines().skip(line - 1).take(2).collect::<Vec<_>>(), ["[[row]]", "code = 222205"]);
}

#[test]
fn documents_and_tables_are_compared() {
    let _guard = snapshots();
    let old =
        "code,message,meaning,remedy\n1,one,一，啊,改\n2,two,二,\n3,three,三,\n-10,minus ten,负十,重试\n";
    let new = "<h2>Codes</h2><table><tr><th>code<th>message<th>meaning<th>remedy\n<tr><td>1<td>one<td>一,啊<td>改\n\
               <tr><td>3<td>drei<td>三 次<td>再试|重来\n<tr><td>4<td>four<td>四<td>\n<tr><td>-10<td>minus ten<td>负十<td>请重试</table>";
    let (folder, old_path) = document("old.csv", old);
    let new_path = folder.path().join("new.html");
    std::fs::write(&new_path, new).expect("written");
    let new_path = new_path.to_str().expect("UTF-8");
    let named = |text: String| text.replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!("diff.text", named(catalog(&["diff", &old_path, new_path]).expect("it runs")));
    insta::assert_snapshot!(
        "diff.all",
        named(catalog(&["diff", &old_path, new_path, "--all"]).expect("it runs"))
    );
    insta::assert_snapshot!(
        "diff.markdown",
        named(catalog(&["diff", &old_path, new_path, "--format", "markdown"]).expect("it runs"))
    );
    insta::assert_snapshot!(
        "diff.json",
        named(catalog(&["diff", &old_path, new_path, "--format", "json"]).expect("it runs"))
    );
    deviating(&["diff", &old_path, new_path, "--fail-on", "major"]);
    assert_eq!(
        catalog(&["diff", &old_path, &old_path, "--fail-on", "patch"]).expect("it runs"),
        format!("{old_path} and {old_path} say the same\n")
    );
    assert!(
        refused(&["diff", "tencent-ci/fase", "tencent-ci"]).starts_with("tencent-ci has no table named fase")
    );
    assert!(
        refused(&["diff", "nothing", "tencent-ci"])
            .starts_with("nothing is no dialect, DIALECT/TABLE, folder")
    );
}

#[test]
fn tables_of_the_corpus_are_compared_with_all_that_they_say() {
    let text = catalog(&["diff", "tencent-ci/face", "tencent-ci/face-management"]).expect("it runs");
    assert!(text.contains("- 16") && text.contains("~ 6") && text.contains("verdict: major"), "{text}");
    let tables = catalog(&["diff", "tencent-faceid", "corpus/dialects/tencent-faceid"]).expect("it runs");
    assert_eq!(tables, "tencent-faceid and corpus/dialects/tencent-faceid say the same\n");
}

#[test]
fn a_document_is_watched() {
    let committed = bundled("tencent-faceid").expect("the dialect reads").table("paas").expect("the table");
    let rows: Vec<_> = committed
        .rows
        .iter()
        .map(|row| {
            let billed = if row.billed == Some(true) { "是" } else { "否" };
            format!("| {} | {} | {billed} |", row.code, row.meaning.replace('|', "\\|"))
        })
        .collect();
    let page = format!("# PaaS类错误码\n| 错误码 | 含义 | 是否计费 |\n|-|-|-|\n{}\n", rows.join("\n"));
    let (folder, path) = document("page.md", &page);
    let watch = ["watch", &path, "--against", "tencent-faceid", "--table", "paas"];
    assert_eq!(catalog(&watch).expect("it runs"), format!("{path}: 12 rows, as committed\n"));
    std::fs::write(&path, page.replacen("| 是 |", "| 否 |", 1)).expect("written");
    let text = deviating(&watch);
    assert!(
        text.contains("billed") && text.contains("yes → no") && text.contains("verdict: major"),
        "{text}"
    );
    let error = refused(&["watch", &path, "--against", "tencent-faceid"]);
    assert!(
        error.starts_with("no table was read from page.md; sources are: 003_c9956eb04025ce2e.txt"),
        "{error}"
    );
    assert!(
        refused(&["watch", &path, "--against", folder.path().to_str().expect("UTF-8")])
            .ends_with("dialect.toml: the file is missing")
    );
}

#[test]
fn the_shape_of_a_document_may_be_named() {
    let (_folder, path) = document("codes.txt", "1,one\n2,two\n");
    assert!(catalog(&["import", &path, "--as", "csv"]).is_ok_and(|table| table.contains("code = 2")));
    assert!(refused(&["import", &path, "--as", "html"]).contains("there is no error table"));
}

/// Takes one table of a document and gives its rows as `code message | meaning`.
fn rows_of(words: &[&str]) -> Vec<String> {
    let table = from_toml(&catalog(words).expect("the table")).expect("it reads");
    let rows = table
        .rows
        .iter()
        .map(|row| format!("{} {} | {}", row.code, row.message.as_deref().unwrap_or("-"), row.meaning));
    rows.collect()
}

#[test]
fn tables_are_taken_as_people_have_them() {
    let marked = "| 错误码 | 含义 |\n|---|---|\n| `-1101` | 甲 |\n| **-1102** | 乙 |\n";
    let (_folder, path) = document("marked.md", marked);
    assert_eq!(rows_of(&["import", &path]), ["-1101 - | 甲", "-1102 - | 乙"]);

    let unpiped = "通用\n===\n~~~\n| 错误码 | 含义 |\n|-|-|\n| 9 | 例 |\n~~~\n错误码 | 错误名称 | 错误描述\n-- | -- | --\n400 | BAD<br>WORSE | 甲<br>乙\n400 | NO | 丙\n";
    let (_folder, path) = document("unpiped.md", unpiped);
    assert_eq!(rows_of(&["import", &path]), ["400 - | 甲乙", "400 - | 丙"]);
    let named = rows_of(&["import", &path, "--column", "message=错误名称"]);
    assert_eq!(named, ["400 BAD WORSE | 甲乙", "400 NO | 丙"]);
    assert_eq!(
        rows_of(&["import", &path, "--column", "message=错误描述"]),
        ["400 甲乙 | 甲乙", "400 丙 | 丙"]
    );

    let html = "# 错误码\n\n### 1. 公共\n\n<table>\n<tr><th>返回码 (code)</th><th>说明（message）</th></tr>\n\n<tr><td>10000</td><td>甲</td></tr>\n</table>\n\n\
                ### 2. 业务\n\n<table><tr><th>业务错误码（status）</th><th>对应message说明</th><th>说明</th></tr>\n<tr><td>12002</td><td>absent</td><td>丙</td></tr></table>\n";
    let (_folder, path) = document("page.md", html);
    let list = refused(&["import", &path]);
    assert!(
        list.contains("1  rows: 1  line 5   公共") && list.contains("2  rows: 1  line 13  业务"),
        "{list}"
    );
    assert_eq!(rows_of(&["import", &path, "--number", "2"]), ["12002 absent | 丙"]);
}

#[test]
fn an_odd_table_is_listed_with_its_faults_and_keeps_no_other_out() {
    let text = "# one\n| 错误码 | 说明 |\n|-|-|\n| 1 | 甲 |\n\n| 类型 | 错误码 | 说明 |\n|-|-|-|\n| 短暂 | 1, 2 | 稍后 |\n";
    let (_folder, path) = document("several.md", text);
    assert!(
        refused(&["import", &path]).ends_with("2  rows: 0  line 6  one  1 fault"),
        "{}",
        refused(&["import", &path])
    );
    assert_eq!(rows_of(&["import", &path, "--number", "1"]), ["1 - | 甲"]);
    assert!(refused(&["import", &path, "--number", "2"]).contains("line 8, column 8: `1, 2` is no code"));
    assert!(
        catalog(&["diff", &path, &path]).is_ok_and(|told| told.contains("say the same")),
        "the sound one is compared"
    );
}

#[test]
fn a_table_that_is_there_keeps_what_people_wrote() {
    let (folder, path) = document("codes.csv", "1,one\n2,two\n");
    let file = folder.path().join("codes.toml").to_str().expect("UTF-8").to_owned();
    catalog(&["import", &path, "--table", "own", "-o", &file]).expect("written");
    let text = std::fs::read_to_string(&file).expect("the file");
    let glossed = text.replacen(
        "gloss = \"\"\nline = 1",
        "gloss = \"the first\"\nline = 1\ncondition = \"parameter-empty\"",
        1,
    );
    std::fs::write(&file, glossed).expect("written");
    std::fs::write(&path, "1,eins\n3,drei\n").expect("written");
    catalog(&["import", &path, "-o", &file]).expect("written");
    let table = from_toml(&std::fs::read_to_string(&file).expect("the file")).expect("it reads");
    assert_eq!((table.id.as_str(), table.rows.len()), ("own", 2));
    let first = &table.rows[0];
    assert_eq!(
        (first.meaning.as_str(), first.gloss.as_str(), first.condition.as_deref()),
        ("eins", "the first", Some("parameter-empty"))
    );

    std::fs::write(&file, "[package]\n").expect("written");
    let error = refused(&["import", &path, "-o", &file]);
    assert!(
        error.starts_with(&format!("{file} is there and is no table, so it is not written over")),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "[package]\n");
}

#[test]
fn a_document_in_another_encoding_is_told_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("the codes.csv");
    // 错误码,含义 and 必要参数未传入 in GBK.
    let bytes = b"\xb4\xed\xce\xf3\xc2\xeb,\xba\xac\xd2\xe5\n1,\xb1\xd8\xd2\xaa\xb2\xce\xca\xfd\xce\xb4\xb4\xab\xc8\xeb\n";
    std::fs::write(&path, bytes).expect("written");
    let path = path.to_str().expect("UTF-8");
    assert_eq!(
        refused(&["import", path]),
        format!(
            "{path} is not in UTF-8 from byte 0 on; it seems to be in GBK. To convert it: iconv -f GBK -t UTF-8 '{path}' > '{path}.utf-8'"
        )
    );
}
