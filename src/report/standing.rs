//! How a scenario stands with the gate: its verdict, held against the certainty asked for and the expectations.
//!
//! Every report takes it from here, so that none calls a failure what another calls known.

use serde::{Deserialize, Serialize};

use super::gate::{Figure, GateInfo, Threshold};
use super::listed::ListedState;
use super::record::ScenarioRecord;
use super::score::Score;
use super::summary::Summary;
use super::verdict::Verdict;

/// How a scenario stands with the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// As it should be.
    Good,
    /// A deviation that fails the run.
    Deviates,
    /// Not judged, which fails the run.
    Open,
    /// A deviation of an entry whose last day is over.
    Expired,
    /// A known deviation that is gone.
    Stale,
    /// A known deviation.
    Expected,
    /// A deviation that runs and never gates.
    Quarantined,
    /// A deviation from a statement that is weaker than the gate asks for.
    Weaker,
    /// The target lacks what the recipe needs.
    NotProvoked,
}

/// Scenarios by their standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    /// As it should be.
    pub good: usize,
    /// Deviations that fail the run.
    pub deviates: usize,
    /// Not judged, which fails the run.
    pub open: usize,
    /// Deviations of entries whose last day is over.
    pub expired: usize,
    /// Known deviations that are gone.
    pub stale: usize,
    /// Known deviations.
    pub expected: usize,
    /// Deviations that never gate.
    pub quarantined: usize,
    /// Deviations from weaker statements.
    pub weaker: usize,
    /// What the target lacks something for.
    pub not_provoked: usize,
}

/// What a run comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// All as it should be.
    AsExpected,
    /// Deviations, something that could not be judged, or a figure that is missed.
    Deviations,
    /// Nothing that gates was judged, or fewer ran than were chosen.
    FewerScenarios,
    /// Only stale or expired expectations.
    StaleExpectations,
}

impl Outcome {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsExpected => "as-expected",
            Self::Deviations => "deviations",
            Self::FewerScenarios => "fewer-scenarios",
            Self::StaleExpectations => "stale-expectations",
        }
    }
}

impl Standing {
    /// How a record stands.
    pub fn of(record: &ScenarioRecord, gate: &GateInfo) -> Self {
        let state = record.listed.as_ref().map(|listed| listed.state);
        match record.verdict {
            Verdict::Pass | Verdict::Tolerated => Self::Good,
            Verdict::UnexpectedPass => Self::Stale,
            Verdict::ExpectedFail => Self::Expected,
            Verdict::NotProvoked => Self::NotProvoked,
            Verdict::Fail | Verdict::Flaky | Verdict::Indeterminate => match state {
                Some(ListedState::Expected) => Self::Expected,
                Some(ListedState::Quarantined) => Self::Quarantined,
                _ if !gate.covers(record.certainty) => Self::Weaker,
                Some(ListedState::Expired) => Self::Expired,
                _ if record.verdict != Verdict::Indeterminate => Self::Deviates,
                _ => Self::Open,
            },
        }
    }

    /// Whether it alone keeps a run from being as expected.
    pub const fn gates(self) -> bool {
        matches!(self, Self::Deviates | Self::Open | Self::Expired | Self::Stale)
    }

    /// Why a deviation does not fail the run, in a word; empty where it does, or where there is none.
    pub const fn pardon(self) -> &'static str {
        match self {
            Self::Expected => "known",
            Self::Quarantined => "quarantined",
            Self::Weaker => "weaker statement",
            _ => "",
        }
    }
}

impl Standings {
    fn add(&mut self, standing: Standing) {
        *match standing {
            Standing::Good => &mut self.good,
            Standing::Deviates => &mut self.deviates,
            Standing::Open => &mut self.open,
            Standing::Expired => &mut self.expired,
            Standing::Stale => &mut self.stale,
            Standing::Expected => &mut self.expected,
            Standing::Quarantined => &mut self.quarantined,
            Standing::Weaker => &mut self.weaker,
            Standing::NotProvoked => &mut self.not_provoked,
        } += 1;
    }
}

impl Summary {
    /// What may fail the run.
    pub fn gate(&self) -> GateInfo {
        self.started.as_ref().map(|started| started.gate.clone()).unwrap_or_default()
    }

    /// All scenarios by their standing.
    pub fn standings(&self) -> Standings {
        let gate = self.gate();
        let mut standings = Standings::default();
        self.scenarios.iter().for_each(|record| standings.add(Standing::of(record, &gate)));
        standings
    }

    /// Divergence and coverage of the statements that gate.
    pub fn score(&self) -> Score {
        let gate = self.gate();
        let mut score = Score::default();
        for record in self.scenarios.iter().filter(|record| gate.covers(record.certainty)) {
            score.total += 1;
            let quarantined =
                record.listed.as_ref().is_some_and(|listed| listed.state == ListedState::Quarantined);
            let judged = !matches!(record.verdict, Verdict::NotProvoked | Verdict::Indeterminate);
            if judged && !quarantined {
                score.judged += 1;
                let deviates =
                    [Verdict::Fail, Verdict::Flaky, Verdict::ExpectedFail].contains(&record.verdict);
                score.diverging += usize::from(deviates);
            }
        }
        score
    }

    /// The figures that are asked for and missed.
    pub fn missed(&self) -> Vec<Threshold> {
        self.gate().missed(&self.score())
    }

    /// What the run comes to. A bound for divergence stands in the place of "no deviation at all", a bound for coverage in
    /// that of "everything judged".
    pub fn outcome(&self) -> Outcome {
        let (gate, standings, score) = (self.gate(), self.standings(), self.score());
        let deviates = standings.deviates > 0 && !gate.bounds(Figure::Divergence);
        let open = standings.open > 0 && !gate.bounds(Figure::Coverage);
        if deviates || open || (score.total > 0 && !gate.missed(&score).is_empty()) {
            return Outcome::Deviations;
        }
        let selected = self.started.as_ref().and_then(|started| started.selected).unwrap_or_default();
        if self.scenarios.len() < selected || score.judged == 0 {
            return Outcome::FewerScenarios;
        }
        if standings.stale + standings.expired > 0 {
            return Outcome::StaleExpectations;
        }
        Outcome::AsExpected
    }
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::Certainty;

    use super::*;
    use crate::report::{Listed, sample};

    fn one(verdict: Verdict, state: Option<ListedState>, certainty: Certainty) -> Summary {
        let mut summary = sample::summary();
        summary.scenarios.truncate(1);
        let record = &mut summary.scenarios[0];
        record.verdict = verdict;
        record.certainty = Some(certainty);
        record.listed = state.map(|state| Listed {
            entry: "a/**".into(),
            state,
            reason: "r".into(),
            expires: "2027-01-31".into(),
            issue: None,
            owner: None,
        });
        let started = summary.started.as_mut().unwrap();
        started.selected = Some(1);
        started.gate.on = Certainty::Recorded;
        summary
    }

    #[test]
    fn what_each_scenario_alone_comes_to() {
        use Certainty::{Documented, Inferred};
        use ListedState::{Different, Expected, Expired, Quarantined, Stale};
        use Outcome::{AsExpected, Deviations, FewerScenarios, StaleExpectations};
        use Verdict::{
            ExpectedFail, Fail, Flaky, Indeterminate, NotProvoked, Pass, Tolerated, UnexpectedPass,
        };
        for (verdict, state, certainty, outcome) in [
            (Pass, None, Documented, AsExpected),
            (Tolerated, None, Documented, AsExpected),
            (Fail, None, Documented, Deviations),
            (Flaky, None, Documented, Deviations),
            (Flaky, Some(Different), Documented, Deviations),
            (Flaky, None, Inferred, FewerScenarios),
            (Indeterminate, None, Documented, Deviations),
            (Fail, Some(Different), Documented, Deviations),
            (ExpectedFail, Some(Expected), Documented, AsExpected),
            (UnexpectedPass, Some(Stale), Documented, StaleExpectations),
            (UnexpectedPass, Some(Stale), Inferred, FewerScenarios),
            (Fail, Some(Expired), Documented, StaleExpectations),
            // Nothing else was judged in these, and that is never a success.
            (NotProvoked, None, Documented, FewerScenarios),
            (Fail, Some(Quarantined), Documented, FewerScenarios),
            (Indeterminate, Some(Expected), Documented, FewerScenarios),
            (Fail, None, Inferred, FewerScenarios),
            (Pass, None, Inferred, FewerScenarios),
        ] {
            let summary = one(verdict, state, certainty);
            assert_eq!(summary.outcome(), outcome, "{verdict} {state:?} {certainty}");
            let standings = summary.standings();
            assert_eq!(
                serde_json::to_value(standings)
                    .unwrap()
                    .as_object()
                    .unwrap()
                    .values()
                    .filter_map(serde_json::Value::as_u64)
                    .sum::<u64>(),
                1
            );
        }
    }

    #[test]
    fn a_bound_stands_in_the_place_of_none_at_all() {
        let mut summary = one(Verdict::Pass, None, Certainty::Documented);
        let good = summary.scenarios[0].clone();
        summary.scenarios = vec![good; 100];
        summary.scenarios[7].verdict = Verdict::Fail;
        let outcome = |summary: &Summary, require: &str| {
            let mut summary = summary.clone();
            summary.started.as_mut().unwrap().gate.require = Threshold::parse_all(require).unwrap();
            summary.outcome()
        };
        assert_eq!(summary.outcome(), Outcome::Deviations);
        assert_eq!(outcome(&summary, "divergence<2%"), Outcome::AsExpected);
        assert_eq!(outcome(&summary, "divergence<1%"), Outcome::Deviations);
        assert_eq!(outcome(&summary, "coverage>95%"), Outcome::Deviations, "nothing pardons the deviation");
        summary.scenarios[7].verdict = Verdict::Indeterminate;
        assert_eq!(outcome(&summary, "divergence<2%"), Outcome::Deviations, "nothing pardons the gap");
        assert_eq!(outcome(&summary, "coverage>95%"), Outcome::AsExpected);
        assert_eq!(outcome(&summary, "coverage>=100%"), Outcome::Deviations);
        // A known deviation is one: an entry does not make the target better.
        summary.scenarios[7].verdict = Verdict::ExpectedFail;
        assert_eq!(summary.outcome(), Outcome::AsExpected);
        assert_eq!(outcome(&summary, "divergence<1%"), Outcome::Deviations);
    }
}
