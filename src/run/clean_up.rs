//! Deletes what an actor created at the target. What cannot be deleted is told to the run.

use lianpu_corpus::{Code, Dialect, Operation};

use super::actor::Actor;
use super::ledger::Entry;
use super::send;
use super::transcript::Purpose;
use crate::judge::judge_envelope;
use crate::request::{Resource, Standing};

/// Leftovers that are told.
const MOST_LEFTOVERS: usize = 1000;

/// Deletes all that was noted.
pub(super) async fn all(actor: &mut Actor) {
    from(actor, 0).await;
}

/// Deletes what was noted after the first so many things.
pub(super) async fn from(actor: &mut Actor, first: usize) {
    let resource = actor.ledger.resource;
    let entries = actor.ledger.take_from(first);
    let Some(operation) = resource.deletion(actor.dialect) else { return };
    for entry in entries {
        actor.asks_second = entry.by_second;
        if let Some(why) = delete(&entry, resource, operation, actor).await {
            let mut leftovers = actor.context.leftovers.borrow_mut();
            if leftovers.len() == MOST_LEFTOVERS {
                continue; // a target that deletes nothing must not fill our memory
            }
            leftovers.push(format!("{}: {} {why}", entry.id, operation.name));
        }
    }
}

/// Why it is still there.
async fn delete(
    entry: &Entry,
    resource: &Resource,
    operation: &'static Operation,
    actor: &mut Actor,
) -> Option<String> {
    let standing = Standing::default().with(resource.kind, [&entry.id]);
    let draft = match actor.valid(operation, &standing) {
        Ok(draft) => draft,
        Err(why) => return Some(why.to_string()),
    };
    match send::deliver(&draft, Purpose::SetUp, actor).await {
        Ok(reply) => {
            let code = judge_envelope(&reply, actor.dialect, &mut Vec::new()).code;
            let gone = is_gone(resource, actor.dialect, code.as_ref());
            (!gone).then(|| format!("answered {}", reply.excerpt(120)))
        }
        Err(why) => Some(why.to_string()),
    }
}

/// Deleted now, or not there.
fn is_gone(resource: &Resource, dialect: &Dialect, code: Option<&Code>) -> bool {
    let success = dialect.envelope().is_some_and(|envelope| envelope.is_success(code));
    let rows = |condition: &&str| {
        dialect.tables.iter().filter_map(|table| table.row_for(condition)).collect::<Vec<_>>()
    };
    success || resource.gone.iter().flat_map(rows).any(|row| code == Some(&row.code))
}
