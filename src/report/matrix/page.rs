//! Implementations side by side as one page for a browser, in the style of the compatibility report.

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;

use super::{Matrix, MatrixLine, MatrixRow, MatrixTable};
use crate::report::reference::Reference;
use crate::report::score::shown_percent;
use crate::report::text::printable;

/// Bytes that the lines may take; the page stays quick.
const MOST: usize = 2_500_000;

#[derive(Serialize)]
struct MatrixPage {
    divided: bool,
    different: usize,
    judged_different: usize,
    alike: usize,
    alone: usize,
    implementations: Vec<Head>,
    tables: Vec<TableView>,
    left_out: usize,
}

#[derive(Serialize)]
struct Head {
    name: String,
    base_url: String,
    partial: bool,
    divergence: String,
    coverage: String,
    scenarios: usize,
    counts: [usize; 4],
}

#[derive(Serialize)]
struct TableView {
    id: String,
    anchor: String,
    title: String,
    gloss: String,
    without: Vec<String>,
    alike: usize,
    different: usize,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    code: String,
    meaning: String,
    gloss: String,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    label: String,
    triggers: Option<String>,
    differs: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    verdict: &'static str,
    mark: &'static str,
    words: String,
}

/// Writes the page; it needs nothing from anywhere else.
pub fn write_matrix_html(matrix: &Matrix, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    let mut templates = Environment::new();
    templates.add_template("matrix.html", include_str!("matrix.html")).map_err(io::Error::other)?;
    let template = templates.get_template("matrix.html").map_err(io::Error::other)?;
    let style = concat!(include_str!("../html/report.css"), include_str!("matrix.css"));
    let page = context! {
        view => Value::from(Serde(MatrixPage::of(matrix, reference))),
        style => Value::from_safe_string(style.to_owned()),
        script => Value::from_safe_string(include_str!("matrix.js").to_owned()),
    };
    template.render_captured_to(page, to).map_err(io::Error::other)?;
    Ok(())
}

impl MatrixPage {
    fn of(matrix: &Matrix, reference: &dyn Reference) -> Self {
        let mut room = Room { bytes: MOST, left_out: 0 };
        let with_lines = matrix.tables.iter().filter(|table| !table.rows.is_empty());
        let tables = with_lines.map(|table| TableView::of(table, matrix, reference, &mut room)).collect();
        Self {
            divided: matrix.is_divided(),
            different: matrix.different,
            judged_different: matrix.judged_different,
            alike: matrix.alike,
            alone: matrix.alone,
            implementations: matrix.implementations.iter().map(Head::of).collect(),
            tables,
            left_out: room.left_out,
        }
    }
}

impl Head {
    fn of(one: &super::Implementation) -> Self {
        let totals = &one.totals;
        Self {
            name: printable(&one.name),
            base_url: printable(&one.base_url),
            partial: one.partial,
            divergence: shown_percent(one.score.diverging, one.score.total),
            coverage: shown_percent(one.score.judged, one.score.total),
            scenarios: totals.scenarios,
            counts: [
                totals.pass + totals.unexpected_pass,
                totals.tolerated,
                totals.fail + totals.flaky + totals.expected_fail,
                totals.not_provoked + totals.indeterminate,
            ],
        }
    }
}

/// What is left of the page.
struct Room {
    bytes: usize,
    left_out: usize,
}

impl TableView {
    fn of(table: &MatrixTable, matrix: &Matrix, reference: &dyn Reference, room: &mut Room) -> Self {
        let known = reference.table(&table.id);
        let rows: Vec<_> = table.rows.iter().filter_map(|row| RowView::of(row, reference, room)).collect();
        let lines = table.rows.iter().flat_map(|row| &row.lines).filter(|line| line.differs);
        Self {
            id: printable(&table.id),
            anchor: printable(&table.id).replace('/', "-"),
            title: known.as_ref().map_or_else(String::new, |table| table.title.clone()),
            gloss: known.map_or_else(String::new, |table| table.gloss),
            without: table.without.iter().map(|at| printable(&matrix.implementations[*at].name)).collect(),
            alike: table.alike,
            different: lines.map(|line| line.scenarios).sum(),
            rows,
        }
    }
}

impl RowView {
    fn of(row: &MatrixRow, reference: &dyn Reference, room: &mut Room) -> Option<Self> {
        let known = reference.row(&row.id);
        let mut lines = Vec::new();
        for line in &row.lines {
            let view = LineView::of(line);
            match room.bytes.checked_sub(view.weight()) {
                Some(bytes) if room.left_out == 0 => {
                    room.bytes = bytes;
                    lines.push(view);
                }
                _ => room.left_out += 1,
            }
        }
        (!lines.is_empty()).then(|| Self {
            code: printable(row.code()),
            meaning: known.as_ref().map_or_else(String::new, |row| row.meaning.clone()),
            gloss: known.map_or_else(String::new, |row| row.gloss),
            lines,
        })
    }
}

impl LineView {
    fn of(line: &MatrixLine) -> Self {
        let cell = |cell: &super::Cell| {
            let (mark, words) = cell.signed();
            CellView { verdict: cell.verdict(), mark, words: printable(&words) }
        };
        let many = line.triggers.len() > 3;
        Self {
            label: printable(&line.label(3)),
            triggers: many.then(|| printable(&line.triggers[..line.triggers.len().min(40)].join(", "))),
            differs: line.differs,
            cells: line.cells.iter().map(cell).collect(),
        }
    }

    /// About how many bytes it takes on the page.
    fn weight(&self) -> usize {
        let cells: usize = self.cells.iter().map(|cell| cell.words.len() + 130).sum();
        400 + cells + self.label.len() + self.triggers.as_ref().map_or(0, String::len)
    }
}
