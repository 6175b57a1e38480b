//! `--report json=PATH`: the whole run as one JSON object.
//!
//! Written entry by entry, a line each, so that a large run needs no copy in memory and two reports can be compared
//! with a line tool.

use std::io::{self, Write};

use lianpu_corpus::Certainty;
use serde::Serialize;

use super::digest::{Sha256Hex, digest_of_records};
use super::gate::{GateInfo, Threshold};
use super::reason::{Reason, ReasonCode};
use super::summary::{RowSummary, Summary, TableSummary};
use super::totals::Totals;

/// The version of the report's shape.
const REPORT_SCHEMA: u32 = 1;

/// Writes the report.
pub fn write_json(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let started = summary.started.as_ref();
    let finished = summary.finished.as_ref();
    write!(to, "{{\"schema\":{REPORT_SCHEMA}")?;
    member(to, "tool", &started.map(|started| &started.tool))?;
    member(to, "target", &started.map(|started| &started.target))?;
    member(to, "seed", &started.map(|started| started.seed))?;
    member(to, "started_at_ms", &started.map(|started| started.at_ms))?;
    member(to, "seconds", &finished.map(|finished| finished.seconds))?;
    member(to, "partial", &summary.partial())?;
    member(to, "selected", &started.and_then(|started| started.selected))?;
    member(to, "selection", &started.and_then(|started| started.selection.as_ref()))?;
    member(to, "gate", &Gate::of(summary))?;
    member(to, "score", &summary.score())?;
    member(to, "standings", &summary.standings())?;
    member(to, "totals", &summary.totals())?;
    members(to, "tables", summary.tables().iter().map(Table::of))?;
    members(to, "rows", summary.rows().iter().map(Row::of))?;
    members(to, "scenarios", summary.scenarios.iter())?;
    member(to, "digest", &digest_of_records(&summary.scenarios))?;
    members(to, "leftovers", finished.into_iter().flat_map(|finished| &finished.leftovers))?;
    to.write_all(b"}\n")
}

/// What may fail the run, and what it comes to.
#[derive(Serialize)]
struct Gate {
    on: Certainty,
    require: Vec<Threshold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expectations: Option<Sha256Hex>,
    missed: Vec<Threshold>,
    outcome: &'static str,
}

#[derive(Serialize)]
struct Table<'a> {
    id: &'a str,
    rows: usize,
    rows_provoked: usize,
    rows_pass: usize,
    totals: Totals,
    /// Why scenarios were not judged, counted.
    reasons: &'a std::collections::BTreeMap<ReasonCode, usize>,
    seconds: f64,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    reach: lianpu_corpus::Reach,
    verdict: super::Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a Reason>,
    scenarios: usize,
}

impl Gate {
    fn of(summary: &Summary) -> Self {
        let GateInfo { on, require, expectations } = summary.gate();
        Self { on, require, expectations, missed: summary.missed(), outcome: summary.outcome().as_str() }
    }
}

impl<'a> Table<'a> {
    fn of(table: &'a TableSummary) -> Self {
        let TableSummary { id, rows, rows_provoked, rows_pass, totals, reasons, seconds } = table;
        Self {
            id,
            rows: *rows,
            rows_provoked: *rows_provoked,
            rows_pass: *rows_pass,
            totals: *totals,
            reasons,
            seconds: (seconds * 1e6).round() / 1e6, // sums of binary fractions have long tails
        }
    }
}

impl<'a> Row<'a> {
    fn of(row: &'a RowSummary) -> Self {
        let RowSummary { id, reach, verdict, reason, scenarios } = row;
        Self { id, reach: *reach, verdict: *verdict, reason: reason.as_ref(), scenarios: *scenarios }
    }
}

fn member(to: &mut impl Write, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(to, ",\n\"{name}\":")?;
    Ok(serde_json::to_writer(to, value)?)
}

fn members<T: Serialize>(to: &mut impl Write, name: &str, values: impl Iterator<Item = T>) -> io::Result<()> {
    write!(to, ",\n\"{name}\":[")?;
    let mut separator = "\n";
    for value in values {
        to.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *to, &value)?;
        separator = ",\n";
    }
    to.write_all(b"]")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::sample;

    fn json(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_json(summary, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_sample_as_json() {
        let text = json(&sample::summary());
        sample::assert_snapshot("report.json", &text);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["totals"]["scenarios"], 6);
        assert_eq!(value["scenarios"][2]["findings"][0]["check"], "code");
        assert_eq!(value["tables"][0]["rows_provoked"], 3);
    }

    #[test]
    fn a_run_that_never_began_is_still_one_json_object() {
        let value: Value = serde_json::from_str(&json(&Summary::default())).unwrap();
        assert_eq!(value["partial"], true);
        assert_eq!(value["scenarios"], Value::Array(Vec::new()));
    }
}
