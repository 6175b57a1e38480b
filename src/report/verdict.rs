//! The judgement on a scenario, in one word.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The judgement on a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Exactly as the row says.
    Pass,
    /// An alternative that the documents allow.
    Tolerated,
    /// A deviation.
    Fail,
    /// A known deviation.
    ExpectedFail,
    /// A known deviation that is gone.
    UnexpectedPass,
    /// The target lacks what the recipe needs.
    NotProvoked,
    /// Not judged: the set-up failed, or the run was interrupted.
    Indeterminate,
}

impl Verdict {
    /// Every verdict, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::Tolerated,
        Self::Fail,
        Self::ExpectedFail,
        Self::UnexpectedPass,
        Self::NotProvoked,
        Self::Indeterminate,
    ];

    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Tolerated => "tolerated",
            Self::Fail => "fail",
            Self::ExpectedFail => "expected-fail",
            Self::UnexpectedPass => "unexpected-pass",
            Self::NotProvoked => "not-provoked",
            Self::Indeterminate => "indeterminate",
        }
    }

    /// Whether the target was judged and found as it should be.
    pub const fn is_green(self) -> bool {
        matches!(self, Self::Pass | Self::Tolerated)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
