//! A vendor's return code with its JSON type.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A return code. The JSON type is part of the value: the integer 4 and the string "4" are different codes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Code {
    /// A JSON integer, such as `-1302`.
    Int(i64),
    /// A JSON string, such as `"FailedOperation.CompareFail"`.
    Text(String),
}

impl Code {
    /// Reads a code as it is written in ids and on the command line: an integer where it is written as one, without
    /// sign `+` and leading zeros.
    pub fn parse(text: &str) -> Self {
        let integer = text.parse().ok().filter(|value: &i64| value.to_string() == text);
        integer.map_or_else(|| Self::Text(text.to_owned()), Self::Int)
    }
}

impl From<i64> for Code {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Code {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}
