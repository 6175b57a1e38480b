//! Findings told apart, so that each is examined and written once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::FindingKey;

/// One finding of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRecord {
    /// From 1, in the order of writing.
    pub number: usize,
    /// What it is.
    pub key: FindingKey,
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
    places: BTreeMap<FindingKey, Option<usize>>,
}

impl Known {
    /// Findings of an earlier part of the campaign.
    pub(super) fn of(records: Vec<FindingRecord>) -> Self {
        let places = records.iter().enumerate().map(|(place, record)| (record.key.clone(), Some(place)));
        Self { places: places.collect(), records }
    }

    /// Whether it is a new one, which the caller then examines; else it is counted.
    pub(super) fn is_new(&mut self, key: &FindingKey) -> bool {
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
    pub(super) fn recognize(&mut self, first: &FindingKey, shrunk: &FindingKey) -> bool {
        let Some(Some(place)) = self.places.get(shrunk).copied() else { return false };
        self.records[place].seen += 1;
        self.places.insert(first.clone(), Some(place));
        true
    }

    /// Takes a record, under both of its keys.
    pub(super) fn add(&mut self, first: FindingKey, record: FindingRecord) {
        let place = self.records.len();
        self.places.insert(first, Some(place));
        self.places.insert(record.key.clone(), Some(place));
        self.records.push(record);
    }
}
