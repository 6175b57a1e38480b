//! What may stand in the place of a placeholder: how it is read, and how it is written so that the same value is read
//! again.
//!
//! A slot has no value of its own; it names a form. A table of steps says for each field which slot it fills. Here are
//! the plain ones, each named after its placeholder; those with a meaning are in `checked_slots`.

use std::fmt::{self, Write};

use serde::Serialize as _;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

/// What may stand in the place of a placeholder.
pub trait Slot {
    /// The value that is written there.
    type Value;

    /// The placeholder that patterns have in its place.
    const PLACEHOLDER: &'static str;

    /// Reads what fits the placeholder; the error says what would be right.
    fn read(part: &str) -> Result<Self::Value, String>;

    /// Writes it.
    fn write(value: &Self::Value, to: &mut dyn Write) -> fmt::Result;
}

/// A name without spaces and quotes.
pub struct Word;

/// A text in quotes.
pub struct Text;

/// Texts in quotes, separated by commas.
pub struct Texts;

/// A whole number.
pub struct Number;

/// A JSON value.
pub struct Json;

/// Words up to the end of the sentence.
pub struct Rest;

impl Slot for Word {
    type Value = String;

    const PLACEHOLDER: &'static str = "word";

    fn read(part: &str) -> Result<String, String> {
        Ok(part.to_owned())
    }

    fn write(value: &String, to: &mut dyn Write) -> fmt::Result {
        to.write_str(value)
    }
}

impl Slot for Text {
    type Value = String;

    const PLACEHOLDER: &'static str = "text";

    fn read(part: &str) -> Result<String, String> {
        serde_json::from_str(part).map_err(|error| format!("{part} is no text in quotes: {error}"))
    }

    fn write(value: &String, to: &mut dyn Write) -> fmt::Result {
        write!(to, "{}", quoted(value))
    }
}

impl Slot for Texts {
    type Value = Vec<String>;

    const PLACEHOLDER: &'static str = "texts";

    fn read(part: &str) -> Result<Vec<String>, String> {
        serde_json::from_str(&format!("[{part}]"))
            .map_err(|error| format!("{part} are no texts in quotes: {error}"))
    }

    fn write(values: &Vec<String>, to: &mut dyn Write) -> fmt::Result {
        to.write_str(&values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
    }
}

impl Slot for Number {
    type Value = usize;

    const PLACEHOLDER: &'static str = "number";

    fn read(part: &str) -> Result<usize, String> {
        part.parse().map_err(|_| format!("{part} is no number"))
    }

    fn write(value: &usize, to: &mut dyn Write) -> fmt::Result {
        write!(to, "{value}")
    }
}

impl Slot for Json {
    type Value = Value;

    const PLACEHOLDER: &'static str = "json";

    fn read(part: &str) -> Result<Value, String> {
        serde_json::from_str(part).map_err(|error| format!("{part} is no JSON value: {error}"))
    }

    fn write(value: &Value, to: &mut dyn Write) -> fmt::Result {
        let mut written = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut written, Spaced)).map_err(|_| fmt::Error)?;
        to.write_str(&String::from_utf8(written).map_err(|_| fmt::Error)?)
    }
}

impl Slot for Rest {
    type Value = String;

    const PLACEHOLDER: &'static str = "rest";

    fn read(part: &str) -> Result<String, String> {
        Word::read(part)
    }

    fn write(value: &String, to: &mut dyn Write) -> fmt::Result {
        Word::write(value, to)
    }
}

/// A text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// JSON on one line with a space after commas and colons, as people write it.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        to: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        if first { Ok(()) } else { to.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        to: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        if first { Ok(()) } else { to.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, to: &mut W) -> std::io::Result<()> {
        to.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_written_with_spaces() {
        let mut written = String::new();
        Json::write(&serde_json::json!({ "a": [1, "b,:"], "c": {} }), &mut written).unwrap();
        assert_eq!(written, r#"{"a": [1, "b,:"], "c": {}}"#);
    }
}
