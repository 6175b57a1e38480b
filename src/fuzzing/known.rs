//! Findings told apart, so that each is examined and written once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::judge::{Check, Finding};
use crate::mutate::{Mutation, Plan};

/// How a finding begins that says that no answer came in time.
const TOO_LATE: &str = "no complete answer within";

/// What makes two findings the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// `dialect/operation`.
    pub operation: String,
    /// The mutators' names; none: the valid request.
    pub mutators: Vec<String>,
    /// What was checked.
    pub check: String,
    /// What was expected, without what differs between two answers that say the same.
    pub expected: String,
    /// What came, likewise.
    pub actual: String,
}

/// One finding of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRecord {
    /// From 1, in the order of writing.
    pub number: usize,
    /// What it is.
    pub key: Key,
    /// The rules that say what would be right, a sentence each.
    pub why: Vec<String>,
    /// The case that showed it first.
    pub case: u64,
    /// How often it was seen.
    pub seen: u64,
    /// Whether it came again when the request was sent again.
    pub confirmed: bool,
    /// The folder of its bundle, beneath the campaign's own; none: it came after the last that was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
}

/// The findings of a campaign so far.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) records: Vec<FindingRecord>,
    /// As they were first seen, and as they are after shrinking: where their record is, once it is written.
    places: BTreeMap<Key, Option<usize>>,
}

/// What is the same about two findings, whichever plan showed them.
pub(super) fn likeness(finding: &Finding) -> (Check, String) {
    let actual = match finding.check {
        Check::Code
        | Check::CodeType
        | Check::Status
        | Check::ContentType
        | Check::Header
        | Check::Repeat => finding.actual.clone(),
        // The system's words follow ours.
        Check::Transport => finding.actual.split(':').next().unwrap_or_default().to_owned(),
        Check::Json | Check::Message | Check::Field | Check::Trace => String::new(),
    };
    (finding.check, actual)
}

impl Key {
    /// The key of a finding that a plan showed.
    pub(super) fn of(plan: &Plan, finding: &Finding) -> Self {
        let expected = match finding.check {
            Check::Trace => finding.expected.split(" as before").next().unwrap_or_default().to_owned(),
            Check::Repeat => "the same answer".to_owned(),
            // However much was right, a target that is slow is slow.
            Check::Transport if finding.actual.starts_with(TOO_LATE) => "an answer in time".to_owned(),
            _ => finding.expected.clone(),
        };
        Self {
            operation: format!("{}/{}", plan.dialect, plan.operation),
            mutators: plan.mutations.iter().map(Mutation::name).map(str::to_owned).collect(),
            check: finding.check.as_str().to_owned(),
            expected,
            actual: match likeness(finding).1 {
                actual if actual.is_empty() => words(finding),
                actual => actual,
            },
        }
    }
}

fn words(finding: &Finding) -> String {
    match finding.check {
        Check::Trace | Check::Json => "something else".to_owned(),
        _ => finding.actual.chars().take(40).collect(),
    }
}

impl Known {
    /// Findings of an earlier part of the campaign.
    pub(super) fn of(records: Vec<FindingRecord>) -> Self {
        let places = records.iter().enumerate().map(|(place, record)| (record.key.clone(), Some(place)));
        Self { places: places.collect(), records }
    }

    /// Whether it is a new one, which the caller then examines; else it is counted.
    pub(super) fn is_new(&mut self, key: &Key) -> bool {
        match self.places.get(key) {
            Some(Some(place)) => {
                self.records[*place].seen += 1;
                false
            }
            Some(None) => false, // somebody is examining it
            None => {
                self.places.insert(key.clone(), None);
                true
            }
        }
    }

    /// The record of a finding that turned out to be one that is known, counted; or nothing.
    pub(super) fn recognize(&mut self, first: &Key, shrunk: &Key) -> bool {
        let Some(Some(place)) = self.places.get(shrunk).copied() else { return false };
        self.records[place].seen += 1;
        self.places.insert(first.clone(), Some(place));
        true
    }

    /// Takes a record, under both of its keys.
    pub(super) fn add(&mut self, first: Key, record: FindingRecord) {
        let place = self.records.len();
        self.places.insert(first, Some(place));
        self.places.insert(record.key.clone(), Some(place));
        self.records.push(record);
    }
}
