//! What the page shows, as values: figures counted and formatted, in the order of the page.

use jiff::Timestamp;
use lianpu_corpus::Certainty;
use serde::Serialize;

use super::failure::{self, Failure};
use super::mark::mark;
use super::table::{self, Segment, TableView};
use crate::report::reason::ReasonCode;
use crate::report::record::ScenarioRecord;
use crate::report::reference::Reference;
use crate::report::summary::Summary;
use crate::report::text::printable;
use crate::report::totals::Totals;
use crate::report::verdict::Verdict;

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct View {
    target: String,
    base_url: String,
    capabilities: Vec<String>,
    tool: String,
    /// RFC 3339, UTC.
    started: Option<String>,
    seconds: Option<String>,
    seed: Option<u64>,
    partial: bool,
    selected: Option<usize>,
    totals: Totals,
    /// What was judged: green and not green.
    judged: usize,
    green: usize,
    /// Per cent of the judged that is green.
    score: Option<String>,
    /// Per cent of all that was judged.
    coverage: Option<String>,
    segments: Vec<Segment>,
    certainties: Vec<Founded>,
    reasons: Vec<(String, usize)>,
    tables: Vec<TableView>,
    failures: Vec<Failure>,
    failures_left_out: usize,
    leftovers: Vec<String>,
    words: Vec<(&'static str, &'static str, &'static str)>,
}

/// The verdicts on statements of one certainty.
#[derive(Debug, Serialize)]
struct Founded {
    certainty: &'static str,
    means: &'static str,
    totals: Totals,
}

impl View {
    pub(super) fn of(summary: &Summary, reference: &dyn Reference) -> Self {
        let started = summary.started.as_ref();
        let totals = summary.totals();
        let green = totals.pass + totals.tolerated;
        let judged = green + totals.fail + totals.flaky + totals.expected_fail + totals.unexpected_pass;
        let (failures, failures_left_out) = failure::failures(summary, reference);
        Self {
            target: started.map_or_else(|| "unknown".to_owned(), |started| printable(&started.target.name)),
            base_url: started.map_or_else(String::new, |started| printable(&started.target.base_url)),
            capabilities: started.map_or_else(Vec::new, |started| started.target.capabilities.clone()),
            tool: started.map_or_else(String::new, |s| format!("{} {}", s.tool.name, s.tool.version)),
            started: started.and_then(|started| time(started.at_ms)),
            seconds: summary.finished.as_ref().map(|finished| format!("{:.1}", finished.seconds)),
            seed: started.map(|started| started.seed),
            partial: summary.partial(),
            selected: started.and_then(|started| started.selected),
            totals,
            judged,
            green,
            score: per_cent(green, judged),
            coverage: per_cent(judged, totals.scenarios),
            segments: table::segments(&totals),
            certainties: certainties(&summary.scenarios),
            reasons: reasons(&summary.scenarios),
            tables: table::tables(summary, reference),
            failures,
            failures_left_out,
            leftovers: summary
                .finished
                .iter()
                .flat_map(|finished| &finished.leftovers)
                .map(|line| printable(line))
                .collect(),
            words: Verdict::ALL.map(|verdict| (verdict.as_str(), mark(verdict), meaning(verdict))).into(),
        }
    }
}

const fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "exactly as the row says",
        Verdict::Tolerated => "an alternative that the documents allow",
        Verdict::Fail => "a deviation",
        Verdict::Flaky => "a deviation that does not show every time; never counted green",
        Verdict::ExpectedFail => "a known deviation",
        Verdict::UnexpectedPass => "a known deviation that is gone",
        Verdict::NotProvoked => "the target lacks what the recipe needs; never counted green",
        Verdict::Indeterminate => "not judged: the set-up failed or the run was interrupted",
    }
}

/// One decimal, never rounded up to a hundred nor down to nothing.
fn per_cent(part: usize, whole: usize) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let tenths = (part * 1000 / whole).max(usize::from(part > 0));
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

fn time(at_ms: u64) -> Option<String> {
    // Years up to 9999 are known; a stream may hold any number.
    let seconds = i64::try_from(at_ms / 1000).ok()?;
    Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}

fn certainties(records: &[ScenarioRecord]) -> Vec<Founded> {
    let founded = [
        (Certainty::Documented, "stated in the vendor's documents"),
        (Certainty::Recorded, "seen in answers of the vendor's own service"),
        (Certainty::Inferred, "concluded by us from both"),
    ];
    let of = |certainty: Certainty| {
        let mut totals = Totals::default();
        let known = records.iter().filter(|record| record.certainty == Some(certainty));
        known.for_each(|record| totals.add(record.verdict));
        totals
    };
    let rows = founded.map(|(certainty, means)| Founded {
        certainty: certainty.as_str(),
        means,
        totals: of(certainty),
    });
    rows.into_iter().filter(|row| row.totals.scenarios > 0).collect()
}

fn reasons(records: &[ScenarioRecord]) -> Vec<(String, usize)> {
    let mut counted = std::collections::BTreeMap::<ReasonCode, usize>::new();
    for reason in records.iter().filter_map(|record| record.reason.as_ref()) {
        *counted.entry(reason.code).or_default() += 1;
    }
    let mut reasons: Vec<_> = counted.into_iter().map(|(code, count)| (code.to_string(), count)).collect();
    reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_up_to_all_nor_down_to_none() {
        assert_eq!(per_cent(9999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(per_cent(1, 10_000).as_deref(), Some("0.1"));
        assert_eq!(per_cent(7, 7).as_deref(), Some("100.0"));
        assert_eq!(per_cent(0, 7).as_deref(), Some("0.0"));
        assert_eq!(per_cent(0, 0), None);
    }

    #[test]
    fn a_time_beyond_all_calendars_is_left_out() {
        assert_eq!(time(1_700_000_000_000).as_deref(), Some("2023-11-14T22:13:20Z"));
        assert_eq!(time(u64::MAX), None);
    }
}
