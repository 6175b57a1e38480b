//! `expectations.toml`: the deviations that are known, each with its reason and its last day.
//!
//! Listed scenarios always run. What deviates as its entry says is `expected-fail`; what passes is `unexpected-pass`; what
//! deviates otherwise is a new failure; after its last day an entry's deviation counts again. What is quarantined runs and
//! never gates. Pure but for [`load`]: the day is an argument. Start with [`Expectations::parse`] and [`Book::new`].

mod book;
pub(super) mod edit;
mod entry;
mod pinned;
mod read;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub(super) use self::book::Book;
pub(super) use self::entry::{Entry, EntryKind};
pub(super) use self::pinned::Pinned;
use super::config::ConfigError;
use crate::report::{Sha256Hex, digest_of_bytes};

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
