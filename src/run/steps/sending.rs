//! Sending: once, again, too fast.

use std::time::Duration;

use futures::future::join_all;

use super::Blocked;
use crate::judge::read;
use crate::run::draft::Draft;
use crate::run::ledger::Kind;
use crate::run::transcript::Purpose;
use crate::run::world::World;
use crate::run::{probe, send};
use crate::wire::Reply;

pub(super) async fn send_draft(world: &mut World) -> Result<(), Blocked> {
    let context = world.context();
    let draft = world.draft.take().ok_or_else(|| Blocked::step(&"nothing to send yet"))?;
    let signed = draft.finish(world, &context).map_err(|lacking| Blocked::needs(&lacking))?;
    if world.watches_traces {
        world.traces = probe::before(&draft, world, &context).await;
    }
    let answer = send::exchange(&signed, &draft, Purpose::Judged, world, &context).await;
    note_creation(world, &draft, answer.as_ref().ok());
    world.answers = vec![answer];
    world.sent = Some(signed);
    world.draft = Some(draft);
    Ok(())
}

/// What the judged request itself created is cleaned up as well; without an answer, what it may have created under a
/// name of this scenario.
pub(super) fn note_creation(world: &mut World, draft: &Draft, reply: Option<&Reply>) {
    let dialect = world.dialect();
    let kind = Kind::of(dialect);
    let fresh = format!("fresh-{}", kind.parameter());
    let created = draft.operation.parameters.iter().find(|p| p.valid.as_deref() == Some(&fresh));
    let Some(id) = created.and_then(|parameter| draft.text(&parameter.name)).map(str::to_owned) else {
        return;
    };
    let answer = reply.map(|reply| read(reply, dialect, draft.operation)).unwrap_or_default();
    if answer.success || (answer.code.is_none() && id.starts_with(&world.namespace)) {
        let by_second = world.asks_second;
        world.ledger.note(kind, &id, by_second);
    }
}

pub(super) async fn send_again(world: &mut World) -> Result<(), Blocked> {
    let signed = world.sent.clone().ok_or_else(|| Blocked::step(&"nothing was sent before"))?;
    let context = world.context();
    let draft = world.draft.take().ok_or_else(|| Blocked::step(&"nothing was sent before"))?;
    world.answers = vec![send::exchange(&signed, &draft, Purpose::Judged, world, &context).await];
    world.draft = Some(draft);
    Ok(())
}

pub(super) async fn send_too_fast(world: &mut World) -> Result<(), Blocked> {
    let context = world.context();
    let manifest = &world.dialect().manifest;
    let account = match world.asks_second {
        true => context.target.second_account(&manifest.name),
        false => context.target.account(&manifest.name),
    };
    let Some(rate) = account.and_then(|account| account.requests_per_second) else {
        return Err(Blocked::needs(&"rate-limit"));
    };
    let draft = world.draft.take().ok_or_else(|| Blocked::step(&"nothing to send yet"))?;
    let mut requests = Vec::new();
    for _ in 0..rate * 10 {
        requests.push(draft.finish(world, &context).map_err(|lacking| Blocked::needs(&lacking))?);
    }
    let shared = &*world;
    let sending =
        requests.iter().map(|signed| send::exchange(signed, &draft, Purpose::Judged, shared, &context));
    let answers = join_all(sending).await;
    world.answers = answers;
    // The scenarios after this one shall find the account's allowance restored.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    Ok(())
}
