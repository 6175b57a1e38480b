//! Why there is no judgement: a closed set of words, so that no skip can hide behind a text of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed_list::closed_list;

/// Why there is no judgement: a closed word, and the particulars.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// The word.
    pub code: ReasonCode,
    /// What happened, for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

closed_list! {
    /// Every reason there is. Sorted as reports list them: what the target lacks, then what went wrong.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum ReasonCode {
        /// The row has no scenario; the detail says why.
        #[serde(rename = "none")]
        NoRecipe = "none",
        /// The target has to recognise the harmless markers that stand for forbidden content.
        NeedsContentMarkers = "needs-content-markers",
        /// The account has no key that has been disabled.
        NeedsDisabledKey = "needs-disabled-key",
        /// Photographs cannot show it.
        NeedsDrawnPortrait = "needs-drawn-portrait",
        /// The account has no token that has expired.
        NeedsExpiredToken = "needs-expired-token",
        /// The target does not find and compare real faces.
        NeedsFaceNets = "needs-face-nets",
        /// The target does not fail on demand.
        NeedsFaultHook = "needs-fault-hook",
        /// The target's limit is too high to be reached.
        NeedsLoweredLimit = "needs-lowered-limit",
        /// The target cannot fetch pictures from this machine.
        NeedsOrigin = "needs-origin",
        /// The account's rate is not limited, or not known.
        NeedsRateLimit = "needs-rate-limit",
        /// There is no second tenant.
        NeedsSecondAccount = "needs-second-account",
        /// The target does not know the test citizens.
        NeedsTestCitizens = "needs-test-citizens",
        /// A tag of a user's own file asks for what no target can be said to have; the detail names it.
        NeedsOther = "needs-other",
        /// The target does not offer the operation.
        OperationNotOffered = "operation-not-offered",
        /// A request that prepares the scenario was not answered as it must be.
        SetUpFailed = "set-up-failed",
        /// The target refused a request for the rate as long as we asked.
        RateLimited = "rate-limited",
        /// A sentence that is not in the vocabulary.
        StepUnknown = "step-unknown",
        /// A mistake of the harness.
        HarnessError = "harness-error",
    }
}

impl ReasonCode {
    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
}

impl Reason {
    /// A reason without particulars.
    pub const fn new(code: ReasonCode) -> Self {
        Self { code, detail: None }
    }

    /// A reason with particulars.
    pub fn with(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()) }
    }

    /// What a tag `@needs:<what>` asks for is not there.
    pub fn needs(what: &str) -> Self {
        match ReasonCode::parse(&format!("needs-{what}")) {
            Some(code) => Self::new(code),
            None => Self::with(ReasonCode::NeedsOther, what),
        }
    }
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{} ({detail})", self.code),
            None => self.code.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_and_written_alike() {
        for code in ReasonCode::ALL {
            assert_eq!(ReasonCode::parse(code.as_str()), Some(code));
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
        assert!(serde_json::from_str::<ReasonCode>("\"because\"").is_err(), "the set is closed");
    }

    #[test]
    fn a_need_that_nobody_knows_keeps_its_name() {
        assert_eq!(Reason::needs("origin"), Reason::new(ReasonCode::NeedsOrigin));
        assert_eq!(Reason::needs("teleport").to_string(), "needs-other (teleport)");
    }
}
