//! Matches a step's text against a pattern such as `a person {text} in groups {texts} with the portrait {text}`.
//!
//! Placeholders: `{word}` letters, digits, `_ - . [ ] /`; `{text}` a JSON string; `{texts}` JSON strings separated by
//! commas; `{number}` a whole number; `{json}` and `{rest}` everything that follows.

use serde_json::Value;

/// What a placeholder matched.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Word(String),
    Text(String),
    Texts(Vec<String>),
    Number(u64),
    Json(Value),
    Rest(String),
}

/// The parts of the text, if it matches the pattern as a whole.
pub(super) fn matched(pattern: &str, text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = text;
    let mut pattern = pattern;
    loop {
        let Some((literal, rest)) = pattern.split_once('{') else {
            return (text == pattern).then_some(parts);
        };
        let (placeholder, after) = rest.split_once('}')?;
        text = text.strip_prefix(literal)?;
        pattern = after;
        let (part, left) = take(placeholder, text)?;
        parts.push(part);
        text = left;
    }
}

fn take<'t>(placeholder: &str, text: &'t str) -> Option<(Part, &'t str)> {
    match placeholder {
        "word" => {
            let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
            (end > 0).then(|| (Part::Word(text[..end].to_owned()), &text[end..]))
        }
        "number" => {
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            Some((Part::Number(text[..end].parse().ok()?), &text[end..]))
        }
        "text" => take_text(text).map(|(value, left)| (Part::Text(value), left)),
        "texts" => {
            let (first, mut left) = take_text(text)?;
            let mut values = vec![first];
            while let Some((value, after)) = left.strip_prefix(", ").and_then(take_text) {
                values.push(value);
                left = after;
            }
            Some((Part::Texts(values), left))
        }
        "json" => serde_json::from_str(text).ok().map(|value| (Part::Json(value), "")),
        "rest" => (!text.is_empty()).then(|| (Part::Rest(text.to_owned()), "")),
        other => unreachable!("no placeholder {other}"),
    }
}

/// A JSON string at the start of the text.
fn take_text(text: &str) -> Option<(String, &str)> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    match stream.next()?.ok()? {
        Value::String(value) => Some((value, &text[stream.byte_offset()..])),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-.[]/*".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_take_what_they_name() {
        let parts =
            matched("a person {text} in groups {texts} now", r#"a person "p" in groups "g", "h\"" now"#);
        assert_eq!(parts, Some(vec![Part::Text("p".into()), Part::Texts(vec!["g".into(), "h\"".into()])]));
        assert_eq!(matched("it is sent", "it is sent"), Some(vec![]));
        assert_eq!(matched("it is sent", "it is sent again"), None);
        assert_eq!(matched("its {word} is {json}", "its mode is x"), None);
        assert_eq!(matched("{number} times", "12 times"), Some(vec![Part::Number(12)]));
    }
}
