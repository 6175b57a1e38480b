//! Events counted: per table, per row, in all.

use std::collections::BTreeMap;

use lianpu_corpus::Reach;

use super::reason::{Reason, ReasonCode};
use super::record::{Event, Finished, ScenarioRecord, Started};
use super::totals::Totals;
use super::verdict::Verdict;

/// What stands for a row id where a scenario of a user's own file has none.
pub(super) const OWN_FEATURES: &str = "own/features/";

/// A run counted. Fed one event at a time; keeps every record, compactly.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// How it began.
    pub started: Option<Started>,
    /// How it ended; `None` in a partial stream.
    pub finished: Option<Finished>,
    /// The scenarios in the order of their verdicts.
    pub scenarios: Vec<ScenarioRecord>,
}

/// One table of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSummary {
    /// `<dialect>/<table>`.
    pub id: String,
    /// The rows of the table.
    pub rows: usize,
    /// Rows with at least one judged scenario.
    pub rows_provoked: usize,
    /// Rows whose every judged scenario is green.
    pub rows_pass: usize,
    /// Its scenarios.
    pub totals: Totals,
    /// Why scenarios were not judged, counted.
    pub reasons: BTreeMap<ReasonCode, usize>,
    /// Seconds its scenarios took, added up.
    pub seconds: f64,
}

/// One row of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RowSummary {
    /// `<dialect>/<table>/<code>`.
    pub id: String,
    /// From where it is provoked.
    pub reach: Reach,
    /// The worst verdict of its scenarios.
    pub verdict: Verdict,
    /// Why it has no verdict, where it has none.
    pub reason: Option<Reason>,
    /// How many scenarios it has.
    pub scenarios: usize,
}

impl Summary {
    /// Takes the next event.
    pub fn push(&mut self, event: Event) {
        match event {
            Event::RunStarted(started) => self.started = Some(started),
            Event::Scenario(record) => self.scenarios.push(record),
            Event::RunFinished(finished) => self.finished = Some(finished),
        }
    }

    /// Whether the run was interrupted, or its stream ends early.
    pub fn partial(&self) -> bool {
        self.finished.as_ref().is_none_or(|finished| finished.partial)
    }

    /// How many scenarios were chosen of how many there are, where that is not all: a narrow run is no whole one.
    pub fn narrowed(&self) -> Option<(usize, usize)> {
        let selection = self.started.as_ref()?.selection.as_ref()?;
        (selection.chosen < selection.canonical).then_some((selection.chosen, selection.canonical))
    }

    /// All scenarios by verdict.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.scenarios.iter().for_each(|record| totals.add(record.verdict));
        totals
    }

    /// The rows of the selected tables, in the documents' order.
    pub fn rows(&self) -> Vec<RowSummary> {
        let mut by_row: BTreeMap<&str, Vec<&ScenarioRecord>> = BTreeMap::new();
        for record in &self.scenarios {
            if let Some(row) = &record.row {
                by_row.entry(row).or_default().push(record);
            }
        }
        let rows = self.started.iter().flat_map(|started| &started.rows);
        rows.map(|row| {
            let records = by_row.get(row.id.as_str()).map_or(&[][..], Vec::as_slice);
            let verdict = worst(records);
            let unjudged = matches!(verdict, Verdict::NotProvoked | Verdict::Indeterminate);
            let own = row.reason.as_ref().map(|reason| Reason::with(ReasonCode::NoRecipe, reason.clone()));
            let reason = unjudged
                .then(|| own.or_else(|| records.iter().find_map(|record| record.reason.clone())))
                .flatten();
            RowSummary { id: row.id.clone(), reach: row.reach, verdict, reason, scenarios: records.len() }
        })
        .collect()
    }

    /// The tables of the run, in the order of their rows.
    pub fn tables(&self) -> Vec<TableSummary> {
        let mut tables: Vec<TableSummary> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut place = |tables: &mut Vec<TableSummary>, row: &str| {
            let id = table_of(row);
            *places.entry(id.clone()).or_insert_with(|| {
                tables.push(TableSummary {
                    id,
                    rows: 0,
                    rows_provoked: 0,
                    rows_pass: 0,
                    totals: Totals::default(),
                    reasons: BTreeMap::new(),
                    seconds: 0.0,
                });
                tables.len() - 1
            })
        };
        for row in self.rows() {
            let index = place(&mut tables, &row.id);
            tables[index].rows += 1;
            tables[index].rows_provoked +=
                usize::from(!matches!(row.verdict, Verdict::NotProvoked | Verdict::Indeterminate));
            tables[index].rows_pass += usize::from(row.verdict.is_green());
        }
        for record in &self.scenarios {
            let index = place(&mut tables, record.row.as_deref().unwrap_or(OWN_FEATURES));
            let table = &mut tables[index];
            table.totals.add(record.verdict);
            table.seconds += record.ms / 1000.0;
            if let Some(reason) = &record.reason {
                *table.reasons.entry(reason.code).or_default() += 1;
            }
        }
        tables
    }
}

/// The worst verdict of a row's scenarios: a deviation above all; what was not judged only where nothing was.
pub(super) fn worst(records: &[&ScenarioRecord]) -> Verdict {
    let order = [
        Verdict::Fail,
        Verdict::Flaky,
        Verdict::UnexpectedPass,
        Verdict::ExpectedFail,
        Verdict::Tolerated,
        Verdict::Pass,
        Verdict::Indeterminate,
    ];
    let any = |verdict| records.iter().any(|record| record.verdict == verdict);
    // A row is tolerated only where no scenario of it is an exact pass.
    let found = order.into_iter().find(|verdict| any(*verdict));
    match found {
        Some(Verdict::Tolerated) if any(Verdict::Pass) => Verdict::Pass,
        Some(verdict) => verdict,
        None => Verdict::NotProvoked,
    }
}

/// `<dialect>/<table>` of a row id.
pub(super) fn table_of(row: &str) -> String {
    let mut parts = row.splitn(3, '/');
    format!("{}/{}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}
