//! Takes every exchange down where a recorder is set, around all that answers.

use super::{Body, Request, Response, body, gateway, route, to_bytes};
use crate::engine::Engine;
use crate::record::{Exchange, Recorder};

/// The longest body that is taken whole; longer ones are refused while recording.
const MOST: u64 = 64 << 20;

/// Reads the request whole, has it answered, and notes both.
pub(super) async fn take_down(
    engine: &Engine,
    recorder: &Recorder,
    request: Request<Body>,
) -> Response<Body> {
    let (head, sent) = request.into_parts();
    let sent = body::collect(&head.headers, sent, MOST, engine.http_limits()).await;
    let verification = sent.as_ref().ok().and_then(|body| engine.verify(&head, body));
    let response = match &sent {
        Ok(body) => route(engine, Request::from_parts(head.clone(), Body::from(body.clone()))).await,
        Err(body::BodyError::TooLarge) => gateway::too_large(),
        Err(body::BodyError::Slow | body::BodyError::Broken) => gateway::timeout(),
    };
    let (reply, answer) = response.into_parts();
    // The fronts answer from memory; there is nothing that could break off.
    let answer = to_bytes(answer, usize::MAX).await.unwrap_or_default();
    let target = head.uri.path_and_query().map_or_else(|| head.uri.path(), |target| target.as_str());
    let exchange = Exchange {
        method: head.method.as_str(),
        target,
        headers: &head.headers,
        body: sent.as_ref().map_err(|error| match error {
            body::BodyError::TooLarge => "longer than is recorded",
            body::BodyError::Slow => "it did not arrive in time",
            body::BodyError::Broken => "it broke off",
        }),
        verification,
        status: reply.status.as_u16(),
        answer: &answer,
    };
    recorder.note(&exchange, engine.secrets());
    Response::from_parts(reply, Body::from(answer))
}
