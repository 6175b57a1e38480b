//! Provocations made into scenarios: one for each operation, in each of its tables that has the row.

use lianpu_corpus::{Dialect, Operation, Provocation, Reach};

use super::keyword::Keyword;
use super::scenario::{ProvokeError, Scenario, is_success, judgement, tables_with};
use super::sentence::read_lines;
use super::step::Step;
use crate::judge::Expected;

/// Adds the scenarios of every provocation, and what is wrong with those that make none.
pub(super) fn make(dialect: &Dialect, made: &mut Vec<Scenario>, errors: &mut Vec<ProvokeError>) {
    for provocation in &dialect.provocations {
        if provocation.reach == Reach::None {
            if provocation.reason.is_none() {
                errors.push(error(dialect, provocation, "reach none needs a reason".into()));
            }
            continue;
        }
        for name in &provocation.operations {
            let Some(operation) = dialect.operation(name) else {
                errors.push(error(dialect, provocation, format!("no operation {name} in operations.toml")));
                continue;
            };
            let mistakes = match instantiate(dialect, provocation, operation) {
                Ok(scenarios) if scenarios.is_empty() => {
                    vec![format!("{name} has no table with this row; take it out of `operations`")]
                }
                Ok(scenarios) => {
                    made.extend(scenarios);
                    continue;
                }
                Err(mistakes) => mistakes,
            };
            errors.extend(mistakes.into_iter().map(|why| error(dialect, provocation, why)));
        }
        if provocation.operations.is_empty() {
            errors.push(error(dialect, provocation, "`operations` is empty".into()));
        }
    }
}

/// The scenarios of a recipe with one operation: one in each table that has the row; or what is wrong with the recipe.
fn instantiate(
    dialect: &Dialect,
    provocation: &Provocation,
    operation: &Operation,
) -> Result<Vec<Scenario>, Vec<String>> {
    let success = is_success(dialect, operation, &provocation.row);
    let picture = operation.picture().map_or("", |parameter| parameter.name.as_str());
    let lines = provocation.steps.replace("{op}", &operation.name).replace("{picture}", picture);
    let mut steps = recipe(&lines)?;
    let expected = Expected::row(&provocation.row, dialect, operation)
        .or_in(item_code(provocation, operation))
        .tolerating(provocation.accept.iter().map(|accept| accept.code.clone()))
        .or_http(provocation.gateway.clone());
    let own_judgement = steps.iter().position(|step| step.keyword() == Keyword::Then).unwrap_or(steps.len());
    let mut judged = judgement(expected, provocation.reach, success, operation.changes);
    // Where the fields take more of a target than the recipe asks for, the plain success scenario judges them.
    if success && operation.needs.is_empty() && !steps.contains(&Step::Documented) {
        judged.push(Step::Documented);
    }
    steps.splice(own_judgement..own_judgement, judged);
    let mut made = Vec::new();
    for table in tables_with(dialect, operation, &provocation.row) {
        if !provocation.tables.is_empty() && !provocation.tables.contains(&table.id) {
            continue;
        }
        made.push(Scenario {
            dialect: dialect.manifest.name.clone(),
            table: table.id.clone(),
            code: provocation.row.clone(),
            operation: operation.name.clone(),
            trigger: provocation.trigger.clone(),
            reach: provocation.reach,
            // A statement is never more certain than what it stands on.
            certainty: provocation.certainty.max(operation.certainty),
            needs: needs(provocation, operation, success),
            accept: provocation.accept.clone(),
            source: provocation.reason.clone(),
            steps: steps.clone(),
        });
    }
    Ok(made)
}

/// Where else the code may stand, if the operation's reply has such a place.
fn item_code(provocation: &Provocation, operation: &Operation) -> Option<String> {
    let pointer = provocation.item_code.as_ref()?;
    let list = pointer.trim_end_matches("/*");
    operation.replies.iter().any(|reply| reply.pointer == list).then(|| pointer.clone())
}

/// What the reach itself needs, what the recipe says, and what the operation needs to succeed.
fn needs(provocation: &Provocation, operation: &Operation, success: bool) -> Vec<String> {
    let of_reach = match provocation.reach {
        Reach::Fault => Some("fault-hook"),
        Reach::Origin => Some("origin"),
        _ => None,
    };
    let mut needs: Vec<_> = of_reach.map(str::to_owned).into_iter().collect();
    let of_success = if success { operation.needs.as_slice() } else { &[] };
    for need in provocation.needs.iter().chain(of_success) {
        if !needs.contains(need) {
            needs.push(need.clone());
        }
    }
    needs
}

/// Reads the lines of a recipe.
fn recipe(lines: &str) -> Result<Vec<Step>, Vec<String>> {
    let steps = read_lines(lines)?;
    if !steps.iter().any(|step| step.keyword() == Keyword::When) {
        return Err(vec!["no When step: nothing is sent".to_owned()]);
    }
    Ok(steps)
}

fn error(dialect: &Dialect, provocation: &Provocation, why: String) -> ProvokeError {
    ProvokeError {
        dialect: dialect.manifest.name.clone(),
        row: provocation.row.clone(),
        trigger: provocation.trigger.clone(),
        why,
    }
}
