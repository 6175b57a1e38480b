//! Verdicts counted.

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;

/// Scenarios by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All of them.
    pub scenarios: usize,
    /// Exactly as the rows say.
    pub pass: usize,
    /// Allowed alternatives.
    pub tolerated: usize,
    /// Deviations.
    pub fail: usize,
    /// Deviations that do not show every time.
    #[serde(default)]
    pub flaky: usize,
    /// Known deviations.
    pub expected_fail: usize,
    /// Known deviations that are gone.
    pub unexpected_pass: usize,
    /// The target lacks what the recipe needs.
    pub not_provoked: usize,
    /// Not judged.
    pub indeterminate: usize,
}

impl Totals {
    /// Counts one verdict.
    pub fn add(&mut self, verdict: Verdict) {
        self.scenarios += 1;
        *match verdict {
            Verdict::Pass => &mut self.pass,
            Verdict::Tolerated => &mut self.tolerated,
            Verdict::Fail => &mut self.fail,
            Verdict::Flaky => &mut self.flaky,
            Verdict::ExpectedFail => &mut self.expected_fail,
            Verdict::UnexpectedPass => &mut self.unexpected_pass,
            Verdict::NotProvoked => &mut self.not_provoked,
            Verdict::Indeterminate => &mut self.indeterminate,
        } += 1;
    }

    /// How many have this verdict.
    pub const fn of(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Pass => self.pass,
            Verdict::Tolerated => self.tolerated,
            Verdict::Fail => self.fail,
            Verdict::Flaky => self.flaky,
            Verdict::ExpectedFail => self.expected_fail,
            Verdict::UnexpectedPass => self.unexpected_pass,
            Verdict::NotProvoked => self.not_provoked,
            Verdict::Indeterminate => self.indeterminate,
        }
    }

    /// What deviates otherwise than it is known to.
    pub const fn failing(&self) -> usize {
        self.fail + self.flaky + self.unexpected_pass
    }
}
