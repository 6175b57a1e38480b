//! Requests sent on behalf of an actor, and noted where somebody keeps them.

use super::actor::Actor;
use super::client::SendError;
use super::transcript::{Exchange, Purpose};
use crate::request::{Draft, Prepared};
use crate::sign::Lacking;
use crate::wire::Reply;

/// A request that was sent, and what came.
#[derive(Debug)]
pub(super) struct Sent {
    /// The request, for sending it again.
    pub(super) prepared: Prepared,
    /// The answer, or what came in its place.
    pub(super) answer: Result<Reply, SendError>,
}

/// Why a request of the harness's own brought no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undelivered {
    #[error("{0}")]
    Lacking(Lacking),
    #[error("{0}")]
    Send(SendError),
}

/// Sends a draft of the harness's own: set-up, probe, clean-up.
pub(super) async fn deliver(draft: &Draft, purpose: Purpose, actor: &Actor) -> Result<Reply, Undelivered> {
    let prepared = actor.prepare(draft).map_err(Undelivered::Lacking)?;
    send(prepared, draft, purpose, actor).await.answer.map_err(Undelivered::Send)
}

/// Sends a request that a draft became.
pub(super) async fn send(prepared: Prepared, draft: &Draft, purpose: Purpose, actor: &Actor) -> Sent {
    let answer = exchange(&prepared, draft, purpose, actor).await;
    Sent { prepared, answer }
}

async fn exchange(
    prepared: &Prepared,
    draft: &Draft,
    purpose: Purpose,
    actor: &Actor,
) -> Result<Reply, SendError> {
    let context = &*actor.context;
    let within = context.options.timeout;
    if context.options.keeper.is_none() && actor.replay.is_none() {
        return context.client.send(&prepared.request, within).await;
    }
    let request = context.client.on_wire(&prepared.request)?;
    if let (Some(replay), Some(caller)) = (&actor.replay, actor.caller()) {
        return replay.send(&request, &caller, context).await;
    }
    let place = actor.recording.begin(Exchange {
        purpose,
        operation: draft.operation.name.clone(),
        request,
        bytes: None,
        fields: draft.fields.clone(),
        signed_text: prepared.signed_text.clone(),
        answer: None,
    });
    let answer = context.client.send(&prepared.request, within).await;
    if let Some(place) = place {
        actor.recording.end(place, &answer);
    }
    answer
}
