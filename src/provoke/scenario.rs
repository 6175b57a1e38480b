//! One provocation on one operation.

use lianpu_corpus::{Accept, Certainty, Code, Dialect, Operation, Reach, Table};

use super::step::{Step, StepError, StepKind};
use super::{from_operations, from_provocations, signing};
use crate::judge::Expected;
use crate::sign;

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
    /// The sentences: Given, When, Then.
    pub sentences: Vec<(StepKind, String)>,
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

/// Every scenario of a dialect: those of the provocations, then those of the operation tables; or every fault found.
pub fn scenarios(dialect: &Dialect) -> Result<Vec<Scenario>, Vec<ProvokeError>> {
    let mut made = Vec::new();
    let mut errors = Vec::new();
    from_provocations::make(dialect, &mut made, &mut errors);
    from_operations::make(dialect, &mut made);
    let own = sign::of_dialect(&dialect.manifest);
    for scenario in &made {
        errors.extend(unreadable(scenario));
        // An unknown scheme is told once, by whoever reads the dialect.
        let signed = own.as_ref().map_or(Ok(()), |own| signing::check(scenario, *own));
        errors.extend(signed.err().map(|why| error(scenario, why.to_string())));
    }
    let mut ids: Vec<_> = made.iter().map(Scenario::id).collect();
    ids.sort_unstable();
    for twice in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
        errors.push(ProvokeError {
            dialect: dialect.manifest.name.clone(),
            row: Code::Text("?".into()),
            trigger: twice[0].clone(),
            why: "two scenarios have this id; give them different triggers".into(),
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let order = |scenario: &Scenario| {
        let table = dialect.manifest.tables.iter().position(|id| *id == scenario.table);
        let row =
            dialect.table(&scenario.table).and_then(|t| t.rows.iter().position(|r| r.code == scenario.code));
        (table, row)
    };
    made.sort_by_key(order);
    Ok(made)
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

/// The judging sentences of a scenario.
pub(super) fn judgement(
    expectation: &Expected,
    reach: Reach,
    success: bool,
    changes: bool,
) -> Vec<(StepKind, String)> {
    let subject = if reach == Reach::Load { "one code" } else { "the code" };
    let mut sentences = vec![(StepKind::Then, format!("{subject} is {}", expectation))];
    if !success && changes && reach != Reach::Load {
        sentences.push((StepKind::Then, "the error left no trace".to_owned()));
    }
    sentences
}

fn unreadable(scenario: &Scenario) -> Vec<ProvokeError> {
    let errors = scenario.sentences.iter().filter_map(|(kind, text)| Step::parse(*kind, text).err());
    errors.map(|why: StepError| error(scenario, why.to_string())).collect()
}

fn error(scenario: &Scenario, why: String) -> ProvokeError {
    ProvokeError {
        dialect: scenario.dialect.clone(),
        row: scenario.code.clone(),
        trigger: scenario.trigger.clone(),
        why,
    }
}
