//! A request as authentication and dispatch read it.

use bytes::Bytes;
use hyper::{HeaderMap, Method};

use crate::front::Head;

/// One request; of its body nothing where it broke off.
#[derive(Debug, Clone)]
pub(super) struct ApiRequest {
    pub(super) method: Method,
    /// The path as it came.
    pub(super) path: String,
    /// The query as it came, without its question mark.
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    /// The body as it came; none where it broke off, which is found out by the service alone: the layer in front of it
    /// judges by the head.
    pub(super) body: Option<Bytes>,
}

impl ApiRequest {
    pub(super) fn of(head: Head, body: Option<Bytes>) -> Self {
        Self {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body,
        }
    }
}
