//! Recognises the shape of a document and collects its tables.

use crate::catalog::markdown::Blocks;
use crate::catalog::reading::Reading;
use crate::catalog::recognise::shape_of;
use crate::catalog::{
    ImportErrors, ImportFault, ImportMistake, ImportedTable, Shape, html, markdown, separated, stacked,
};

/// Reads all error tables of a document.
///
/// Markdown and HTML pages may have several, and tables without an error-code column are passed over; the other shapes are
/// one table. The vendor's text is kept as it is, but for the white space around a cell and the line breaks inside one. A table
/// that cannot be taken is among them, with its faults.
///
/// # Errors
/// The document has no error table, or none that can be taken: all faults with line and column, in the order of the lines.
pub fn import(text: &str, reading: &Reading) -> Result<Vec<ImportedTable>, ImportErrors> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(shape) = reading.shape.or_else(|| shape_of(text)) else { return no_table() };
    let tables = match shape {
        Shape::Markdown => of_markdown(text, reading),
        Shape::Html => html::read(text, reading),
        Shape::Cells => vec![stacked::read(text, reading)],
        Shape::Tabs => vec![separated::read(text, b'\t', reading)],
        Shape::Commas => vec![separated::read(text, b',', reading)],
    };
    if tables.is_empty() {
        return no_table();
    }
    if tables.iter().all(|table| !table.faults.is_empty()) {
        let mut faults: Vec<_> = tables.into_iter().flat_map(|table| table.faults).collect();
        faults.sort_by_key(|fault| (fault.line, fault.column));
        return Err(ImportErrors(faults));
    }
    Ok(tables)
}

/// A page in Markdown may keep error tables in HTML, under headings of either kind.
fn of_markdown(text: &str, reading: &Reading) -> Vec<ImportedTable> {
    let blocks = Blocks::of(text);
    let mut tables = markdown::read(text, &blocks, reading);
    let page = blocks.without_code(text);
    if html::has_table(&page) {
        tables.extend(html::read(&page, reading).into_iter().map(|mut table| {
            if table.title.is_empty() {
                table.title = blocks.title(line_begins(text, table.line));
            }
            table
        }));
        tables.sort_by_key(|table| table.line);
    }
    tables
}

/// The byte at which a line begins.
fn line_begins(text: &str, line: u32) -> usize {
    text.split_inclusive('\n').take((line as usize).saturating_sub(1)).map(str::len).sum()
}

fn no_table() -> Result<Vec<ImportedTable>, ImportErrors> {
    Err(ImportErrors(vec![ImportMistake { line: 1, column: 1, fault: ImportFault::NoTable }]))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use lianpu_corpus::Code;
    use proptest::prelude::*;

    use super::*;

    fn import(text: &str) -> Result<Vec<ImportedTable>, ImportErrors> {
        super::import(text, &Reading::default())
    }

    fn refused(text: &str) -> String {
        import(text).expect_err("the document is faulty").to_string()
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let document = "# Codes\n\n| code | meaning | billed |\n|---|---|---|\n| 1 | one | yes |\n| 1 | again | no |\n\
                        | two words | x | no |\n| 3 | | maybe |\n| 4 | four |\n";
        assert_snapshot!(refused(document), @r"
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

    /// The tables by title, with what was noticed about them.
    fn noticed(text: &str) -> String {
        let lines = import(text).expect("it is sound").into_iter().flat_map(|table| {
            let rows = table.rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>().join(" ");
            let faults = table.faults.iter().map(|fault| format!("  fault in {fault}"));
            let notes = table.notes.iter().map(|note| format!("  {note}"));
            let head = format!("{}(line {}): {rows}", table.title, table.line).trim_end().to_owned();
            std::iter::once(head).chain(faults).chain(notes).collect::<Vec<_>>()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_left_out_or_read_otherwise_is_noted() {
        let document = "| No. | code | message |\n|---|---|---|\n| 1 | －７ | one |\n| 2 | −8 | two |\n| 3 | -7 | three |\n";
        assert_snapshot!(noticed(document), @r"
        (line 1): -7 -8 -7
          line 1, column 3: the column `No.` is left out; --column COLUMN=No. takes it for one of code, message, meaning, remedy, billed
          line 1, column 16: no column tells the meaning (含义); the message stands for it
          line 3, column 7: `－７` is read as -7
          line 4, column 7: `−8` is read as -8
          line 5, column 1: code -7 stands in line 3 already; both rows are kept
        ");
    }

    #[test]
    fn one_odd_table_does_not_keep_the_others_out() {
        let document = "# One\n| 错误码 | 含义 |\n|-|-|\n| 1 | 甲 |\n\n# Two\n| 类型 | 错误码 | 说明 |\n|-|-|-|\n| 短暂 | 1, 2 | 稍后 |\n\n\
                        # Three\n<table><tr><th>错误码（status）<th>说明<tr><td>3<td>丙</table>\n\n```html\n<table><tr><td>错误码<td>含义<tr><td>4<td>丁</table>\n```\n";
        assert_snapshot!(noticed(document), @r"
        One(line 2): 1
        Two(line 7):
          fault in line 9, column 8: `1, 2` is no code: one word of letters, digits, `.`, `_` and `-` is expected
          line 7, column 3: the column `类型` is left out; --column COLUMN=类型 takes it for one of code, message, meaning, remedy, billed
        Three(line 12): 3
        ");
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
        assert_snapshot!(noticed("code,meaning,colour\r\n1,one,red\r\n"), @r"
        (line 1): 1
          line 1, column 14: the column `colour` is left out; --column COLUMN=colour takes it for one of code, message, meaning, remedy, billed
        ");
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
                let _ = super::import(&text, &Reading { shape: Some(shape), ..Reading::default() });
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
