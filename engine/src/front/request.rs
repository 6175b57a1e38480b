//! What the server hands to a front.

use bytes::Bytes;
use hyper::http::request;

/// The head of a request: method, target, headers.
pub type Head = request::Parts;

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its head as it came.
    pub head: Head,
    /// Its whole body as it came, or why there is none.
    pub body: Result<Bytes, BodyError>,
}

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// Larger than the front's limit.
    TooLarge,
    /// It did not arrive in time.
    Slow,
    /// It broke off, or its framing is wrong.
    Broken,
}
