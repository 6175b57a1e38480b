//! Bounds of connections.

use std::time::Duration;

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
