//! Sentences with placeholders, such as `a person {text} in groups {texts} with the portrait {text}`: taken apart, and
//! filled in.
//!
//! Placeholders: `{word}` letters, digits, `_ - . [ ] / *`; `{text}` a JSON string; `{texts}` JSON strings separated by
//! commas; `{number}` a whole number; `{json}` a JSON value that ends the sentence; `{rest}` everything that follows. What
//! the parts mean is no matter of this file: see `slot`.

use std::fmt;

use serde::de::IgnoredAny;

use super::slot::Slot;

/// Placeholders of one sentence at most.
pub(super) const MOST: usize = 3;

/// What stands in the place of each placeholder, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    parts: [&'t str; MOST],
    taken: usize,
}

impl Parts<'_> {
    /// Reads the next part as what the slot says it is.
    pub(super) fn read<S: Slot>(&mut self) -> Result<S::Value, String> {
        let part = self.parts[self.taken];
        self.taken += 1;
        S::read(part)
    }
}

/// The parts of a sentence that has the form of the pattern as a whole. Nothing is read and nothing is copied: most
/// sentences are held against many patterns.
pub(super) fn matched<'t>(pattern: &str, sentence: &'t str) -> Option<Parts<'t>> {
    let mut parts = [""; MOST];
    let mut taken = 0;
    let (mut pattern, mut sentence) = (pattern, sentence);
    loop {
        let Some((literal, rest)) = pattern.split_once('{') else {
            return (sentence == pattern).then_some(Parts { parts, taken: 0 });
        };
        sentence = sentence.strip_prefix(literal)?;
        let (placeholder, after) = rest.split_once('}')?;
        let (part, left) = sentence.split_at(length(placeholder, sentence)?);
        parts[taken] = part;
        taken += 1;
        (pattern, sentence) = (after, left);
    }
}

/// The bytes at the start of the text that fit the placeholder.
fn length(placeholder: &str, text: &str) -> Option<usize> {
    match placeholder {
        "word" => {
            let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
            (end > 0).then_some(end)
        }
        "number" => {
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            text[..end].parse::<usize>().is_ok().then_some(end)
        }
        "text" => text_length(text),
        "texts" => {
            let mut end = text_length(text)?;
            while let Some(next) = text[end..].strip_prefix(", ").and_then(text_length) {
                end += ", ".len() + next;
            }
            Some(end)
        }
        "json" => serde_json::from_str::<IgnoredAny>(text).is_ok().then_some(text.len()),
        "rest" => (!text.is_empty()).then_some(text.len()),
        other => unreachable!("no placeholder {other}"),
    }
}

/// The bytes of the JSON string at the start of the text.
pub(super) fn text_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let length = end + 2; // with both quotes
    let is_string =
        |text| serde_json::from_str::<&str>(text).is_ok() || serde_json::from_str::<String>(text).is_ok();
    is_string(&text[..length]).then_some(length)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-.[]/*".contains(c)
}

/// Writes a sentence: the pattern with values in the place of its placeholders.
pub(super) struct Filler<'f, 'b> {
    pattern: &'static str,
    to: &'f mut fmt::Formatter<'b>,
}

impl<'f, 'b> Filler<'f, 'b> {
    pub(super) const fn new(pattern: &'static str, to: &'f mut fmt::Formatter<'b>) -> Self {
        Self { pattern, to }
    }

    /// Writes up to the next placeholder, and the value in its place.
    pub(super) fn fill<S: Slot>(&mut self, value: &S::Value) -> fmt::Result {
        let (literal, rest) =
            self.pattern.split_once('{').expect("the pattern has a placeholder for each value");
        let (_, after) = rest.split_once('}').expect("a placeholder ends");
        self.pattern = after;
        self.to.write_str(literal)?;
        S::write(value, self.to)
    }

    /// Writes what follows the last placeholder.
    pub(super) fn finish(self) -> fmt::Result {
        self.to.write_str(self.pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'t>(pattern: &str, sentence: &'t str) -> Option<[&'t str; MOST]> {
        matched(pattern, sentence).map(|matched| matched.parts)
    }

    #[test]
    fn placeholders_take_what_they_name() {
        let sentence = r#"a person "p" in groups "g", "h\"" now"#;
        assert_eq!(
            parts("a person {text} in groups {texts} now", sentence),
            Some([r#""p""#, r#""g", "h\"""#, ""])
        );
        assert_eq!(parts("it is sent", "it is sent"), Some(["", "", ""]));
        assert_eq!(parts("it is sent", "it is sent again"), None);
        assert_eq!(parts("its {word} is {json}", "its mode is x"), None);
        assert_eq!(parts("its {word} is {json}", "its mode is [1, 2]"), Some(["mode", "[1, 2]", ""]));
        assert_eq!(parts("{number} times", "12 times"), Some(["12", "", ""]));
        assert_eq!(parts("{number} times", "99999999999999999999999 times"), None);
    }

    #[test]
    fn a_text_is_a_json_string_and_nothing_less() {
        assert_eq!(text_length(r#""\\" and more"#), Some(4));
        assert_eq!(text_length(r#""a\"b", "c""#), Some(6));
        for broken in ["", "\"", "a", r#""\""#, r#""\x""#, "\"a\nb\"", r#""\ud800""#] {
            assert_eq!(text_length(broken), None, "{broken}");
        }
    }
}
