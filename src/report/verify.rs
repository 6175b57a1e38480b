//! A report held against itself: its totals and digests computed anew.

use lianpu_corpus::{Certainty, Reach};
use serde::Deserialize;

use super::digest::{Sha256Hex, digest_of_ids, digest_of_records};
use super::gate::{GateInfo, Threshold};
use super::record::{Finished, RowInfo, ScenarioRecord, Selection, Started};
use super::score::Score;
use super::standing::Standings;
use super::summary::{RowSummary, Summary, TableSummary};
use super::totals::Totals;
use super::verdict::Verdict;

/// What a report says of itself and its records do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Which figure.
    pub what: &'static str,
    /// What the report says.
    pub said: String,
    /// What its records come to.
    pub found: String,
}

/// A JSON report that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("no report: {0}")]
pub struct NoReport(#[from] serde_json::Error);

/// Computes the figures of an event stream anew. Of a partial stream that lacks its end, nothing is said that could be wrong.
pub fn verify_events(summary: &Summary) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    if let Some(Finished { totals, digest, .. }) = &summary.finished {
        check(&mut found, "totals", totals.as_ref(), &summary.totals());
        check(&mut found, "digest", digest.as_ref(), &digest_of_records(&summary.scenarios));
    }
    if let Some(Started { selected: Some(selected), selection, .. }) = &summary.started {
        check_selection(&mut found, *selected, selection.as_ref(), &summary.scenarios, summary.partial());
    }
    found
}

/// Computes the figures of a JSON report anew; also tells whether its run is partial.
pub fn verify_json(text: &[u8]) -> Result<(Vec<Discrepancy>, bool), NoReport> {
    let report: Report = serde_json::from_slice(text)?;
    let gate = GateInfo { on: report.gate.on, require: report.gate.require.clone(), ..GateInfo::default() };
    let mut summary = Summary { scenarios: report.scenarios, ..Summary::default() };
    let mut found = Vec::new();
    check(&mut found, "totals", Some(&report.totals), &summary.totals());
    check(&mut found, "digest", Some(&report.digest), &digest_of_records(&summary.scenarios));
    let (partial, outcome) = (report.partial, report.gate.outcome);
    if let Some(selected) = report.selected {
        check_selection(&mut found, selected, report.selection.as_ref(), &summary.scenarios, partial);
    }
    summary.started = Some(Started {
        schema: super::EVENT_SCHEMA,
        tool: super::ToolInfo { name: String::new(), version: String::new() },
        target: super::TargetInfo { name: String::new(), base_url: String::new(), capabilities: Vec::new() },
        asked: Vec::new(),
        filters: Vec::new(),
        seed: 0,
        at_ms: 0,
        selected: report.selected,
        selection: report.selection,
        gate,
        rows: report
            .rows
            .iter()
            .map(|row| RowInfo { id: row.id.clone(), reach: row.reach, reason: None })
            .collect(),
    });
    check_each(&mut found, "rows", &report.rows, summary.rows().iter().map(Row::of));
    check_each(&mut found, "tables", &report.tables, summary.tables().iter().map(Table::of));
    check(&mut found, "score", Some(&report.score), &summary.score());
    check(&mut found, "standings", Some(&report.standings), &summary.standings());
    check(&mut found, "gate.outcome", Some(&outcome), &summary.outcome().as_str().to_owned());
    Ok((found, partial))
}

/// What of a JSON report is computed anew.
#[derive(Deserialize)]
struct Report {
    partial: bool,
    selected: Option<usize>,
    selection: Option<Selection>,
    gate: Gate,
    score: Score,
    standings: Standings,
    totals: Totals,
    digest: Sha256Hex,
    tables: Vec<Table>,
    rows: Vec<Row>,
    scenarios: Vec<ScenarioRecord>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Table {
    id: String,
    rows: usize,
    rows_provoked: usize,
    rows_pass: usize,
    totals: Totals,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Row {
    id: String,
    reach: Reach,
    verdict: Verdict,
    scenarios: usize,
}

impl Table {
    fn of(table: &TableSummary) -> Self {
        let TableSummary { id, rows, rows_provoked, rows_pass, totals, .. } = table.clone();
        Self { id, rows, rows_provoked, rows_pass, totals }
    }
}

impl Row {
    fn of(row: &RowSummary) -> Self {
        let RowSummary { id, reach, verdict, scenarios, .. } = row.clone();
        Self { id, reach, verdict, scenarios }
    }
}

#[derive(Deserialize)]
struct Gate {
    on: Certainty,
    require: Vec<Threshold>,
    outcome: String,
}

fn check<T: PartialEq + std::fmt::Debug>(
    found: &mut Vec<Discrepancy>,
    what: &'static str,
    said: Option<&T>,
    is: &T,
) {
    if let Some(said) = said.filter(|said| *said != is) {
        found.push(Discrepancy { what, said: format!("{said:?}"), found: format!("{is:?}") });
    }
}

/// Tells the first of a list that differs: there may be hundreds.
fn check_each<T: PartialEq + std::fmt::Debug>(
    found: &mut Vec<Discrepancy>,
    what: &'static str,
    said: &[T],
    is: impl Iterator<Item = T>,
) {
    let is: Vec<_> = is.collect();
    match said.iter().zip(&is).find(|(said, is)| said != is) {
        Some((said, is)) => check(found, what, Some(said), is),
        None => check(found, what, Some(&said.len()), &is.len()),
    }
}

/// A whole run of a whole selection has just the scenarios that were chosen.
fn check_selection(
    found: &mut Vec<Discrepancy>,
    selected: usize,
    selection: Option<&Selection>,
    scenarios: &[ScenarioRecord],
    partial: bool,
) {
    if partial {
        return;
    }
    check(found, "selected", Some(&selected), &scenarios.len());
    if let Some(Selection { digest, shard: None, .. }) = selection {
        let ids = digest_of_ids(scenarios.iter().map(|record| record.id.as_str()));
        check(found, "selection.digest", Some(digest), &ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Verdict, sample, write_json};

    fn sealed() -> Summary {
        let mut summary = sample::summary();
        let (totals, digest) = (summary.totals(), digest_of_records(&summary.scenarios));
        let finished = summary.finished.as_mut().unwrap();
        (finished.totals, finished.digest) = (Some(totals), Some(digest));
        summary.started.as_mut().unwrap().selection = Some(Selection {
            canonical: 6,
            chosen: 6,
            digest: digest_of_ids(summary.scenarios.iter().map(|record| record.id.as_str())),
            shard: None,
        });
        summary
    }

    fn json(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_json(summary, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn words(found: &[Discrepancy]) -> Vec<&'static str> {
        found.iter().map(|discrepancy| discrepancy.what).collect()
    }

    #[test]
    fn what_was_written_holds() {
        let summary = sealed();
        assert_eq!(verify_events(&summary), []);
        assert_eq!(verify_json(json(&summary).as_bytes()).unwrap(), (Vec::new(), false));
        assert!(verify_json(b"{}").is_err());
    }

    #[test]
    fn whatever_is_changed_is_noticed() {
        let changed = |change: fn(&mut Summary)| {
            let mut summary = sealed();
            change(&mut summary);
            verify_events(&summary)
        };
        assert_eq!(words(&changed(|s| s.scenarios[2].verdict = Verdict::Pass)), ["totals", "digest"]);
        assert_eq!(words(&changed(|s| s.scenarios[2].findings.clear())), ["digest"]);
        assert_eq!(words(&changed(|s| s.scenarios.swap(0, 1))), ["digest"]);
        let lost = changed(|s| s.scenarios.truncate(5));
        assert_eq!(words(&lost), ["totals", "digest", "selected", "selection.digest"]);
        // A killed run has no end to be held to.
        assert_eq!(
            words(&changed(|s| {
                s.finished = None;
                s.scenarios.truncate(2);
            })),
            Vec::<&str>::new()
        );

        let report = json(&sealed());
        let edited = |from: &str, to: &str| {
            assert!(report.contains(from), "{from}");
            words(&verify_json(report.replacen(from, to, 1).as_bytes()).unwrap().0)
        };
        assert_eq!(edited("\"fail\":1,\"flaky\":0", "\"fail\":0,\"flaky\":1"), ["totals"]);
        assert_eq!(edited("\"outcome\":\"deviations\"", "\"outcome\":\"as-expected\""), ["gate.outcome"]);
        assert_eq!(edited("\"diverging\":1", "\"diverging\":0"), ["score"]);
        assert_eq!(edited("\"rows_pass\":2", "\"rows_pass\":3"), ["tables"]);
        assert_eq!(
            edited("\"verdict\":\"fail\",\"scenarios\":1", "\"verdict\":\"pass\",\"scenarios\":1"),
            ["rows"]
        );
        assert_eq!(edited("\"deviates\":1", "\"deviates\":0"), ["standings"]);
    }
}
