//! Requests sent on behalf of an actor, and noted where somebody keeps them.
//!
//! Every one waits for its account's turn. What is refused for the rate alone is asked again.

use std::time::{Duration, Instant};

use lianpu_corpus::{Code, ConditionClass};

use super::actor::Actor;
use super::client::SendError;
use super::transcript::{Exchange, Purpose};
use crate::judge::read;
use crate::request::{Draft, Prepared};
use crate::sign::Lacking;
use crate::wire::Reply;

/// How long a request that is refused for the rate is asked again.
const PATIENCE: Duration = Duration::from_secs(90);

/// A request that was sent, and what came.
#[derive(Debug)]
pub(super) struct Sent {
    /// The request, for sending it again.
    pub(super) prepared: Prepared,
    /// The answer, or what came in its place.
    pub(super) answer: Result<Reply, SendError>,
    /// The code that refused it for the rate as long as we had patience.
    pub(super) refused_for_rate: Option<Code>,
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

/// Sends a request that a draft became, when its account may ask, and again while it is refused for the rate.
pub(super) async fn send(prepared: Prepared, draft: &Draft, purpose: Purpose, actor: &Actor) -> Sent {
    let pacer = &actor.context.pacer;
    // What is sent as it was then is sent once: answers that were kept have their places.
    let patient = actor.replay.is_none() && !(actor.is_about_rate && purpose == Purpose::Judged);
    let place = actor.record(&prepared, draft, purpose);
    let begun = Instant::now();
    let (answer, refused_for_rate) = loop {
        pacer.turn(actor.lane(), actor.rate()).await;
        let answer = transmit(&prepared, actor).await;
        let refused = answer.as_ref().ok().and_then(|reply| refused_for_rate(reply, draft, actor));
        let Some(code) = refused.filter(|_| patient) else {
            pacer.taken(actor.lane());
            break (answer, None);
        };
        pacer.refused(actor.lane(), answer.as_ref().ok().and_then(retry_after));
        if begun.elapsed() > PATIENCE || actor.context.options.stop.is_set() {
            break (answer, Some(code));
        }
    };
    if let Some(place) = place {
        actor.recording.end(place, &answer);
    }
    Sent { prepared, answer, refused_for_rate }
}

/// Sends a request at once, whatever the account's pace, and takes what comes.
pub(super) async fn send_at_once(prepared: Prepared, draft: &Draft, actor: &Actor) -> Sent {
    actor.context.pacer.sent_at_once(actor.lane());
    let place = actor.record(&prepared, draft, Purpose::Judged);
    let answer = transmit(&prepared, actor).await;
    if let Some(place) = place {
        actor.recording.end(place, &answer);
    }
    Sent { prepared, answer, refused_for_rate: None }
}

fn refused_for_rate(reply: &Reply, draft: &Draft, actor: &Actor) -> Option<Code> {
    let answer = read(reply, actor.dialect, draft.operation);
    let code = answer.code.filter(|_| !answer.success)?;
    actor.dialect.is_of_class(draft.operation, &code, &[ConditionClass::Rate]).then_some(code)
}

/// The seconds that a target asks for.
pub(super) fn retry_after(reply: &Reply) -> Option<Duration> {
    reply.header("retry-after")?.trim().parse().ok().map(Duration::from_secs)
}

async fn transmit(prepared: &Prepared, actor: &Actor) -> Result<Reply, SendError> {
    let context = &*actor.context;
    if let (Some(replay), Some(caller)) = (&actor.replay, actor.caller()) {
        return replay.send(&context.client.on_wire(&prepared.request)?, &caller, context).await;
    }
    let answer = context.client.send(&prepared.request, context.options.timeout).await;
    context.note_connection(&answer);
    answer
}

impl Actor {
    /// Notes a request that is about to be sent, where somebody keeps it.
    fn record(&self, prepared: &Prepared, draft: &Draft, purpose: Purpose) -> Option<usize> {
        if self.context.options.keeper.is_none() || self.replay.is_some() {
            return None;
        }
        self.recording.begin(Exchange {
            purpose,
            operation: draft.operation.name.clone(),
            request: self.context.client.on_wire(&prepared.request).ok()?,
            bytes: None,
            fields: draft.fields.clone(),
            signed_text: prepared.signed_text.clone(),
            answer: None,
        })
    }
}
