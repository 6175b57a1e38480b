//! What a gateway in front would answer, before any request reaches a dialect.
//!
//! The documents give these HTTP statuses for transport problems: 404 for an unknown path, 411 for a body without a
//! length. For a wrong method they give one of their own, of which clients know nothing: here it is 405, as everywhere;
//! 408 is for a body that does not arrive. The `code` repeats the status, so that it is no dialect's.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::answer::Answer;

pub(super) fn unknown_path() -> Response<Body> {
    refuse(StatusCode::NOT_FOUND, "no such path")
}

pub(super) fn method_not_allowed() -> Response<Body> {
    let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, "only POST is answered here");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

pub(super) fn length_required() -> Response<Body> {
    refuse(StatusCode::LENGTH_REQUIRED, "the request has no Content-Length")
}

pub(super) fn too_large() -> Response<Body> {
    super::closing(refuse(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than allowed"))
}

pub(super) fn timeout() -> Response<Body> {
    super::closing(refuse(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time"))
}

fn refuse(status: StatusCode, message: &str) -> Response<Body> {
    let status = status.as_u16();
    let body = format!(r#"{{"code":{status},"message":"{message}","data":{{}}}}"#);
    super::json(Answer { status, body })
}
