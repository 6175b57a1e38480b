//! What a gateway in front would answer, with its HTTP status, before any request reaches a dialect.
//!
//! The documents give these statuses for transport problems: 404 for an unknown path, 405 for a wrong method, 411 for
//! a body without a length, 408 for one that does not arrive. The body is the dialect's word for a bad request.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::condition::Condition;
use crate::tencent_ci::TencentCi;

pub(super) fn unknown_path(front: &TencentCi) -> Response<Body> {
    refuse(front, StatusCode::NOT_FOUND)
}

pub(super) fn method_not_allowed(front: &TencentCi) -> Response<Body> {
    let mut response = refuse(front, StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

pub(super) fn length_required(front: &TencentCi) -> Response<Body> {
    refuse(front, StatusCode::LENGTH_REQUIRED)
}

pub(super) fn timeout(front: &TencentCi) -> Response<Body> {
    super::closing(refuse(front, StatusCode::REQUEST_TIMEOUT))
}

fn refuse(front: &TencentCi, status: StatusCode) -> Response<Body> {
    let mut response = super::json(front.refuse(Condition::BadRequest));
    *response.status_mut() = status;
    response
}
