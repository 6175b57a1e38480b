//! What a scenario created at the target, and its clean-up. Nothing else is ever deleted.

use lianpu_corpus::{Code, ParameterType};

use super::draft::Draft;
use super::send;
use super::world::World;
use crate::judge::judge_envelope;

/// The ids of persons that this scenario may have created, and whether with the second account.
#[derive(Debug, Default)]
pub(super) struct Ledger(Vec<(String, bool)>);

impl Ledger {
    /// Notes a person; a second time changes nothing.
    pub(super) fn note(&mut self, person: &str, by_second: bool) {
        if !self.0.iter().any(|(known, second)| known == person && *second == by_second) {
            self.0.push((person.to_owned(), by_second));
        }
    }

    /// Forgets a person that is known to be gone.
    pub(super) fn strike(&mut self, person: &str) {
        self.0.retain(|(known, _)| known != person);
    }
}

/// Deletes what the scenario created; what cannot be deleted is told to the run.
pub(super) async fn clean_up(world: &mut World) {
    let persons = std::mem::take(&mut world.ledger.0);
    if persons.is_empty() {
        return;
    }
    let context = world.context();
    let dialect = world.dialect();
    let Some(operation) = dialect.manifest.role("delete-person").and_then(|name| dialect.operation(name))
    else {
        return;
    };
    for (person, by_second) in persons {
        world.asks_second = by_second;
        let mut draft = Draft::new(operation);
        send::fill(&mut draft, world, &context);
        for parameter in operation.parameters.iter().filter(|p| p.kind == ParameterType::String) {
            if parameter.valid.as_deref() == Some("person") {
                draft.put_json(&parameter.name, person.as_str());
            }
        }
        let left = match send::deliver(&draft, world, &context).await {
            Ok(reply) => {
                let envelope =
                    dialect.manifest.envelope.as_ref().expect("a dialect with operations has an envelope");
                let code = judge_envelope(&reply, envelope, &mut Vec::new()).code;
                (!is_gone(dialect, code.as_ref())).then(|| format!("answered {}", reply.excerpt(120)))
            }
            Err(why) => Some(why.to_string()),
        };
        if let Some(why) = left {
            context.leftovers.borrow_mut().push(format!("{person}: {} {why}", operation.name));
        }
    }
}

/// Deleted now, or not there.
fn is_gone(dialect: &lianpu_corpus::Dialect, code: Option<&Code>) -> bool {
    let Some(code) = code else { return false };
    let success = dialect.manifest.envelope.as_ref().map(|envelope| &envelope.success);
    let mut unknown = dialect.tables.iter().filter_map(|table| table.row_for("person-unknown"));
    success == Some(code) || unknown.any(|row| row.code == *code)
}
