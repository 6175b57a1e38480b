//! Provocations made into scenarios: one for each operation, in each of its tables that has the row.

use lianpu_corpus::{Dialect, Operation, Provocation, Reach};

use super::scenario::{ProvokeError, Scenario, is_success, judgement, tables_with};
use super::step::StepKind;
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
            let before = made.len();
            instantiate(dialect, provocation, operation, made, errors);
            if made.len() == before {
                let why = format!("{name} has no table with this row; take it out of `operations`");
                errors.push(error(dialect, provocation, why));
            }
        }
        if provocation.operations.is_empty() {
            errors.push(error(dialect, provocation, "`operations` is empty".into()));
        }
    }
}

fn instantiate(
    dialect: &Dialect,
    provocation: &Provocation,
    operation: &Operation,
    made: &mut Vec<Scenario>,
    errors: &mut Vec<ProvokeError>,
) {
    let success = is_success(dialect, operation, &provocation.row);
    let picture = operation.picture().map_or("", |parameter| parameter.name.as_str());
    let steps = provocation.steps.replace("{op}", &operation.name).replace("{picture}", picture);
    let mut sentences = match sentences(&steps) {
        Ok(sentences) => sentences,
        Err(why) => return errors.push(error(dialect, provocation, why)),
    };
    let expectation = Expected::row(&provocation.row, dialect, operation)
        .or_in(item_code(provocation, operation))
        .tolerating(provocation.accept.iter().map(|accept| accept.code.clone()))
        .or_http(provocation.gateway.clone());
    let own_judgement =
        sentences.iter().position(|(kind, _)| *kind == StepKind::Then).unwrap_or(sentences.len());
    let mut judged = judgement(&expectation, provocation.reach, success, operation.changes);
    // Where the fields take more of a target than the recipe asks for, the plain success scenario judges them.
    let documented = (StepKind::Then, "the reply is as documented".to_owned());
    if success && operation.needs.is_empty() && !sentences.contains(&documented) {
        judged.push(documented);
    }
    sentences.splice(own_judgement..own_judgement, judged);
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
            certainty: provocation.certainty,
            needs: needs(provocation),
            accept: provocation.accept.clone(),
            source: provocation.reason.clone(),
            sentences: sentences.clone(),
        });
    }
}

/// Where else the code may stand, if the operation's reply has such a place.
fn item_code(provocation: &Provocation, operation: &Operation) -> Option<String> {
    let pointer = provocation.item_code.as_ref()?;
    let list = pointer.trim_end_matches("/*");
    operation.replies.iter().any(|reply| reply.pointer == list).then(|| pointer.clone())
}

/// What the reach itself needs, and what the recipe says.
fn needs(provocation: &Provocation) -> Vec<String> {
    let of_reach = match provocation.reach {
        Reach::Fault => Some("fault-hook"),
        Reach::Origin => Some("origin"),
        _ => None,
    };
    of_reach.map(str::to_owned).into_iter().chain(provocation.needs.iter().cloned()).collect()
}

/// Reads the lines of a recipe: keyword and sentence.
fn sentences(steps: &str) -> Result<Vec<(StepKind, String)>, String> {
    let mut current = None;
    let mut read = Vec::new();
    for line in steps.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (keyword, text) = line.split_once(' ').ok_or_else(|| format!("«{line}» is no step"))?;
        let kind = match keyword {
            "Given" => StepKind::Given,
            "When" => StepKind::When,
            "Then" => StepKind::Then,
            "And" | "But" => {
                current.ok_or_else(|| format!("«{line}» continues nothing; begin with Given"))?
            }
            _ => return Err(format!("«{line}» begins with no keyword; write Given, When, Then or And")),
        };
        current = Some(kind);
        read.push((kind, text.to_owned()));
    }
    if !read.iter().any(|(kind, _)| *kind == StepKind::When) {
        return Err("no When step: nothing is sent".to_owned());
    }
    Ok(read)
}

fn error(dialect: &Dialect, provocation: &Provocation, why: String) -> ProvokeError {
    ProvokeError {
        dialect: dialect.manifest.name.clone(),
        row: provocation.row.clone(),
        trigger: provocation.trigger.clone(),
        why,
    }
}
