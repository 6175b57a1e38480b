//! Recognises the shape of a document and collects its tables.

use crate::catalog::{
    ImportErrors, ImportFault, ImportMistake, ImportedTable, Shape, html, markdown, separated, stacked,
};

/// Reads all error tables of a document, whatever its shape.
///
/// Markdown and HTML pages may have several, and tables without an error-code column are passed over; the other shapes are
/// one table. The vendor's text is kept as it is, but for the white space around a cell and the line breaks inside one.
///
/// # Errors
/// All faults of the document with line and column, in the order of the lines; nothing is imported from a document that
/// has any.
pub fn import(text: &str) -> Result<Vec<ImportedTable>, ImportErrors> {
    let Some(shape) = Shape::of(text) else { return refuse(vec![no_table()]) };
    import_as(text, shape)
}

/// Reads all error tables of a document of this shape.
///
/// # Errors
/// As [`import`].
pub fn import_as(text: &str, shape: Shape) -> Result<Vec<ImportedTable>, ImportErrors> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Vec::new();
    let tables = match shape {
        // A page in Markdown may keep its error tables in HTML.
        Shape::Markdown => match markdown::read(text, &mut faults) {
            none if none.is_empty() && faults.is_empty() => html::read(text, &mut faults),
            tables => tables,
        },
        Shape::Html => html::read(text, &mut faults),
        Shape::Cells => vec![stacked::read(text, &mut faults)],
        Shape::Tabs => vec![separated::read(text, b'\t', &mut faults)],
        Shape::Commas => vec![separated::read(text, b',', &mut faults)],
    };
    if tables.is_empty() && faults.is_empty() {
        faults.push(no_table());
    }
    for table in &tables {
        faults.extend(table.inconsistencies());
    }
    if faults.is_empty() { Ok(tables) } else { refuse(faults) }
}

const fn no_table() -> ImportMistake {
    ImportMistake { line: 1, column: 1, fault: ImportFault::NoTable }
}

fn refuse(mut faults: Vec<ImportMistake>) -> Result<Vec<ImportedTable>, ImportErrors> {
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
        assert_snapshot!(refused("nothing to see"), @"line 1, column 1: there is no error table: neither a Markdown or HTML table with an error-code column, nor cells between lines of `|`, nor lines separated by tabs or commas that begin with a code");
        assert_snapshot!(refused("| field | type |\n|---|---|\n| code | Int |\n"), @"line 1, column 1: there is no error table: neither a Markdown or HTML table with an error-code column, nor cells between lines of `|`, nor lines separated by tabs or commas that begin with a code");
    }

    #[test]
    fn a_column_nobody_knows_is_not_dropped() {
        assert_snapshot!(refused("| code | meaning | colour |\n|---|---|---|\n| 1 | one | red |\n"), @"line 1, column 20: the column `colour` is unknown; known are code (错误码), message (错误信息), meaning (含义), remedy (解决方案), billed (是否计费)");
    }

    #[test]
    fn the_shapes_agree() {
        let markdown =
            "## 2. Codes\n|错误码|错误信息|含义|解决方案|\n|-|-|-|-|\n|-7|not good|很不 好|改\\|掉|\n";
        let stacked = "-7\n|\nnot\ngood\n|\n很\n不 好\n|\n改|掉\n|\n";
        let tabbed = "-7 \tnot good \t很不 好\t改|掉";
        let commas = "错误码,错误信息,含义,解决方案\r\n-7,\"not\r\ngood\",很不 好,改|掉\r\n";
        let html = "<table><tr><th>错误码<th>错误信息<th>含义<th>解决方案<tr><td>-7<td>not\ngood<td>很不 好<td>改|掉</table>";
        let [from_markdown] = import(markdown).expect("it is sound").try_into().expect("one table");
        let [from_stacked] = import(stacked).expect("it is sound").try_into().expect("one table");
        let [from_tabs] = import(tabbed).expect("it is sound").try_into().expect("one table");
        let [from_commas] = import(commas).expect("it is sound").try_into().expect("one table");
        let [from_html] = import(html).expect("it is sound").try_into().expect("one table");
        assert_eq!(from_markdown.title, "Codes");
        assert_eq!(from_markdown.rows[0].code, Code::Int(-7));
        assert_eq!(from_markdown.rows[0].remedy.as_deref(), Some("改|掉"));
        for mut other in [from_stacked, from_tabs, from_commas, from_html] {
            other.rows[0].line = from_markdown.rows[0].line;
            assert_eq!(other.rows, from_markdown.rows);
        }
    }

    #[test]
    fn separated_cells_are_taken_as_they_are_unless_quoted_as_a_whole() {
        let rows = |text: &str| import(text).expect("it is sound").remove(0).rows;
        assert_eq!(rows("1\t\"a\" or b\n")[0].meaning, "\"a\" or b");
        assert_eq!(rows("1,\"a, \"\"b\"\"\"\n2,c\n")[0].meaning, "a, \"b\"");
        assert_eq!(
            rows("\n 1 ,x\n\n,\n2,\"y\nz\"\n3,w")[1..].iter().map(|row| row.line).collect::<Vec<_>>(),
            [5, 7]
        );
    }

    #[test]
    fn faults_of_separated_cells_have_their_place() {
        assert_snapshot!(refused("code,meaning\n1,\n2 x, y\n3,z,w\n4,\"open\n5,b\n"), @r"
        line 2, column 3: the meaning is empty
        line 3, column 1: `2 x` is no code: one word of letters, digits, `.`, `_` and `-` is expected
        line 4, column 1: the row has 3 cells, 2 were expected
        line 5, column 3: the quote that opens this cell is never closed; double quotes inside a quoted cell
        ");
        assert_snapshot!(refused("code,meaning,colour\r\n1,one,red\r\n"), @"line 1, column 14: the column `colour` is unknown; known are code (错误码), message (错误信息), meaning (含义), remedy (解决方案), billed (是否计费)");
    }

    #[test]
    fn prose_with_commas_is_no_table() {
        assert!(import("nothing, to see").is_err_and(|errors| errors.0[0].fault == ImportFault::NoTable));
    }

    proptest! {
        #[test]
        fn no_page_or_separated_text_makes_it_panic(
            text in "(<(/?(table|tr|td|th|br|h1|caption|script|!--)( (col|row)span=[0-9a]{1,3})?)>|&amp;|&#|错误码|含义|code|meaning|-?1|,|\"|\t|\r?\n| ){0,80}",
        ) {
            for shape in Shape::ALL {
                let _ = import_as(&text, shape);
            }
            let _ = import(&text);
        }

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
