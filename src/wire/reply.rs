//! A reply as a value.

use std::time::Duration;

/// Header lines that a reply keeps, and bytes of the longest: a target must not be able to fill our memory.
const MOST_HEADERS: usize = 64;
const LONGEST_HEADER: usize = 1024;

/// What came back for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header, if any.
    pub content_type: Option<String>,
    /// The header lines as they came, but for a great many or very long ones.
    pub headers: Vec<(String, String)>,
    /// The body's bytes, at most the client's limit.
    pub body: Vec<u8>,
    /// From the first byte sent to the last byte read.
    pub took: Duration,
}

impl Reply {
    /// The header lines that a reply keeps.
    pub fn kept_headers<'a>(lines: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<(String, String)> {
        lines
            .filter(|(_, value)| value.len() <= LONGEST_HEADER)
            .take(MOST_HEADERS)
            .map(|(name, value)| (name.to_owned(), String::from_utf8_lossy(value).into_owned()))
            .collect()
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

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
