//! Sending: once, again, too fast.

use std::time::{Duration, Instant};

use futures::future::join_all;

use crate::judge::read;
use crate::request::Draft;
use crate::run::actor::Actor;
use crate::run::blocked::Blocked;
use crate::run::probe;
use crate::run::send::{Sent, send, send_at_once};
use crate::run::transcript::Purpose;
use crate::run::world::World;
use crate::wire::Reply;

pub(super) async fn send_draft(world: &mut World) -> Result<(), Blocked> {
    let (actor, draft) = both(world)?;
    let prepared = actor.prepare(draft).map_err(|lacking| Blocked::needs(&lacking))?;
    if world.watches_traces() {
        let (actor, draft) = both(world)?;
        world.traces = probe::before(draft.operation, |name| draft.text(name), actor).await;
    }
    let (actor, draft) = both(world)?;
    let sent = send(prepared, draft, Purpose::Judged, actor).await;
    if draft.operation.changes {
        world.actor_mut().changed_at = Some(Instant::now());
    }
    note_creation(world, sent.answer.as_ref().ok());
    answered(&sent)?;
    world.sent = vec![sent];
    Ok(())
}

/// A refusal for the rate says nothing of the request: nothing is judged.
fn answered(sent: &Sent) -> Result<(), Blocked> {
    match &sent.refused_for_rate {
        None => Ok(()),
        Some(code) => Err(Blocked::rate_limited(code)),
    }
}

/// What the judged request itself created is cleaned up as well; without an answer, what it may have created under a
/// name of this scenario.
pub(super) fn note_creation(world: &mut World, reply: Option<&Reply>) {
    let Some(draft) = world.draft.take() else { return };
    let actor = world.actor_mut();
    let dialect = actor.dialect;
    let answer = reply.map(|reply| read(reply, dialect, draft.operation)).unwrap_or_default();
    for resource in actor.ledger.resources.clone() {
        let parameter = dialect.manifest.created_by(resource, draft.operation);
        let Some(id) = parameter.and_then(|parameter| draft.text(&parameter.name)) else { continue };
        if answer.success || (answer.code.is_none() && id.starts_with(&actor.namespace)) {
            actor.note(&resource.name, id);
        }
    }
    world.draft = Some(draft);
}

pub(super) async fn send_again(world: &mut World) -> Result<(), Blocked> {
    let nothing = || Blocked::step(&"nothing was sent before");
    let last = world.sent.pop().ok_or_else(nothing)?;
    let draft = world.draft.as_ref().ok_or_else(nothing)?;
    let sent = send(last.prepared, draft, Purpose::Judged, world.actor()).await;
    answered(&sent)?;
    world.sent = vec![sent];
    Ok(())
}

pub(super) async fn send_too_fast(world: &mut World) -> Result<(), Blocked> {
    let account = world.actor().account();
    let Some(rate) = account.and_then(|account| account.requests_per_second) else {
        return Err(Blocked::needs(&"rate-limit"));
    };
    let (actor, draft) = both(world)?;
    let mut requests = Vec::new();
    for _ in 0..rate * 10 {
        requests.push(actor.prepare(draft).map_err(|lacking| Blocked::needs(&lacking))?);
    }
    let sending = requests.into_iter().map(|prepared| send_at_once(prepared, draft, actor));
    world.sent = join_all(sending).await;
    // The scenarios after this one shall find the account's allowance restored.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    Ok(())
}

fn both(world: &World) -> Result<(&Actor, &Draft), Blocked> {
    let draft = world.draft.as_ref().ok_or_else(|| Blocked::step(&"nothing to send yet"))?;
    Ok((world.actor(), draft))
}
