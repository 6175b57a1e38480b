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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// In ids, on the command line and in files a code is written as it is read.
        #[test]
        fn what_is_written_is_read(code in prop_oneof![
            any::<i64>().prop_map(Code::Int),
            "[A-Za-z.]{1,20}".prop_map(Code::Text),
        ]) {
            prop_assert_eq!(&Code::parse(&code.to_string()), &code);
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
        }

        /// No text loses a character: what is not written as an integer is, such as `007` or `+4`, stays a text.
        #[test]
        fn every_text_is_a_code(text in "[-+]?[0-9]{0,25}|.{0,20}") {
            prop_assert_eq!(Code::parse(&text).to_string(), text);
        }
    }
}
