//! The judgement on a scenario, in one word.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed_list::closed_list;

closed_list! {
    /// The judgement on a scenario.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Verdict {
        /// Exactly as the row says.
        Pass = "pass",
        /// An alternative that the documents allow.
        Tolerated = "tolerated",
        /// A deviation.
        Fail = "fail",
        /// A deviation that does not show every time.
        Flaky = "flaky",
        /// A known deviation.
        ExpectedFail = "expected-fail",
        /// A known deviation that is gone.
        UnexpectedPass = "unexpected-pass",
        /// The target lacks what the recipe needs.
        NotProvoked = "not-provoked",
        /// Not judged: the set-up failed, or the run was interrupted.
        Indeterminate = "indeterminate",
    }
}

impl Verdict {
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
