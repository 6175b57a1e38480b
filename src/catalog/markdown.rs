//! Markdown tables under headings. Only those with an error-code column count; fenced code is passed over.

use crate::catalog::cell::Cell;
use crate::catalog::row::row;
use crate::catalog::{ImportFault, ImportMistake, ImportedTable, header};

/// Whether the line stands between the header and the rows of a table: `| --- | :-: |`.
pub(super) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// All error tables of a document.
pub(super) fn read(text: &str, faults: &mut Vec<ImportMistake>) -> Vec<ImportedTable> {
    let mut tables = Vec::new();
    let mut title = String::new();
    let mut fenced = false;
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        if let Some(heading) = line.strip_prefix('#') {
            without_numbering(heading.trim_start_matches('#').trim()).clone_into(&mut title);
        }
        if !is_row(line) || lines.next_if(|(_, next)| is_delimiter(next)).is_none() {
            continue;
        }
        let mut body = Vec::new();
        while let Some((number, line)) = lines.next_if(|(_, next)| is_row(next)) {
            body.push(cells(line, number));
        }
        let header = cells(line, number);
        if !header::heads_errors(&header) {
            continue;
        }
        if body.is_empty() {
            faults.push(ImportMistake { line: number, column: 1, fault: ImportFault::NoRows });
        }
        if let Some(columns) = header::of_header(&header, faults) {
            let rows = body.iter().filter_map(|cells| row(cells, &columns, faults)).collect();
            tables.push(ImportedTable { title: title.clone(), line: number, rows });
        }
    }
    tables
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// `11.  Codes` without the number of its section.
pub(super) fn without_numbering(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = rest.len() < heading.len() && rest.starts_with(char::is_whitespace);
    if numbered { rest.trim_start() } else { heading }
}

/// The cells of a line between its pipes; `\|` is a pipe inside a cell.
fn cells(line: &str, number: u32) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut text = String::new();
    let mut begins = None;
    let mut push = |text: &mut String, column| {
        cells.push(Cell { text: text.trim().to_owned(), line: number, column });
        text.clear();
    };
    let mut characters = (1..).zip(line.chars()).skip_while(|(_, c)| *c != '|').skip(1).peekable();
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
        push(&mut text, column); // the last pipe may be left out
    }
    cells
}
