//! The tables: a line each for the summary, and the matrix of rows by operations.

use std::collections::{BTreeMap, BTreeSet};

use lianpu_corpus::{Dialect, Row, Table};
use serde::Serialize;

use super::view::mark;
use crate::report::record::{ScenarioRecord, Verdict};
use crate::report::summary::{OWN_FEATURES, RowSummary, Summary, TableSummary, Totals, table_of, worst};
use crate::report::text::printable;

/// One table.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    id: String,
    /// Without a slash, for an address in the page.
    anchor: String,
    title: String,
    gloss: String,
    rows_total: usize,
    rows_provoked: usize,
    rows_pass: usize,
    totals: Totals,
    segments: Vec<Segment>,
    operations: Vec<String>,
    rows: Vec<RowView>,
}

/// A piece of a bar.
#[derive(Debug, Serialize)]
pub(super) struct Segment {
    verdict: &'static str,
    mark: &'static str,
    count: usize,
    /// Per cent of the bar.
    share: String,
}

/// One row of the matrix.
#[derive(Debug, Serialize)]
struct RowView {
    code: String,
    meaning: String,
    gloss: String,
    message: Option<String>,
    reach: String,
    verdict: &'static str,
    mark: &'static str,
    reason: Option<String>,
    cells: Vec<Option<Cell>>,
}

/// One row at one operation.
#[derive(Debug, Serialize)]
struct Cell {
    verdict: &'static str,
    mark: &'static str,
    scenarios: usize,
}

/// The tables of a run, in the order of their rows.
pub(super) fn tables(summary: &Summary, dialects: &[&Dialect]) -> Vec<TableView> {
    let mut rows: BTreeMap<String, Vec<RowSummary>> = BTreeMap::new();
    for row in summary.rows() {
        rows.entry(table_of(&row.id)).or_default().push(row);
    }
    let mut records: BTreeMap<&str, Vec<&ScenarioRecord>> = BTreeMap::new();
    for record in &summary.scenarios {
        records.entry(record.row.as_deref().unwrap_or(OWN_FEATURES)).or_default().push(record);
    }
    let view = |table: &TableSummary| {
        let rows = rows.remove(&table.id).unwrap_or_default();
        TableView::of(table, &rows, &records, dialects)
    };
    summary.tables().iter().map(view).collect()
}

impl TableView {
    fn of(
        table: &TableSummary,
        rows: &[RowSummary],
        records: &BTreeMap<&str, Vec<&ScenarioRecord>>,
        dialects: &[&Dialect],
    ) -> Self {
        let known = table_named(&table.id, dialects);
        let of_row = |id: &str| records.get(id).map_or(&[][..], Vec::as_slice);
        let named = rows.iter().flat_map(|row| of_row(&row.id)).filter_map(|record| record.op.as_deref());
        let met: BTreeSet<&str> = named.collect();
        let operations = in_order(&table.id, met, dialects);
        let rows = rows.iter().map(|row| RowView::of(row, of_row(&row.id), &operations, dialects)).collect();
        Self {
            anchor: printable(&table.id).replace('/', "-"),
            title: known.map_or_else(String::new, |table| table.title.clone()),
            gloss: known.map_or_else(String::new, |table| table.gloss.clone()),
            rows_total: table.rows,
            rows_provoked: table.rows_provoked,
            rows_pass: table.rows_pass,
            segments: segments(&table.totals),
            totals: table.totals,
            operations: operations.iter().map(|name| printable(name)).collect(),
            rows,
            id: match table.id.as_str() {
                id if OWN_FEATURES.starts_with(id) => "your own features".to_owned(),
                id => printable(id),
            },
        }
    }
}

impl RowView {
    fn of(row: &RowSummary, records: &[&ScenarioRecord], operations: &[&str], dialects: &[&Dialect]) -> Self {
        let known = row_named(&row.id, dialects).map(|(_, row)| row);
        let cell = |operation: &&str| {
            let at: Vec<_> =
                records.iter().copied().filter(|record| record.op.as_deref() == Some(operation)).collect();
            let verdict = (!at.is_empty()).then(|| worst(&at))?;
            Some(Cell { verdict: verdict.as_str(), mark: mark(verdict), scenarios: at.len() })
        };
        Self {
            code: printable(row.id.rsplit('/').next().unwrap_or_default()),
            meaning: known.map_or_else(String::new, |row| row.meaning.clone()),
            gloss: known.map_or_else(String::new, |row| row.gloss.clone()),
            message: known.and_then(|row| row.message.clone()),
            reach: row.reach.to_string(),
            verdict: row.verdict.as_str(),
            mark: mark(row.verdict),
            reason: row.reason.as_ref().map(|reason| printable(&reason.to_string())),
            cells: operations.iter().map(cell).collect(),
        }
    }
}

/// The operations in the vendor's order; those it does not know come last.
fn in_order<'a>(table: &str, met: BTreeSet<&'a str>, dialects: &[&Dialect]) -> Vec<&'a str> {
    let name = table.split('/').next().unwrap_or_default();
    let dialect = dialects.iter().find(|dialect| dialect.manifest.name == name);
    let place = |operation: &str| {
        let known = dialect.and_then(|d| d.operations.iter().position(|known| known.name == operation));
        known.unwrap_or(usize::MAX)
    };
    let mut operations: Vec<_> = met.into_iter().collect();
    operations.sort_by_key(|operation| place(operation));
    operations
}

/// The pieces of a bar, without empty ones.
pub(super) fn segments(totals: &Totals) -> Vec<Segment> {
    let all = totals.scenarios.max(1) as f64;
    let piece = |verdict: Verdict| {
        let count = totals.of(verdict);
        (count > 0).then(|| Segment {
            verdict: verdict.as_str(),
            mark: mark(verdict),
            count,
            share: format!("{:.3}", count as f64 * 100.0 / all),
        })
    };
    Verdict::ALL.into_iter().filter_map(piece).collect()
}

fn table_named<'d>(id: &str, dialects: &[&'d Dialect]) -> Option<&'d Table> {
    let (dialect, table) = id.split_once('/')?;
    dialects.iter().find(|known| known.manifest.name == dialect)?.table(table)
}

/// The table and the row that an id names.
pub(super) fn row_named<'d>(id: &str, dialects: &[&'d Dialect]) -> Option<(&'d Table, &'d Row)> {
    let table = table_named(&table_of(id), dialects)?;
    let code = id.rsplit('/').next()?;
    table.rows.iter().find(|row| row.code.to_string() == code).map(|row| (table, row))
}
