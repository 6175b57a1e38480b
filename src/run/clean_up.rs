//! Deletes what an actor created at the target. What cannot be deleted is told to the run.

use lianpu_corpus::Operation;

use super::actor::Actor;
use super::ledger::Entry;
use super::send;
use super::transcript::Purpose;
use crate::judge::read;
use crate::report::Leftover;
use crate::request::Standing;

/// Leftovers that are told.
const MOST_LEFTOVERS: usize = 1000;

/// Deletes all that was noted.
pub(super) async fn all(actor: &mut Actor) {
    from(actor, 0).await;
}

/// Deletes what was noted after the first so many things.
pub(super) async fn from(actor: &mut Actor, first: usize) {
    for entry in actor.ledger.take_from(first) {
        let delete = entry.resource.delete.as_deref();
        let Some(operation) = delete.and_then(|name| actor.dialect.operation(name)) else { continue };
        actor.asks_second = entry.by_second;
        if let Some(why) = self::delete(&entry, operation, actor).await {
            let mut leftovers = actor.context.leftovers.borrow_mut();
            if leftovers.len() == MOST_LEFTOVERS {
                continue; // a target that deletes nothing must not fill our memory
            }
            leftovers.push(Leftover {
                dialect: actor.dialect.manifest.name.clone(),
                kind: entry.resource.name.clone(),
                id: entry.id,
                by_second: entry.by_second,
                why: format!("{} {why}", operation.name),
            });
        }
    }
}

/// Why it is still there.
async fn delete(entry: &Entry, operation: &'static Operation, actor: &mut Actor) -> Option<String> {
    let standing = Standing::default().with(&entry.resource.name, [&entry.id]);
    let draft = match actor.valid(operation, &standing) {
        Ok(draft) => draft,
        Err(why) => return Some(why.to_string()),
    };
    match send::deliver(&draft, Purpose::SetUp, actor).await {
        Ok(reply) => {
            let answer = read(&reply, actor.dialect, operation);
            let tells = |code| actor.dialect.tells(operation, code, &entry.resource.gone);
            let gone = answer.success || answer.code.as_ref().is_some_and(tells); // now, or before
            (!gone).then(|| format!("answered {}", reply.excerpt(120)))
        }
        Err(why) => Some(why.to_string()),
    }
}
