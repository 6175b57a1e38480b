//! The tables: a line each for the summary, and the matrix of rows by operations.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::mark::mark;
use crate::report::record::ScenarioRecord;
use crate::report::reference::Reference;
use crate::report::summary::{OWN_FEATURES, RowSummary, Summary, TableSummary, table_of, worst};
use crate::report::text::printable;
use crate::report::totals::Totals;
use crate::report::verdict::Verdict;

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
pub(super) fn tables(summary: &Summary, reference: &dyn Reference) -> Vec<TableView> {
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
        TableView::of(table, &rows, &records, reference)
    };
    summary.tables().iter().map(view).collect()
}

impl TableView {
    fn of(
        table: &TableSummary,
        rows: &[RowSummary],
        records: &BTreeMap<&str, Vec<&ScenarioRecord>>,
        reference: &dyn Reference,
    ) -> Self {
        let known = reference.table(&table.id);
        let of_row = |id: &str| records.get(id).map_or(&[][..], Vec::as_slice);
        let named = rows.iter().flat_map(|row| of_row(&row.id)).filter_map(|record| record.op.as_deref());
        let met: BTreeSet<&str> = named.collect();
        let operations = in_order(&table.id, met, reference);
        let rows = rows.iter().map(|row| RowView::of(row, of_row(&row.id), &operations, reference)).collect();
        Self {
            anchor: printable(&table.id).replace('/', "-"),
            title: known.as_ref().map_or_else(String::new, |table| table.title.clone()),
            gloss: known.map_or_else(String::new, |table| table.gloss),
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
    fn of(
        row: &RowSummary,
        records: &[&ScenarioRecord],
        operations: &[&str],
        reference: &dyn Reference,
    ) -> Self {
        let known = reference.row(&row.id);
        let cell = |operation: &&str| {
            let at: Vec<_> =
                records.iter().copied().filter(|record| record.op.as_deref() == Some(operation)).collect();
            let verdict = (!at.is_empty()).then(|| worst(&at))?;
            Some(Cell { verdict: verdict.as_str(), mark: mark(verdict), scenarios: at.len() })
        };
        Self {
            code: printable(row.id.rsplit('/').next().unwrap_or_default()),
            meaning: known.as_ref().map_or_else(String::new, |row| row.meaning.clone()),
            gloss: known.map_or_else(String::new, |row| row.gloss),
            reach: row.reach.to_string(),
            verdict: row.verdict.as_str(),
            mark: mark(row.verdict),
            reason: row.reason.as_ref().map(|reason| printable(&reason.to_string())),
            cells: operations.iter().map(cell).collect(),
        }
    }
}

/// The operations in the vendor's order; those it does not know come last.
fn in_order<'a>(table: &str, met: BTreeSet<&'a str>, reference: &dyn Reference) -> Vec<&'a str> {
    let known = reference.operations(table.split('/').next().unwrap_or_default());
    let place = |operation: &str| known.iter().position(|known| known == operation).unwrap_or(usize::MAX);
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
