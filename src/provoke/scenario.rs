//! One provocation on one operation.

use lianpu_corpus::{Accept, Certainty, Code, Dialect, Operation, Reach, Table};

use super::step::Step;
use crate::judge::Expected;

/// One provocation on one operation, in one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The dialect's name.
    pub dialect: String,
    /// The table's id.
    pub table: String,
    /// The row's code, or the success code.
    pub code: Code,
    /// The operation.
    pub operation: String,
    /// What distinguishes it.
    pub trigger: String,
    /// From where the row is provoked.
    pub reach: Reach,
    /// How well founded the expectation is.
    pub certainty: Certainty,
    /// What the target must have.
    pub needs: Vec<String>,
    /// The codes that are allowed besides, with reasons.
    pub accept: Vec<Accept>,
    /// Where the recipe comes from.
    pub source: Option<String>,
    /// The steps: Given, When, Then.
    pub steps: Vec<Step>,
}

/// A recipe that makes no scenario.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{dialect}, row {row}, trigger {trigger}: {why}")]
pub struct ProvokeError {
    /// The dialect.
    pub dialect: String,
    /// The row's code.
    pub row: Code,
    /// The recipe.
    pub trigger: String,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl ProvokeError {
    /// What is wrong with a scenario.
    pub(super) fn of(scenario: &Scenario, why: String) -> Self {
        Self {
            dialect: scenario.dialect.clone(),
            row: scenario.code.clone(),
            trigger: scenario.trigger.clone(),
            why,
        }
    }
}

impl Scenario {
    /// `<dialect>/<table>/<code>/<operation>/<trigger>`.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.row_id(), self.operation, self.trigger)
    }

    /// `<dialect>/<table>/<code>`.
    pub fn row_id(&self) -> String {
        format!("{}/{}/{}", self.dialect, self.table, self.code)
    }

    /// The tags, without `@`.
    pub fn tags(&self) -> Vec<String> {
        let mut tags = vec![
            format!("row:{}", self.code),
            format!("op:{}", self.operation),
            format!("reach:{}", self.reach),
            format!("certainty:{}", self.certainty),
        ];
        tags.extend(self.needs.iter().map(|need| format!("needs:{need}")));
        if self.reach == Reach::Load {
            tags.push("serial".to_owned()); // its volume would disturb the others
        }
        tags
    }
}

/// The tables in which an operation can answer with a code; every one of its tables for the success code.
pub(super) fn tables_with<'d>(dialect: &'d Dialect, operation: &Operation, code: &Code) -> Vec<&'d Table> {
    let success = is_success(dialect, operation, code);
    let of_operation = dialect.tables.iter().filter(|table| operation.tables.contains(&table.id));
    of_operation.filter(|table| (success && !table.bare) || table.row(code).is_some()).collect()
}

/// Whether rows with this code are successes of the operation.
pub(super) fn is_success(dialect: &Dialect, operation: &Operation, code: &Code) -> bool {
    dialect.envelope_of(operation).is_some_and(|envelope| envelope.success_row() == *code)
}

/// The judging steps of a scenario.
pub(super) fn judgement(expected: Expected, reach: Reach, success: bool, changes: bool) -> Vec<Step> {
    let mut steps = vec![match reach {
        Reach::Load => Step::OneCode { expected },
        _ => Step::Code { expected },
    }];
    if !success && changes && reach != Reach::Load {
        steps.push(Step::NoTrace);
    }
    steps
}
