//! One entry of an expectations file.

use jiff::civil::Date;

use super::pinned::Pinned;
use crate::report::TargetInfo;

/// Scenarios that one glob may name, unless its entry raises it by `max`.
pub(in crate::cli) const MOST: usize = 20;

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct Entry {
    /// The line it begins in, from 1.
    pub(in crate::cli) line: usize,
    /// What it does.
    pub(in crate::cli) kind: EntryKind,
    /// Its place among the entries of its kind, from 0.
    pub(in crate::cli) place: usize,
    /// A scenario's id, or a glob: `*` stands for a part between slashes, `**` for any parts.
    pub(in crate::cli) id: String,
    /// What the target does; `None` only in a quarantine.
    pub(in crate::cli) actual: Option<Pinned>,
    /// Why that is accepted.
    pub(in crate::cli) reason: String,
    /// The last day on which it is.
    pub(in crate::cli) expires: Date,
    /// Where it holds.
    pub(in crate::cli) when: When,
    /// Where it is tracked.
    pub(in crate::cli) issue: Option<String>,
    /// Who sees to it.
    pub(in crate::cli) owner: Option<String>,
    /// How many scenarios a glob may name.
    pub(in crate::cli) max: usize,
}

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum EntryKind {
    /// `[[expect]]`: the deviation is known.
    Expect,
    /// `[[quarantine]]`: the scenario is disputed.
    Quarantine,
}

/// Where an entry holds: everything that is given must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::cli) struct When {
    /// The target's name or address.
    pub(in crate::cli) target: Option<String>,
    /// What the target has.
    pub(in crate::cli) has: Vec<String>,
    /// What the target lacks.
    pub(in crate::cli) lacks: Vec<String>,
}

impl EntryKind {
    /// The key of its tables.
    pub(in crate::cli) const fn as_str(self) -> &'static str {
        match self {
            Self::Expect => "expect",
            Self::Quarantine => "quarantine",
        }
    }
}

impl When {
    /// Whether it is so of a target.
    pub(in crate::cli) fn holds(&self, target: &TargetInfo) -> bool {
        let has = |word: &String| target.capabilities.contains(word);
        self.target.as_ref().is_none_or(|name| *name == target.name || *name == target.base_url)
            && self.has.iter().all(has)
            && !self.lacks.iter().any(has)
    }
}
