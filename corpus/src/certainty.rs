//! How sure a statement is, and from where a row can be provoked.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How well a statement about a vendor is founded. Ordered from strong to weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The vendor's documents say so.
    Documented,
    /// Somebody recorded the vendor, or a sibling product on the same back end, doing so.
    Recorded,
    /// Our conclusion from names, neighbours or clients.
    Inferred,
}

/// From where a row can be provoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// One crafted request.
    Wire,
    /// A sequence of requests.
    State,
    /// Volume.
    Load,
    /// A picture server under the harness's control.
    Origin,
    /// What the picture shows.
    Picture,
    /// Only a failing inside: the fault hook.
    Fault,
    /// Not at all, for a written reason.
    None,
}

impl Certainty {
    /// The word used in data, tags and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Recorded => "recorded",
            Self::Inferred => "inferred",
        }
    }
}

impl Reach {
    /// The word used in data, tags and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::State => "state",
            Self::Load => "load",
            Self::Origin => "origin",
            Self::Picture => "picture",
            Self::Fault => "fault",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
