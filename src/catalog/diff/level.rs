//! The weight of a change.

use std::fmt;

use serde::Serialize;

/// How much a change means to whoever relies on the tables, in the words of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nobody need do anything: spaces, width, our own words.
    Patch,
    /// There is more, or it is said otherwise.
    Minor,
    /// What was relied on holds no more.
    Major,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
