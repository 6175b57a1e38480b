//! `expectations.toml`: the deviations that are known, each with its reason and its last day.
//!
//! Listed scenarios always run. What deviates as its entry says is `expected-fail`; what passes is `unexpected-pass`; what
//! deviates otherwise is a new failure; after its last day an entry's deviation counts again. What is quarantined runs and
//! never gates. Pure but for [`load`]: the day is an argument. Start with [`Expectations::parse`] and [`Book::new`].

mod book;
pub(super) mod edit;
mod pinned;
mod read;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub(super) use self::book::Book;
pub(super) use self::pinned::Pinned;
use super::config::ConfigError;
use crate::report::{Sha256Hex, TargetInfo, digest_of_bytes};

/// Scenarios that one glob may name, unless its entry raises it by `max`.
const MOST: usize = 20;

/// An expectations file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expectations {
    /// Where it was read from.
    pub(super) file: PathBuf,
    /// Of its bytes.
    pub(super) digest: Sha256Hex,
    /// Its entries: those of `[[expect]]`, then those of `[[quarantine]]`.
    pub(super) entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The line it begins in, from 1.
    pub(super) line: usize,
    /// What it does.
    pub(super) kind: Kind,
    /// Its place among the entries of its kind, from 0.
    pub(super) place: usize,
    /// A scenario's id, or a glob: `*` stands for a part between slashes, `**` for any parts.
    pub(super) id: String,
    /// What the target does; `None` only in a quarantine.
    pub(super) actual: Option<Pinned>,
    /// Why that is accepted.
    pub(super) reason: String,
    /// The last day on which it is.
    pub(super) expires: Date,
    /// Where it holds.
    pub(super) when: When,
    /// Where it is tracked.
    pub(super) issue: Option<String>,
    /// Who sees to it.
    pub(super) owner: Option<String>,
    /// How many scenarios a glob may name.
    pub(super) max: usize,
}

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[[expect]]`: the deviation is known.
    Expect,
    /// `[[quarantine]]`: the scenario is disputed.
    Quarantine,
}

/// Where an entry holds: everything that is given must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct When {
    /// The target's name or address.
    pub(super) target: Option<String>,
    /// What the target has.
    pub(super) has: Vec<String>,
    /// What the target lacks.
    pub(super) lacks: Vec<String>,
}

impl Kind {
    /// The key of its tables.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Expect => "expect",
            Self::Quarantine => "quarantine",
        }
    }
}

impl When {
    /// Whether it is so of a target.
    pub(super) fn holds(&self, target: &TargetInfo) -> bool {
        let has = |word: &String| target.capabilities.contains(word);
        self.target.as_ref().is_none_or(|name| *name == target.name || *name == target.base_url)
            && self.has.iter().all(has)
            && !self.lacks.iter().any(has)
    }
}

impl Expectations {
    /// Reads the text of a file; all of its faults are collected.
    pub(super) fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let entries = read::entries(file, text).map_err(ConfigError::Faults)?;
        Ok(Self { file: file.to_owned(), digest: digest_of_bytes(text.as_bytes()), entries })
    }
}

/// Reads a file.
pub(super) fn load(file: &Path) -> Result<Expectations, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| ConfigError::File { file: file.to_owned(), source })?;
    Expectations::parse(file, &text)
}

/// Today, in UTC: the same day on every machine of a build.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
