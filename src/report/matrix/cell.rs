//! What one implementation did in one scenario, in a word or two; two of them are the same where the words are.

use lianpu_corpus::Code;

use crate::judge::Check;
use crate::report::reason::ReasonCode;
use crate::report::record::ScenarioRecord;
use crate::report::text::printable;
use crate::report::verdict::Verdict;

/// What an implementation did, whatever its expectations make of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    /// Exactly as the row says.
    Pass,
    /// Answered with another code, which the documents allow.
    Tolerated(String),
    /// Deviates: its code, and the checks that fail besides.
    Fails(String),
    /// Lacks what the recipe needs.
    NotProvoked(Option<ReasonCode>),
    /// Was not judged.
    Open(Option<ReasonCode>),
    /// Did not run it.
    Absent,
}

impl Cell {
    pub(super) fn of(record: &ScenarioRecord) -> Self {
        let reason = record.reason.as_ref().map(|reason| reason.code);
        let came = record.actual.as_ref().and_then(|actual| actual.code.as_ref());
        match record.verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Tolerated => Self::Tolerated(came.map_or_else(String::new, json)),
            Verdict::UnexpectedPass => match came {
                Some(code) if Some(code) != record.expected.first() => Self::Tolerated(json(code)),
                _ => Self::Pass,
            },
            Verdict::Fail | Verdict::Flaky | Verdict::ExpectedFail => Self::Fails(deviation(record)),
            Verdict::NotProvoked => Self::NotProvoked(reason),
            Verdict::Indeterminate => Self::Open(reason),
        }
    }

    /// Whether the target was judged.
    pub const fn is_judged(&self) -> bool {
        matches!(self, Self::Pass | Self::Tolerated(_) | Self::Fails(_))
    }

    /// The words, for a screen.
    pub fn words(&self) -> String {
        let word = |reason: &Option<ReasonCode>| reason.map_or("no reason", ReasonCode::as_str);
        match self {
            Self::Pass => "pass".to_owned(),
            Self::Tolerated(code) => format!("tolerated {code}").trim_end().to_owned(),
            Self::Fails(what) => format!("FAIL {what}"),
            Self::NotProvoked(reason) => format!("({})", word(reason)),
            Self::Open(reason) => format!("? {}", word(reason)),
            Self::Absent => "-".to_owned(),
        }
    }

    /// The verdict's word, as reports mark it; `absent` where there is none.
    pub const fn verdict(&self) -> &'static str {
        match self {
            Self::Pass => Verdict::Pass.as_str(),
            Self::Tolerated(_) => Verdict::Tolerated.as_str(),
            Self::Fails(_) => Verdict::Fail.as_str(),
            Self::NotProvoked(_) => Verdict::NotProvoked.as_str(),
            Self::Open(_) => Verdict::Indeterminate.as_str(),
            Self::Absent => "absent",
        }
    }

    /// A sign, never colour alone, and what stands beside it.
    pub(super) fn signed(&self) -> (&'static str, String) {
        let word = |reason: &Option<ReasonCode>| reason.map_or("", ReasonCode::as_str).to_owned();
        match self {
            Self::Pass => ("✓", String::new()),
            Self::Tolerated(code) => ("≈", code.clone()),
            Self::Fails(what) => ("✕", what.clone()),
            Self::NotProvoked(reason) => ("○", word(reason)),
            Self::Open(reason) => ("?", word(reason)),
            Self::Absent => ("–", String::new()),
        }
    }
}

/// The code that came, where it is wrong, and the other checks that fail.
fn deviation(record: &ScenarioRecord) -> String {
    let fails = |check: Check| record.findings.iter().any(|finding| finding.check == check);
    let mut words = Vec::new();
    let of_code = fails(Check::Code) || fails(Check::CodeType);
    match &record.actual {
        None => words.push("no answer".to_owned()),
        Some(actual) if of_code || record.findings.is_empty() => {
            words.push(actual.code.as_ref().map_or_else(|| "no code".to_owned(), json));
        }
        Some(_) => {}
    }
    let told = |check: Check| match check {
        Check::Code | Check::CodeType => false,
        Check::Transport => record.actual.is_some(),
        _ => true,
    };
    words.extend(
        Check::ALL.into_iter().filter(|check| told(*check) && fails(*check)).map(|c| c.as_str().to_owned()),
    );
    words.join(", ")
}

/// As JSON writes it, so that a text is told from a number.
fn json(code: &Code) -> String {
    printable(&match code {
        Code::Int(number) => number.to_string(),
        Code::Text(text) => format!("{:?}", text.chars().take(24).collect::<String>()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Finding;
    use crate::report::{Actual, sample};

    #[test]
    fn each_record_in_words() {
        let records = sample::summary().scenarios;
        let words: Vec<_> = records.iter().map(|record| Cell::of(record).words()).collect();
        let expected =
            ["pass", "tolerated -1100", "FAIL 0, trace", "(needs-fault-hook)", "? set-up-failed", "pass"];
        assert_eq!(words, expected);
    }

    #[test]
    fn what_an_expectation_says_changes_nothing() {
        let fail = sample::summary().scenarios.swap_remove(2);
        let known = ScenarioRecord { verdict: Verdict::ExpectedFail, ..fail.clone() };
        assert_eq!(Cell::of(&known), Cell::of(&fail));
        let gone = ScenarioRecord { verdict: Verdict::UnexpectedPass, ..fail.clone() };
        assert_eq!(Cell::of(&gone), Cell::Tolerated("0".into()), "its code is not the row's own");
        let silent = ScenarioRecord {
            actual: None,
            findings: vec![Finding::new(Check::Transport, "an answer", "none")],
            ..fail.clone()
        };
        assert_eq!(Cell::of(&silent).words(), "FAIL no answer");
        let status = ScenarioRecord {
            actual: Some(Actual { http: 500, code: Some("-1302".into()) }),
            findings: vec![Finding::new(Check::Status, "200", "500")],
            ..fail
        };
        assert_eq!(Cell::of(&status).words(), "FAIL status");
    }
}
