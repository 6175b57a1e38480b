//! Records every exchange where a recorder is set, around all that answers.

use std::future;

use bytes::Bytes;
use hyper::Response;
use hyper::body::Body;

use super::HttpLimits;
use super::answering::{answered, unclaimed};
use super::body::{self, Announced};
use crate::front::{BodyError, Front, Head, Request};
use crate::record::{Exchange, Recorder, Secrets};

/// The longest body that is read whole while recording; a longer one is too large for whatever front.
const MOST: u64 = 64 << 20;

/// Reads the request whole, has it answered, and notes both.
pub(super) async fn record<B: Body<Data = Bytes> + Unpin>(
    recorder: &Recorder,
    secrets: &Secrets,
    front: Option<&dyn Front>,
    head: Head,
    sent: B,
    limits: &HttpLimits,
) -> Response<Bytes> {
    let body = body::collect(Announced::of(&head.headers), sent, MOST, limits).await;
    let request = Request { head, body };
    // Judged before it is answered, which may use its signature up.
    let verification = front.filter(|_| request.body.is_ok()).and_then(|front| front.verify(&request));
    let Request { head, body } = request.clone();
    let response = match front {
        None => unclaimed(),
        Some(front) => {
            let fits = |body: Bytes| {
                if body.len() as u64 > front.body_limit() { Err(BodyError::TooLarge) } else { Ok(body) }
            };
            answered(front, head, future::ready(body.and_then(fits))).await
        }
    };
    let Request { head, body } = request;
    let exchange = Exchange {
        method: head.method.as_str(),
        target: head.uri.path_and_query().map_or_else(|| head.uri.path(), |target| target.as_str()),
        headers: &head.headers,
        body: body.as_ref().map_err(|error| match error {
            BodyError::TooLarge => "longer than is recorded",
            BodyError::Slow => "it did not arrive in time",
            BodyError::Broken => "it broke off",
        }),
        front,
        verification,
        answer: &response,
    };
    recorder.note(&exchange, secrets);
    response
}
