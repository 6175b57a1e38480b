//! The server around the dialects: connections, bodies, time-outs, the last net under a panic.
//!
//! Routes by path alone, never by `Host`, since the vendors' clients send the vendors' names; a proxy's absolute
//! target works the same. Knows no codes: a dialect's front renders every answer. Start with [`serve`].

mod body;
mod connection;
mod fuzzing;
mod gateway;
pub mod multipart;
mod recording;

use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, Method, StatusCode, header, request};
use futures::FutureExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::answer::Answer;
use crate::baidu_face;
use crate::condition::Condition;
use crate::defect::{Defect, tamper};
use crate::engine::Engine;
use crate::tencent_ci::{self, Operation, TencentCi};

pub use axum::body::{Body, Bytes, to_bytes};
pub use axum::http::{Request, Response};
pub use fuzzing::{fuzz_connection, fuzz_multipart, fuzz_multipart_meaning};

/// Bounds of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpLimits {
    /// For the head of a request.
    pub head_timeout: Duration,
    /// Between two pieces of a body.
    pub piece_timeout: Duration,
    /// For a whole body.
    pub body_timeout: Duration,
    /// The most connections at once; further ones wait.
    pub most_connections: usize,
    /// How long a stop waits for running requests.
    pub grace: Duration,
}

/// Answers connections until `shutdown` resolves, then finishes the running requests.
pub async fn serve(engine: Arc<Engine>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let limits = engine.http_limits().clone();
    connection::accept(listener, engine, &limits, shutdown).await;
}

/// Answers the requests of one connection until it ends; an error is the other end's.
pub async fn converse(
    engine: Arc<Engine>,
    stream: impl AsyncRead + AsyncWrite + Unpin,
) -> Result<(), hyper::Error> {
    let head_timeout = engine.http_limits().head_timeout;
    connection::conversation(engine, stream, head_timeout).await
}

/// Answers one request, whatever it asks for, and takes it down where the engine records.
pub async fn dispatch(engine: &Engine, request: Request<Body>) -> Response<Body> {
    match engine.recorder() {
        Some(recorder) => recording::take_down(engine, recorder, request).await,
        None => route(engine, request).await,
    }
}

async fn route(engine: &Engine, request: Request<Body>) -> Response<Body> {
    if engine.has(Defect::PanicsOnEmptyHeader) && tamper::has_empty_authorization(request.headers()) {
        panic::resume_unwind(Box::new("a defect"));
    }
    let path = request.uri().path();
    let below = |prefix| path.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty());
    let mut response = if let Some(operation) = Operation::at(path) {
        tencent_ci(engine, operation, request).await
    } else if path == baidu_face::OAUTH_PATH || below("/rest/") || below("/face-api/") {
        baidu_face(engine, request).await
    } else {
        gateway::unknown_path()
    };
    if engine.has(Defect::PlainText) {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    }
    response
}

async fn tencent_ci(engine: &Engine, operation: Operation, request: Request<Body>) -> Response<Body> {
    let front = engine.tencent_ci();
    let answered = AssertUnwindSafe(answer(engine, front, operation, request)).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        tracing::error!(operation = operation.name(), "a handler panicked");
        json(front.refuse(Condition::InternalError))
    })
}

/// The dialect judges method and path itself: an unknown one has a row of its own. A body needs no declared length.
async fn baidu_face(engine: &Engine, request: Request<Body>) -> Response<Body> {
    let front = engine.baidu_face();
    let answered = async {
        let (head, body) = request.into_parts();
        let body = match body::collect(&head.headers, body, front.body_limit(), engine.http_limits()).await {
            Ok(body) => Some(body),
            Err(body::BodyError::TooLarge) => return gateway::too_large(),
            Err(body::BodyError::Slow) => return gateway::timeout(),
            Err(body::BodyError::Broken) => None,
        };
        let is_whole = body.is_some();
        let request = baidu_face::Request {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body,
        };
        let answer = json(front.answer(request).await);
        if is_whole { answer } else { closing(answer) }
    };
    AssertUnwindSafe(answered).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a handler panicked");
        json(front.refuse(baidu_face::Condition::InternalError))
    })
}

async fn answer(
    engine: &Engine,
    front: &TencentCi,
    operation: Operation,
    request: Request<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    if head.method != Method::POST {
        return gateway::method_not_allowed();
    }
    if !has_length(&head) {
        return gateway::length_required();
    }
    match body::collect(&head.headers, body, front.body_limit(), engine.http_limits()).await {
        Ok(body) => {
            let request = tencent_ci::Request { operation, headers: head.headers, body };
            json(front.answer(request).await)
        }
        Err(body::BodyError::TooLarge) => closing(json(front.refuse(Condition::BodyTooLarge))),
        Err(body::BodyError::Slow) => gateway::timeout(),
        Err(body::BodyError::Broken) => closing(json(front.refuse(Condition::BadRequest))),
    }
}

fn has_length(head: &request::Parts) -> bool {
    head.headers.contains_key(header::CONTENT_LENGTH) || head.headers.contains_key(header::TRANSFER_ENCODING)
}

fn json(answer: Answer) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The rest of the request was not read, so the connection cannot carry another one.
fn closing(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
