//! What the expectations say of a scenario, as it stands in the event stream.

use serde::{Deserialize, Serialize};

/// The entry that names a scenario, and what became of it in this run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The entry's id or glob, as it is written.
    pub entry: String,
    /// What became of it.
    pub state: ListedState,
    /// Why the deviation is accepted.
    pub reason: String,
    /// The last day on which it is: `2027-01-31`.
    pub expires: String,
    /// Where it is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// What became of an entry in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListedState {
    /// It deviates just as the entry says.
    Expected,
    /// It deviates otherwise than the entry says: a new failure.
    Different,
    /// It passes: the entry is stale.
    Stale,
    /// It deviates as the entry says, but the entry's last day is over: it counts again.
    Expired,
    /// It runs and never gates.
    Quarantined,
}

impl ListedState {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Different => "different",
            Self::Stale => "stale",
            Self::Expired => "expired",
            Self::Quarantined => "quarantined",
        }
    }
}
