//! What an entry says that the target does. A deviation that differs from it is a new one.

use std::collections::BTreeSet;
use std::fmt;

use lianpu_corpus::Code;

use crate::judge::Check;
use crate::report::{Reason, ReasonCode, ScenarioRecord, Verdict};

/// What the target does; what is not given may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::cli) struct Pinned {
    /// The HTTP status.
    pub(in crate::cli) http: Option<u16>,
    /// The code with its JSON type.
    pub(in crate::cli) code: Option<Code>,
    /// All the checks that fail.
    pub(in crate::cli) checks: Option<BTreeSet<&'static str>>,
    /// Why it cannot be judged.
    pub(in crate::cli) reason: Option<ReasonCode>,
}

impl Pinned {
    /// What a record shows; `None` where it shows neither a deviation nor what could not be judged.
    pub(in crate::cli) fn of(record: &ScenarioRecord) -> Option<Self> {
        match record.verdict {
            Verdict::Fail | Verdict::Flaky | Verdict::ExpectedFail => Some(Self {
                http: record.actual.as_ref().map(|actual| actual.http),
                code: record.actual.as_ref().and_then(|actual| actual.code.clone()),
                checks: Some(record.findings.iter().map(|finding| finding.check.as_str()).collect()),
                reason: None,
            }),
            // What was answered on the way says nothing of why.
            Verdict::Indeterminate => Some(Self {
                reason: record.reason.as_ref().map(|reason: &Reason| reason.code),
                ..Self::default()
            }),
            _ => None,
        }
    }

    /// Whether a record shows just this.
    pub(in crate::cli) fn is_shown_by(&self, record: &ScenarioRecord) -> bool {
        let Some(shown) = Self::of(record) else { return false };
        let same = |wanted: bool, is: bool| !wanted || is;
        // A deviation is never what could not be judged, whatever else is left open.
        self.reason == shown.reason
            && same(self.http.is_some(), self.http == shown.http)
            && same(self.code.is_some(), self.code == shown.code)
            && same(self.checks.is_some(), self.checks == shown.checks)
    }

    /// Whether nothing is given.
    pub(in crate::cli) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The word of a check, where there is one.
    pub(in crate::cli) fn check(word: &str) -> Option<&'static str> {
        Check::ALL.into_iter().map(Check::as_str).find(|known| *known == word)
    }
}

impl fmt::Display for Pinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        words.extend(self.http.map(|http| format!("HTTP {http}")));
        words.extend(self.code.as_ref().map(|code| format!("code {code}")));
        words.extend(self.checks.as_ref().map(|checks| {
            let checks: Vec<_> = checks.iter().copied().collect();
            format!("findings {}", checks.join(", "))
        }));
        words.extend(self.reason.map(|reason| reason.to_string()));
        f.write_str(&words.join(", "))
    }
}
