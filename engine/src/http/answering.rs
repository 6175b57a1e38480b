//! What a front answers, and the net under a panic of it.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use bytes::Bytes;
use futures::FutureExt;
use hyper::Response;
use hyper::header::{CONNECTION, HeaderValue};

use crate::front::{Answer, BodyError, Front, Head, Request};

/// What a front answers; its body is asked for only where the head is not refused.
pub(super) async fn answered(
    front: &dyn Front,
    head: Head,
    body: impl Future<Output = Result<Bytes, BodyError>>,
) -> Response<Bytes> {
    let uri = head.uri.clone();
    let answering = async {
        if let Some(refusal) = front.refuse(&head) {
            return Response::from(refusal);
        }
        let body = body.await;
        let is_whole = body.is_ok();
        let answer = front.answer(Request { head, body }).await.into();
        if is_whole { answer } else { closing(answer) }
    };
    AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(front = front.name(), path = uri.path(), "a handler panicked");
        front.panicked().into()
    })
}

/// The answer to what no front claims.
pub(super) fn unclaimed() -> Response<Bytes> {
    Answer::of(404, "text/plain; charset=utf-8", "no such path\n").into()
}

/// The rest of the request was not read, so the connection cannot carry another one.
fn closing(mut response: Response<Bytes>) -> Response<Bytes> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
