//! The server around the fronts: connections, bodies, time-outs, the last net under a panic.
//!
//! Knows no vendor: a front claims a request by its head, and words every answer. Never routes by `Host` itself, since the
//! vendors' clients send the vendors' names; a proxy's absolute target works the same. Start with [`Service`].

mod answering;
mod body;
mod connection;
mod limits;
mod recording;
mod service;

pub use bytes::Bytes;
pub(crate) use connection::accept;
pub(crate) use connection::conversation;
pub use hyper::{HeaderMap, Method, Request, Response, StatusCode, header};
pub use limits::HttpLimits;
pub(crate) use service::Service;

/// A whole body, for requests that come by no connection.
pub type Body = http_body_util::Full<Bytes>;
