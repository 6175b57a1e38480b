//! The signs of verdicts.

use crate::report::verdict::Verdict;

/// The sign of a verdict: never colour alone.
pub(super) const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Tolerated => "≈",
        Verdict::Fail => "✕",
        Verdict::Flaky => "≁",
        Verdict::ExpectedFail => "!",
        Verdict::UnexpectedPass => "↑",
        Verdict::NotProvoked => "○",
        Verdict::Indeterminate => "?",
    }
}
