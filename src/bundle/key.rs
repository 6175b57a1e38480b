//! Findings told apart.

use serde::{Deserialize, Serialize};

use crate::judge::{Check, Finding};
use crate::mutate::{Mutation, Plan};

/// How a finding begins that says that no answer came in time.
const TOO_LATE: &str = "no complete answer within";

/// What makes two findings the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingKey {
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

/// What is the same about two findings, whichever plan showed them.
pub(crate) fn likeness(finding: &Finding) -> (Check, String) {
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

impl FindingKey {
    /// The key of a finding that a plan showed.
    pub(crate) fn of(plan: &Plan, finding: &Finding) -> Self {
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
