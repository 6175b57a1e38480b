//! Two runs side by side: what is new, fixed, changed, gone. Start with [`diff`].

use std::collections::HashMap;

use super::record::ScenarioRecord;
use super::summary::Summary;
use super::verdict::Verdict;

/// What is different between two runs, in the order of the later one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diff<'r> {
    /// Deviates now, and did not before.
    pub new: Vec<Pair<'r>>,
    /// Deviated before, and is as it should be now.
    pub fixed: Vec<Pair<'r>>,
    /// Otherwise than before: another deviation, or no longer judged.
    pub changed: Vec<Pair<'r>>,
    /// Did not run this time.
    pub gone: Vec<Pair<'r>>,
    /// Ran for the first time and does not deviate.
    pub added: usize,
    /// As before.
    pub same: usize,
}

/// A scenario before and now; at least one of them is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair<'r> {
    /// In the earlier run.
    pub before: Option<&'r ScenarioRecord>,
    /// In the later run.
    pub now: Option<&'r ScenarioRecord>,
}

/// What is different in the later of two runs. What was not provoked, or not judged, in one of them is never called fixed or
/// new.
pub fn diff<'r>(before: &'r Summary, now: &'r Summary) -> Diff<'r> {
    let mut earlier: HashMap<&str, &ScenarioRecord> =
        before.scenarios.iter().map(|record| (record.id.as_str(), record)).collect();
    let mut diff = Diff::default();
    for record in &now.scenarios {
        let pair = Pair { before: earlier.remove(record.id.as_str()), now: Some(record) };
        match (pair.before.map(class_of), class_of(record)) {
            (Some(VerdictClass::Deviates), VerdictClass::Deviates) if !same(pair) => diff.changed.push(pair),
            (Some(VerdictClass::Deviates), VerdictClass::Good) => diff.fixed.push(pair),
            (Some(VerdictClass::Good | VerdictClass::Unjudged) | None, VerdictClass::Deviates) => {
                diff.new.push(pair);
            }
            (Some(before), now) if before != now => diff.changed.push(pair),
            (None, _) => diff.added += 1,
            _ => diff.same += 1,
        }
    }
    // In their own order, not the map's.
    let gone = before.scenarios.iter().filter(|record| earlier.contains_key(record.id.as_str()));
    diff.gone = gone.map(|record| Pair { before: Some(record), now: None }).collect();
    diff
}

impl Diff<'_> {
    /// Whether the later run is worse: something deviates that did not, or otherwise than it did.
    pub fn is_worse(&self) -> bool {
        let deviates =
            |pair: &Pair<'_>| pair.now.is_some_and(|record| class_of(record) == VerdictClass::Deviates);
        !self.new.is_empty() || self.changed.iter().any(deviates)
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.fixed.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

impl<'r> Pair<'r> {
    /// The later record, else the earlier.
    pub fn record(&self) -> &'r ScenarioRecord {
        self.now.or(self.before).expect("one of the two is there")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VerdictClass {
    Good,
    Deviates,
    Unjudged,
}

/// What the target did, whatever the expectations make of it.
fn class_of(record: &ScenarioRecord) -> VerdictClass {
    match record.verdict {
        Verdict::Pass | Verdict::Tolerated | Verdict::UnexpectedPass => VerdictClass::Good,
        Verdict::Fail | Verdict::Flaky | Verdict::ExpectedFail => VerdictClass::Deviates,
        Verdict::NotProvoked | Verdict::Indeterminate => VerdictClass::Unjudged,
    }
}

/// Whether two deviations are the same: status, code and the checks that fail, not the words.
fn same(pair: Pair<'_>) -> bool {
    let (Some(before), Some(now)) = (pair.before, pair.now) else { return false };
    let checks = |record: &ScenarioRecord| {
        let mut checks: Vec<_> = record.findings.iter().map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    };
    before.actual == now.actual && checks(before) == checks(now)
}

/// What a record shows, in a few words.
pub(super) fn shown(record: Option<&ScenarioRecord>) -> String {
    let Some(record) = record else { return "did not run".to_owned() };
    match class_of(record) {
        VerdictClass::Deviates => match &record.actual {
            None => "no answer".to_owned(),
            Some(actual) => match &actual.code {
                Some(code) => format!("code {code}, HTTP {}", actual.http),
                None => format!("no readable code, HTTP {}", actual.http),
            },
        },
        VerdictClass::Unjudged => {
            record.reason.as_ref().map_or(record.verdict.to_string(), |r| r.code.to_string())
        }
        VerdictClass::Good => record.verdict.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::Code;

    use super::*;
    use crate::report::{Actual, sample};

    fn run(verdicts: &[(&str, Verdict, i64)]) -> Summary {
        let mut summary = sample::summary();
        let one = summary.scenarios[0].clone();
        summary.scenarios = verdicts
            .iter()
            .map(|(id, verdict, code)| ScenarioRecord {
                id: (*id).to_owned(),
                verdict: *verdict,
                actual: Some(Actual { http: 200, code: Some(Code::Int(*code)) }),
                ..one.clone()
            })
            .collect();
        summary
    }

    fn ids(pairs: &[Pair<'_>]) -> Vec<String> {
        pairs.iter().map(|pair| pair.record().id.clone()).collect()
    }

    #[test]
    fn each_kind_of_difference() {
        use Verdict::{ExpectedFail, Fail, Indeterminate, NotProvoked, Pass, Tolerated, UnexpectedPass};
        let before = run(&[
            ("same", Pass, 0),
            ("still", Fail, 1),
            ("known", Fail, 1),
            ("fixed", Fail, 1),
            ("fixed-known", ExpectedFail, 1),
            ("changed", Fail, 1),
            ("new", Pass, 0),
            ("lost", Pass, 0),
            ("open-then-bad", Indeterminate, 0),
            ("bad-then-open", Fail, 1),
            ("gone", Pass, 0),
        ]);
        let now = run(&[
            ("same", Tolerated, 0),
            ("still", Fail, 1),
            ("known", ExpectedFail, 1),
            ("fixed", Pass, 0),
            ("fixed-known", UnexpectedPass, 0),
            ("changed", Fail, 2),
            ("new", Fail, 1),
            ("lost", NotProvoked, 0),
            ("open-then-bad", Fail, 1),
            ("bad-then-open", Indeterminate, 0),
            ("added", Pass, 0),
            ("added-bad", Fail, 1),
        ]);
        let difference = diff(&before, &now);
        assert_eq!(ids(&difference.new), ["new", "open-then-bad", "added-bad"]);
        assert_eq!(ids(&difference.fixed), ["fixed", "fixed-known"]);
        assert_eq!(ids(&difference.changed), ["changed", "lost", "bad-then-open"]);
        assert_eq!(ids(&difference.gone), ["gone"]);
        assert_eq!((difference.added, difference.same), (1, 3));
        assert!(difference.is_worse());
        let better = diff(&now, &before);
        assert_eq!(ids(&better.gone), ["added", "added-bad"]);
        assert!(diff(&before, &before).is_empty() && !diff(&before, &before).is_worse());
    }
}
