//! One deviation.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed_list::closed_list;

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

closed_list! {
    /// What was checked.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Check {
        /// An answer came at all, whole and in time.
        Transport = "transport",
        /// The HTTP status.
        Status = "status",
        /// The content type.
        ContentType = "content-type",
        /// A header.
        Header = "header",
        /// The body is one JSON object.
        Json = "json",
        /// The code's value.
        Code = "code",
        /// The code's JSON type.
        CodeType = "code-type",
        /// The message.
        Message = "message",
        /// A reply field.
        Field = "field",
        /// What an error must not leave behind.
        Trace = "trace",
        /// The answer to the same bytes, sent again.
        Repeat = "repeat",
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
    fn a_check_is_written_as_it_is_called() {
        for check in Check::ALL {
            assert_eq!(serde_json::to_value(check).unwrap(), check.as_str());
        }
        assert!(Check::ALL.contains(&Check::Repeat), "a list that is made with the enum forgets nothing");
    }

    #[test]
    fn endless_texts_are_cut() {
        let finding = Finding::new(Check::Code, "0", "脸".repeat(1 << 20));
        assert_eq!(finding.actual.chars().count(), LONGEST + 1);
        assert!(finding.actual.ends_with("脸…"));
        let exact = "a".repeat(LONGEST);
        assert_eq!(Finding::new(Check::Code, "0", exact.clone()).actual, exact);
    }
}
