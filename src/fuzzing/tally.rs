//! What a campaign has done so far, in numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::closed_list::closed_list;
use crate::judge;
use crate::mutate::Plan;

/// The numbers. They stay small however long a campaign runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Cases whose answer was judged.
    pub cases: u64,
    /// Cases that could not be sent, by what the target lacks.
    pub left_out: BTreeMap<String, u64>,
    /// By `dialect/operation` and by what was predicted, in the order of [`Predicted::ALL`].
    pub operations: BTreeMap<String, [u64; 4]>,
    /// By subject; a plan of several subjects counts for each, the valid request as `valid`.
    pub subjects: BTreeMap<String, u64>,
}

closed_list! {
    /// The kinds of predictions.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Predicted {
        /// Only errors are right.
        Refused = "refused",
        /// Only a success is right.
        Taken = "taken",
        /// Both are.
        Either = "either",
        /// A gateway may answer in its own words.
        Gateway = "gateway",
    }
}

impl Predicted {
    /// The kind of a prediction.
    pub fn of(prediction: &judge::Expected) -> Self {
        match (prediction.success, prediction.answers.is_empty()) {
            _ if prediction.closes || !prediction.statuses.is_empty() => Self::Gateway,
            (true, true) => Self::Taken,
            (true, false) => Self::Either,
            (false, _) => Self::Refused,
        }
    }
}

impl Tally {
    /// Counts a judged case.
    pub fn count(&mut self, plan: &Plan, prediction: &judge::Expected) {
        self.cases += 1;
        let name = format!("{}/{}", plan.dialect, plan.operation);
        self.operations.entry(name).or_default()[Predicted::of(prediction) as usize] += 1;
        let mut subjects: Vec<_> = plan.mutations.iter().map(|m| m.mutator().subject.as_str()).collect();
        subjects.sort_unstable();
        subjects.dedup();
        if subjects.is_empty() {
            subjects.push("valid");
        }
        for subject in subjects {
            *self.subjects.entry(subject.to_owned()).or_default() += 1;
        }
    }

    /// Counts a case that the target lacks something for.
    pub fn leave_out(&mut self, why: &str) {
        *self.left_out.entry(why.to_owned()).or_default() += 1;
    }
}
