//! `--report junit=PATH`: one test suite a table, one test case a scenario.
//!
//! Whatever was not judged is skipped or an error, never a success; a known deviation is skipped too, with its findings.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::gate::GateInfo;
use super::record::{ScenarioRecord, Started};
use super::rerun::rerun;
use super::standing::Standing;
use super::summary::{OWN_FEATURES, Summary, TableSummary, table_of};
use super::text::without_noncharacters;
use super::verdict::Verdict;

/// Writes the report.
pub fn write_junit(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let mut report = Report::new("lianpu");
    if let Some(finished) = &summary.finished {
        report.set_time(duration(finished.seconds));
    }
    let mut by_table: BTreeMap<String, Vec<&ScenarioRecord>> = BTreeMap::new();
    for record in &summary.scenarios {
        let row = record.row.as_deref().unwrap_or(OWN_FEATURES);
        by_table.entry(table_of(row)).or_default().push(record);
    }
    for table in summary.tables() {
        let records = by_table.remove(&table.id).unwrap_or_default();
        report.add_test_suite(suite(summary, &table, &records));
    }
    let text = report.to_string().map_err(io::Error::other)?;
    to.write_all(without_noncharacters(&text).as_bytes())
}

fn suite(summary: &Summary, table: &TableSummary, records: &[&ScenarioRecord]) -> TestSuite {
    let mut suite = TestSuite::new(table.id.clone());
    suite.set_time(duration(table.seconds));
    suite.add_property(Property::new("rows", table.rows.to_string()));
    suite.add_property(Property::new("rows-provoked", table.rows_provoked.to_string()));
    suite.add_property(Property::new("rows-pass", table.rows_pass.to_string()));
    suite.add_property(Property::new("partial", summary.partial().to_string()));
    if let Some(started) = &summary.started {
        suite.add_property(Property::new("target", started.target.base_url.clone()));
        suite.add_property(Property::new("seed", started.seed.to_string()));
    }
    let (started, gate) = (summary.started.as_ref(), summary.gate());
    suite.add_property(Property::new("gate-on", gate.on.as_str()));
    suite.add_test_cases(records.iter().map(|record| case(started, &gate, record)));
    suite
}

fn case(started: Option<&Started>, gate: &GateInfo, record: &ScenarioRecord) -> TestCase {
    let mut case = TestCase::new(record.id.clone(), status(started, gate, record));
    let dialect = record.row.as_deref().and_then(|row| row.split('/').next()).unwrap_or("own");
    case.set_classname(format!("{dialect}.{}", record.op.as_deref().unwrap_or("features")));
    case.set_time(duration(record.ms / 1000.0));
    if record.verdict == Verdict::Tolerated {
        case.add_property(Property::new("verdict", "tolerated"));
    }
    if let Some(certainty) = record.certainty {
        case.add_property(Property::new("certainty", certainty.as_str()));
    }
    case
}

fn status(started: Option<&Started>, gate: &GateInfo, record: &ScenarioRecord) -> TestCaseStatus {
    let standing = Standing::of(record, gate);
    if !standing.pardon().is_empty() {
        return pardoned(started, standing, record);
    }
    let reason =
        || record.reason.as_ref().map_or_else(|| "for no stated reason".to_owned(), ToString::to_string);
    match record.verdict {
        Verdict::Pass | Verdict::Tolerated => TestCaseStatus::success(),
        // Readers take JUnit's own word for it as a success.
        Verdict::Fail | Verdict::Flaky => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let first = record.findings.first();
            let message = first.map_or_else(|| "no finding was recorded".to_owned(), ToString::to_string);
            let message = match record.attempts {
                Some(attempts) if record.verdict == Verdict::Flaky => {
                    format!("fails only sometimes, passed at attempt {attempts}: {message}")
                }
                _ => message,
            };
            status.set_message(match &record.listed {
                Some(listed) => format!("{} expectation: {message}", listed.state.as_str()),
                None => message,
            });
            status.set_type(first.map_or("fail", |finding| finding.check.as_str()));
            status.set_description(description(started, record));
            status
        }
        Verdict::UnexpectedPass => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message("the known deviation is gone; take its expectation out");
            status.set_type("unexpected-pass");
            status.set_description(description(started, record));
            status
        }
        Verdict::NotProvoked | Verdict::ExpectedFail => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason());
            status.set_type(record.verdict.as_str());
            status
        }
        Verdict::Indeterminate => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason());
            status.set_type("indeterminate");
            status
        }
    }
}

/// A deviation that fails no run: never a success either.
fn pardoned(started: Option<&Started>, standing: Standing, record: &ScenarioRecord) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(match (&record.listed, record.certainty) {
        (Some(listed), _) => format!("{}: {}", standing.pardon(), listed.reason),
        (None, Some(certainty)) => format!("{}: {certainty}", standing.pardon()),
        (None, None) => standing.pardon().to_owned(),
    });
    status.set_type(match standing {
        Standing::Expected => Verdict::ExpectedFail.as_str(),
        _ => "not-gated",
    });
    status.set_description(description(started, record));
    status
}

/// All findings, a line each, and how to see them again.
fn description(started: Option<&Started>, record: &ScenarioRecord) -> String {
    let mut lines: Vec<_> = record.findings.iter().map(ToString::to_string).collect();
    lines.extend(rerun(started, record).map(|words| words.join(" ")));
    lines.join("\n")
}

/// Never fails on a figure read from a file.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn junit(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_junit(summary, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_sample_as_junit() {
        sample::assert_snapshot("junit.xml", &junit(&sample::summary()));
    }

    #[test]
    fn only_green_verdicts_are_successes() {
        for verdict in Verdict::ALL {
            let mut summary = sample::summary();
            summary.scenarios.truncate(1);
            summary.scenarios[0].verdict = verdict;
            let text = junit(&summary);
            let success =
                !text.contains("<skipped") && !text.contains("<failure") && !text.contains("<error");
            assert_eq!(success, verdict.is_green(), "{verdict}:\n{text}");
        }
    }

    #[test]
    fn what_no_xml_may_hold_is_replaced() {
        let mut summary = sample::summary();
        for record in &mut summary.scenarios {
            record.id.push_str("\u{fffe}\u{ffff}\u{1}!");
            record.findings.iter_mut().for_each(|finding| finding.actual.push_str("\u{ffff}\u{0}!"));
        }
        let text = junit(&summary);
        let forbidden = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}') || (c < ' ' && !"\t\r\n".contains(c));
        assert!(!text.contains(forbidden) && text.contains('\u{fffd}'), "{text}");
    }

    #[test]
    fn broken_figures_do_not_break_the_report() {
        let mut summary = sample::summary();
        summary.scenarios[0].ms = -1.0;
        assert!(junit(&summary).contains("time=\"0.000\""));
    }
}
