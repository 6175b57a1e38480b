//! Recognises the shape of a document and collects its tables.

use crate::catalog::{Fault, ImportErrors, ImportFault, ImportedTable, markdown, stacked, tabbed};

/// Reads all error tables of a document.
///
/// Three shapes are known: Markdown tables under headings, where tables without an error-code column are passed over;
/// one cell a line between lines that hold only `|`; and tab-separated lines. The vendor's text is kept as it is, but
/// for the white space around a cell and the line breaks inside one.
///
/// # Errors
/// All faults of the document with line and column, in the order of the lines; nothing is imported from a document that
/// has any.
pub fn import(text: &str) -> Result<Vec<ImportedTable>, ImportErrors> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Vec::new();
    let tables = if text.lines().any(markdown::is_delimiter) {
        markdown::read(text, &mut faults)
    } else if text.lines().any(|line| line.trim() == stacked::SEPARATOR) {
        vec![stacked::read(text, &mut faults)]
    } else if text.contains('\t') {
        vec![tabbed::read(text, &mut faults)]
    } else {
        Vec::new()
    };
    if tables.is_empty() && faults.is_empty() {
        faults.push(ImportFault { line: 1, column: 1, fault: Fault::NoTable });
    }
    for table in &tables {
        faults.extend(table.inconsistencies());
    }
    if faults.is_empty() {
        return Ok(tables);
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(ImportErrors(faults))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use lianpu_corpus::Code;
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str) -> String {
        import(text).expect_err("the document is faulty").to_string()
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let document = "# Codes\n\n| code | meaning | billed |\n|---|---|---|\n| 1 | one | yes |\n| 1 | again | no |\n\
                        | two words | x | no |\n| 3 | | maybe |\n| 4 | four |\n";
        assert_snapshot!(refused(document), @r"
        line 6, column 1: code 1 stands in line 5 already; a table has each code once
        line 7, column 3: `two words` is no code: one word of letters, digits, `.`, `_` and `-` is expected
        line 8, column 7: the meaning is empty
        line 8, column 9: `maybe` is neither yes (是) nor no (否)
        line 9, column 1: the row has 2 cells, 3 were expected
        ");
    }

    #[test]
    fn a_document_without_a_table_is_refused() {
        assert_snapshot!(refused("nothing to see"), @"line 1, column 1: there is no error table: neither a Markdown table with an error-code column, nor cells between lines of `|`, nor tab-separated lines");
        assert_snapshot!(refused("| field | type |\n|---|---|\n| code | Int |\n"), @"line 1, column 1: there is no error table: neither a Markdown table with an error-code column, nor cells between lines of `|`, nor tab-separated lines");
    }

    #[test]
    fn a_column_nobody_knows_is_not_dropped() {
        assert_snapshot!(refused("| code | meaning | colour |\n|---|---|---|\n| 1 | one | red |\n"), @"line 1, column 20: the column `colour` is unknown; known are code (错误码), message (错误信息), meaning (含义), remedy (解决方案), billed (是否计费)");
    }

    #[test]
    fn the_three_shapes_agree() {
        let markdown =
            "## 2. Codes\n|错误码|错误信息|含义|解决方案|\n|-|-|-|-|\n|-7|not good|很不 好|改\\|掉|\n";
        let stacked = "-7\n|\nnot\ngood\n|\n很\n不 好\n|\n改|掉\n|\n";
        let tabbed = "-7 \tnot good \t很不 好\t改|掉";
        let [from_markdown] = import(markdown).expect("it is sound").try_into().expect("one table");
        let [from_stacked] = import(stacked).expect("it is sound").try_into().expect("one table");
        let [from_tabs] = import(tabbed).expect("it is sound").try_into().expect("one table");
        assert_eq!(from_markdown.title, "Codes");
        assert_eq!(from_markdown.rows[0].code, Code::Int(-7));
        assert_eq!(from_markdown.rows[0].remedy.as_deref(), Some("改|掉"));
        for mut other in [from_stacked, from_tabs] {
            other.rows[0].line = from_markdown.rows[0].line;
            assert_eq!(other.rows, from_markdown.rows);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = import(&text);
        }

        #[test]
        fn no_table_like_text_makes_it_panic(text in "(#{0,2}|\\||-|[\t\n 错误码含义a1]|\\\\|```|是){0,120}") {
            let _ = import(&text);
        }
    }
}
