//! One deviation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Characters of either side of a finding: a target must not be able to fill our reports.
const LONGEST: usize = 1000;

/// One deviation of a target from what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What was expected, in words.
    pub expected: String,
    /// What came, in words.
    pub actual: String,
}

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// An answer came at all, whole and in time.
    Transport,
    /// The HTTP status.
    Status,
    /// The content type.
    ContentType,
    /// The body is one JSON object.
    Json,
    /// The code's value.
    Code,
    /// The code's JSON type.
    CodeType,
    /// The message.
    Message,
    /// A reply field.
    Field,
    /// What an error must not leave behind.
    Trace,
    /// The answer to the same bytes, sent again.
    Repeat,
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 9] = [
        Self::Transport,
        Self::Status,
        Self::ContentType,
        Self::Json,
        Self::Code,
        Self::CodeType,
        Self::Message,
        Self::Field,
        Self::Trace,
    ];

    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transport => "transport",
            Self::Status => "status",
            Self::ContentType => "content-type",
            Self::Json => "json",
            Self::Code => "code",
            Self::CodeType => "code-type",
            Self::Message => "message",
            Self::Field => "field",
            Self::Trace => "trace",
            Self::Repeat => "repeat",
        }
    }
}

impl Finding {
    /// A finding from its three parts. Texts of a target's making are cut after a thousand characters.
    pub fn new(check: Check, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self { check, expected: cut(expected.into()), actual: cut(actual.into()) }
    }
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.check.as_str(), self.expected, self.actual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_texts_are_cut() {
        let finding = Finding::new(Check::Code, "0", "脸".repeat(1 << 20));
        assert_eq!(finding.actual.chars().count(), LONGEST + 1);
        assert!(finding.actual.ends_with("脸…"));
        let exact = "a".repeat(LONGEST);
        assert_eq!(Finding::new(Check::Code, "0", exact.clone()).actual, exact);
    }
}
