//! What a gateway before the operations answers.
//!
//! The documents give these HTTP statuses for transport problems: 404 for an unknown path, 411 for a body without a
//! length. For a wrong method they give one of their own, of which clients know nothing: here it is 405, as everywhere;
//! 408 is for a body that does not arrive. The `code` repeats the status, so that it is no row's.

use hyper::header::{ALLOW, HeaderValue};

use crate::front::Answer;

pub(super) fn unknown_path() -> Answer {
    refusal(404, "no such path")
}

pub(super) fn method_not_allowed() -> Answer {
    refusal(405, "only POST is answered here").with(ALLOW, HeaderValue::from_static("POST"))
}

pub(super) fn length_required() -> Answer {
    refusal(411, "the request has no Content-Length")
}

pub(super) fn timeout() -> Answer {
    refusal(408, "the body did not arrive in time")
}

fn refusal(status: u16, message: &str) -> Answer {
    Answer::json(status, format!(r#"{{"code":{status},"message":"{message}","data":{{}}}}"#))
}
