//! HTML tables under headings. Only those whose first row names an error code count.
//!
//! The page is read token by token, as browsers do, so that any page is read; what a cell spans is repeated where it reaches,
//! and a row that is one wide cell is a heading inside the table.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Spanned, StartTag, Token, Tokenizer};

use crate::catalog::cell::Cell;
use crate::catalog::markdown::without_numbering;
use crate::catalog::position::Positions;
use crate::catalog::reading::{Noticed, Reading};
use crate::catalog::row::{row, unwrapped};
use crate::catalog::{ImportFault, ImportedTable, header};

/// As many rows or columns as a cell may span; more is a mistake of the page.
const WIDEST: usize = 100;

/// Elements whose text nobody sees.
const UNSEEN: [&str; 4] = ["script", "style", "template", "noscript"];

/// Elements that begin or end a line.
const BLOCKS: [&str; 8] = ["br", "p", "div", "li", "ul", "ol", "pre", "hr"];

/// Whether a text has an HTML table.
pub(super) fn has_table(text: &str) -> bool {
    let mut starts = text.match_indices('<').map(|(at, _)| at + 1);
    starts.any(|at| text.get(at..at + 5).is_some_and(|name| name.eq_ignore_ascii_case("table")))
}

/// All error tables of a page, in the order of their ends.
pub(super) fn read(text: &str, reading: &Reading) -> Vec<ImportedTable> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page {
        positions: Positions::new(text),
        open: Vec::new(),
        title: String::new(),
        heading: None,
        tables: Vec::new(),
    };
    let mut unseen: Option<String> = None;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = name(&tag.name);
                if unseen.is_none() && UNSEEN.contains(&name.as_str()) && !tag.self_closing {
                    unseen = Some(name);
                } else if unseen.is_none() {
                    page.begin(&name, &tag);
                }
            }
            Token::EndTag(tag) => {
                let name = name(&tag.name);
                if unseen.as_ref() == Some(&name) {
                    unseen = None;
                } else if unseen.is_none() {
                    page.end(&name, reading);
                }
            }
            Token::String(string) if unseen.is_none() => page.string(&string),
            _ => {}
        }
    }
    while !page.open.is_empty() {
        page.end("table", reading);
    }
    page.tables
}

fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

/// What is known of the page so far.
struct Page<'t> {
    positions: Positions<'t>,
    /// The tables that are open, the innermost last.
    open: Vec<OpenTable>,
    title: String,
    /// The text of the heading or caption that is open.
    heading: Option<String>,
    tables: Vec<ImportedTable>,
}

#[derive(Default)]
struct OpenTable {
    title: String,
    line: u32,
    rows: Vec<Vec<Cell>>,
    row: Option<OpenRow>,
    /// What cells above reach down, by column: how many rows more, and their text.
    reaching: Vec<Option<(usize, String)>>,
    noticed: Noticed,
}

struct OpenRow {
    place: (u32, u32),
    cells: Vec<Cell>,
    cell: Option<OpenCell>,
    /// Whether the only cell so far spans several columns.
    is_heading: bool,
}

struct OpenCell {
    text: String,
    place: Option<(u32, u32)>,
    tag: (u32, u32),
    columns: usize,
    rows: usize,
}

impl Page<'_> {
    fn begin(&mut self, name: &str, tag: &StartTag<usize>) {
        let place = self.positions.of(tag.span.start);
        match name {
            "table" => {
                let title = self.title.clone();
                self.open.push(OpenTable { title, line: place.0, ..OpenTable::default() });
            }
            "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = Some(String::new()),
            "tr" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_row();
                    table.row = Some(OpenRow { place, cells: Vec::new(), cell: None, is_heading: false });
                }
            }
            "td" | "th" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_cell();
                    let span = |name: &str| spanned(tag, name, place, &mut table.noticed);
                    let [columns, rows] = ["colspan", "rowspan"].map(span);
                    let empty = OpenRow { place, cells: Vec::new(), cell: None, is_heading: false };
                    let row = table.row.get_or_insert(empty);
                    row.cell = Some(OpenCell { text: String::new(), place: None, tag: place, columns, rows });
                }
            }
            _ if BLOCKS.contains(&name) => self.text("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, reading: &Reading) {
        match name {
            "table" => {
                if let Some(table) = self.open.pop() {
                    self.tables.extend(table.finish(reading));
                }
            }
            "tr" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_cell();
                }
            }
            "caption" => {
                let caption = self.heading.take();
                if let (Some(table), Some(caption)) = (self.open.last_mut(), caption) {
                    table.title = heading(&caption);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if let Some(title) = self.heading.take() {
                    self.title = heading(&title);
                }
            }
            _ if BLOCKS.contains(&name) => self.text("\n"),
            _ => {}
        }
    }

    fn string(&mut self, string: &Spanned<html5gum::HtmlString>) {
        let text = String::from_utf8_lossy(&string.value);
        let leading = text.len() - text.trim_start().len();
        if leading < text.len() {
            let place = self.positions.of(string.span.start + leading);
            if let Some(cell) = self.cell() {
                cell.place.get_or_insert(place);
            }
        }
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        } else if let Some(cell) = self.cell() {
            cell.text.push_str(text);
        }
    }

    fn cell(&mut self) -> Option<&mut OpenCell> {
        self.open.last_mut()?.row.as_mut()?.cell.as_mut()
    }
}

fn heading(text: &str) -> String {
    without_numbering(&shown(text)).to_owned()
}

/// A text as a browser shows it: any white space is one space.
fn shown(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    unwrapped(&lines.collect::<Vec<_>>().join("\n"))
}

/// How many rows or columns a cell spans.
fn spanned(tag: &StartTag<usize>, name: &str, place: (u32, u32), noticed: &mut Noticed) -> usize {
    let Some(value) = tag.attributes.get(name.as_bytes()) else { return 1 };
    let text = String::from_utf8_lossy(&value.value).trim().to_owned();
    match text.parse() {
        Ok(number @ 1..=WIDEST) => number,
        _ => {
            let fault = ImportFault::Span { attribute: name.to_owned(), value: text, most: WIDEST };
            noticed.fault(place, fault);
            1
        }
    }
}

impl OpenTable {
    fn end_cell(&mut self) {
        let Some(row) = &mut self.row else { return };
        let Some(cell) = row.cell.take() else { return };
        fill(&mut self.reaching, row);
        let (line, column) = cell.place.unwrap_or(cell.tag);
        let text = shown(&cell.text);
        row.is_heading = row.cells.is_empty() && cell.columns > 1;
        for _ in 0..cell.columns {
            let at = row.cells.len();
            if cell.rows > 1 {
                if self.reaching.len() <= at {
                    self.reaching.resize(at + 1, None);
                }
                self.reaching[at] = Some((cell.rows - 1, text.clone()));
            }
            row.cells.push(Cell { text: text.clone(), line, column });
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(mut row) = self.row.take() else { return };
        fill(&mut self.reaching, &mut row);
        if !row.cells.is_empty() && !row.is_heading {
            self.rows.push(row.cells);
        }
    }

    fn finish(mut self, reading: &Reading) -> Option<ImportedTable> {
        self.end_row();
        let mut noticed = self.noticed;
        let (header, body) = self.rows.split_first()?;
        let columns = header::of_errors(header, reading, &mut noticed)?;
        if body.is_empty() {
            noticed.fault((self.line, 1), ImportFault::NoRows);
        }
        let rows = body.iter().filter_map(|cells| row(cells, &columns, &mut noticed)).collect();
        Some(ImportedTable::new(self.title, self.line, rows, noticed))
    }
}

/// Puts what reaches down from above into the columns that come next.
fn fill(reaching: &mut [Option<(usize, String)>], row: &mut OpenRow) {
    while let Some(above @ Some(_)) = reaching.get_mut(row.cells.len()) {
        let Some((left, text)) = above.as_mut() else { return };
        let (line, column) = row.place;
        row.cells.push(Cell { text: text.clone(), line, column });
        *left -= 1;
        if *left == 0 {
            *above = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn told(page: &str) -> String {
        let mut lines = Vec::new();
        for table in read(page, &Reading::default()) {
            lines.extend(table.faults.iter().map(ToString::to_string));
            lines.push(format!("{} (line {})", table.title, table.line));
            lines.extend(table.rows.iter().map(|row| {
                let words = [Some(&row.meaning), row.message.as_ref(), row.remedy.as_ref()];
                let words: Vec<_> = words.into_iter().flatten().map(String::as_str).collect();
                format!("  {} line {}: {}", row.code, row.line, words.join(" | "))
            }));
        }
        lines.join("\n")
    }

    #[test]
    fn a_page_is_read_as_a_browser_shows_it() {
        let page = "<!doctype html><title>x</title><h2>2. 错误码</h2>\n<script>var t = '<table><tr><td>错误码';</script>\n\
                    <table class=a>\n<thead><tr><th>错误码</th><th>含义<th>解决方案</th></tr>\n<tbody>\n\
                    <tr><td colspan=3>系统错误</td></tr>\n<tr><td>-1<td>参数&nbsp;<b>a&amp;b</b> 为空<br>请\n检查</td><td rowspan=2>重试\n\
                    <tr>\n<td> 7 </td><td><p>too\n many</p><p>parts</p></td>\n</table>\n\
                    <table><tr><td>field</td></tr><tr><td>x</td></tr></table>";
        assert_snapshot!(told(page), @r"
        错误码 (line 3)
          -1 line 7: 参数 a&b 为空请检查 | 重试
          7 line 10: too many parts | 重试
        ");
    }

    #[test]
    fn faults_of_a_page_have_their_place() {
        let page = "<table><caption>codes</caption><tr><th>code</th><th>meaning</th></tr>\n\
                    <tr><td>1</td><td></td></tr>\n  <tr><td>a b</td><td rowspan=many>x</td></tr>\n<tr><td>3</td></tr>\n";
        assert_snapshot!(told(page), @r"
        line 2, column 15: the meaning is empty
        line 3, column 11: `a b` is no code: one word of letters, digits, `.`, `_` and `-` is expected
        line 3, column 19: rowspan=`many` is no span; 1 to 100 is
        line 4, column 1: the row has 1 cells, 2 were expected
        codes (line 1)
        ");
    }

    #[test]
    fn a_table_in_a_cell_is_a_table_of_its_own() {
        let page =
            "<h1>codes</h1><table><tr><td><table><tr><th>code<th>meaning<tr><td>1<td>one</table></table>";
        assert_snapshot!(told(page), @r"
        codes (line 1)
          1 line 1: one
        ");
    }
}
