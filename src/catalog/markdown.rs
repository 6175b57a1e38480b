//! Markdown tables under headings. Only those with an error-code column count; what is code is passed over.
//!
//! The blocks are those of CommonMark. Of a table the cells are taken as they are written, so that the vendor's text stays; and
//! a paragraph that holds a line like `|---|---|` is a table too, for people write one right below a text, or with one dash too few.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::catalog::cell::Cell;
use crate::catalog::position::Positions;
use crate::catalog::reading::{Noticed, Reading};
use crate::catalog::row::{row, unwrapped};
use crate::catalog::{ImportFault, ImportedTable, header};

/// Whether the line stands between the header and the rows of a table: `| --- | :-: |`.
pub(super) fn is_delimiter(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// A document taken apart into what may matter.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The headings without marks and numbering, each with the byte where it begins.
    headings: Vec<(usize, String)>,
    /// The lines of what may be tables, the header first.
    tables: Vec<Vec<Range<usize>>>,
    /// What is code.
    code: Vec<Range<usize>>,
}

impl Blocks {
    pub(super) fn of(text: &str) -> Self {
        let mut blocks = Self::default();
        let mut heading: Option<(usize, String)> = None;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some((range.start, String::new())),
                Event::End(TagEnd::Heading(_)) => blocks.headings.extend(heading.take().map(numbered)),
                Event::Start(Tag::CodeBlock(_)) => blocks.code.push(range),
                Event::Start(Tag::Table(_)) => blocks.tables.push(Vec::new()),
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    if let Some(rows) = blocks.tables.last_mut() {
                        rows.push(range);
                    }
                }
                Event::Start(Tag::Paragraph) => blocks.tables.extend(table_in(text, range)),
                Event::Text(words) | Event::Code(words) => {
                    if let Some((_, title)) = &mut heading {
                        title.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        blocks
    }

    /// The heading above a byte.
    pub(super) fn title(&self, at: usize) -> String {
        let above = self.headings.iter().rev().find(|(begins, _)| *begins <= at);
        above.map_or_else(String::new, |(_, title)| title.clone())
    }

    /// The text with white space in place of code.
    pub(super) fn without_code(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for range in &self.code {
            bytes[range.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

fn numbered((begins, title): (usize, String)) -> (usize, String) {
    (begins, without_numbering(title.trim()).to_owned())
}

/// The lines of the table that a paragraph holds.
fn table_in(text: &str, paragraph: Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut at = paragraph.start;
    let lines = text.get(paragraph)?.split_inclusive('\n').map(|line| {
        at += line.len();
        (line, at - line.len()..at)
    });
    let lines: Vec<_> = lines.collect();
    let delimiter = lines.iter().position(|(line, _)| is_delimiter(line.trim()))?;
    let header = lines.get(delimiter.checked_sub(1)?).filter(|(line, _)| line.contains('|'))?;
    let rows = lines[delimiter + 1..].iter().take_while(|(line, _)| line.contains('|'));
    Some(std::iter::once(header).chain(rows).map(|(_, range)| range.clone()).collect())
}

/// All error tables of a document.
pub(super) fn read(text: &str, blocks: &Blocks, reading: &Reading) -> Vec<ImportedTable> {
    let mut positions = Positions::new(text);
    let mut tables = Vec::new();
    for rows in &blocks.tables {
        let mut lines = rows.iter().filter_map(|row| {
            let line = text.get(row.clone())?;
            Some((row.start, cells(line, positions.of(row.start))))
        });
        let Some((begins, header)) = lines.next() else { continue };
        let mut noticed = Noticed::default();
        let Some(columns) = header::of_errors(&header, reading, &mut noticed) else { continue };
        // Below a table of several columns a line without a pipe is text.
        let body: Vec<_> =
            lines.map(|(_, cells)| cells).filter(|cells| cells.len() > 1 || columns.len() == 1).collect();
        let line = header.first().map_or(1, |cell| cell.line);
        if body.is_empty() {
            noticed.fault((line, 1), ImportFault::NoRows);
        }
        let rows = body.iter().filter_map(|cells| row(cells, &columns, &mut noticed)).collect();
        tables.push(ImportedTable::new(blocks.title(begins), line, rows, noticed));
    }
    tables
}

/// `11.  Codes` without the number of its section.
pub(super) fn without_numbering(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = rest.len() < heading.len() && rest.starts_with(char::is_whitespace);
    if numbered { rest.trim_start() } else { heading }
}

/// The cells of a line that begins at a place. The first pipe and the last may be left out; `\|` is a pipe inside a cell.
fn cells(line: &str, (number, first): (u32, u32)) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut text = String::new();
    let mut begins = None;
    let mut push = |text: &mut String, column| {
        cells.push(Cell { text: unwrapped(&with_breaks(text)), line: number, column });
        text.clear();
    };
    let mut characters = (first..).zip(line.chars()).skip_while(|(_, c)| c.is_whitespace()).peekable();
    characters.next_if(|(_, c)| *c == '|');
    while let Some((column, character)) = characters.next() {
        match character {
            '|' => push(&mut text, begins.take().unwrap_or(column)),
            _ if character.is_whitespace() => text.push(character),
            _ => {
                begins.get_or_insert(column);
                let escaped =
                    if character == '\\' { characters.next_if(|(_, next)| *next == '|') } else { None };
                text.push(escaped.map_or(character, |(_, pipe)| pipe));
            }
        }
    }
    if let Some(column) = begins {
        push(&mut text, column);
    }
    cells
}

/// A cell with line breaks where it says `<br>`.
fn with_breaks(text: &str) -> String {
    let mut parts = text.split('<');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((tag, rest)) if tag.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br") => {
                whole.push('\n');
                whole.push_str(rest);
            }
            _ => {
                whole.push('<');
                whole.push_str(part);
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn told(text: &str) -> String {
        let tables = read(text, &Blocks::of(text), &Reading::default());
        let lines = tables.iter().flat_map(|table| {
            let faults = table.faults.iter().map(|fault| format!("  {fault}"));
            let rows = table.rows.iter().map(|row| {
                format!(
                    "  {} line {}: {} {}",
                    row.code,
                    row.line,
                    row.meaning,
                    row.remedy.as_deref().unwrap_or("-")
                )
            });
            let head = format!("{} (line {})", table.title, table.line);
            std::iter::once(head).chain(rows).chain(faults).collect::<Vec<_>>()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn tables_are_written_in_many_ways() {
        let text = "Codes\n=====\n\ncode | meaning\n:-: | --\n1 | one\n2 | two |\n\n## 3. *More* `codes`\nA text right above\n\
                    | code | meaning | remedy |\n|---|---|\n| `3` | a \\| b<br/>c | 改<BR>掉 |\nand below\n\n\
                    - in a list\n\n  | code | meaning |\n  |---|---|\n  | **4** | four |\n\n> | code | meaning |\n> |-|-|\n> | 5 | five |\n";
        assert_snapshot!(told(text), @r"
        Codes (line 4)
          1 line 6: one -
          2 line 7: two -
        More codes (line 11)
          3 line 13: a | b c 改掉
        More codes (line 18)
          4 line 20: four -
        More codes (line 22)
          5 line 24: five -
        ");
    }

    #[test]
    fn what_is_code_is_no_table() {
        let table = "| code | meaning |\n|---|---|\n| 1 | one |\n";
        let indented = table.split_inclusive('\n').fold(String::new(), |text, line| text + "    " + line);
        let text = format!("# a\n```\n{table}```\n\n~~~text\n{table}~~~\n\n{indented}\n# b\n{table}");
        assert_snapshot!(told(&text), @r"
        b (line 19)
          1 line 21: one -
        ");
    }
}
