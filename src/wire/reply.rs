//! A reply as a value.

use std::time::Duration;

/// What came back for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header, if any.
    pub content_type: Option<String>,
    /// The `X-ErrNo` header, if any.
    pub errno: Option<String>,
    /// The body's bytes, at most the client's limit.
    pub body: Vec<u8>,
    /// From the first byte sent to the last byte read.
    pub took: Duration,
}

impl Reply {
    /// The body as text, cut after `limit` characters, for messages.
    pub fn excerpt(&self, limit: usize) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let mut cut: String = text.chars().take(limit).collect();
        if text.chars().nth(limit).is_some() {
            cut.push('…');
        }
        cut
    }
}
