//! What a body is made of, without what it says: names, types and lengths.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::redact::Secrets;
use crate::front::{multipart, read_json};

/// Entries of a list or parts of a body that are told one by one.
const MOST: usize = 100;

/// How deep JSON is told.
const DEEPEST: usize = 6;

/// What a body is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Structure {
    /// Nothing.
    Empty,
    /// JSON: every value's type and length by its JSON pointer.
    Json { fields: BTreeMap<String, String> },
    /// `multipart/form-data`.
    Multipart { parts: Vec<RecordedPart> },
    /// A form: names and lengths, in order.
    Form { fields: Vec<(String, usize)> },
    /// None of these, or one that cannot be read, and why.
    Other { why: String },
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RecordedPart {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    bytes: usize,
    sha256: String,
}

/// The structure of a body of this content type.
pub(super) fn of(content_type: &str, body: &Bytes) -> Structure {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if body.is_empty() {
        Structure::Empty
    } else if essence == "multipart/form-data" {
        let parts = multipart::boundary(content_type).and_then(|boundary| multipart::decode(&boundary, body));
        parts.map_or_else(
            |error| Structure::Other { why: error.to_string() },
            |parts| Structure::Multipart {
                parts: parts
                    .into_iter()
                    .take(MOST)
                    .map(|part| RecordedPart {
                        name: part.name,
                        filename: part.filename,
                        bytes: part.content.len(),
                        sha256: hex::encode(Sha256::digest(&part.content)),
                    })
                    .collect(),
            },
        )
    } else if let Ok(value) = read_json(body) {
        let mut fields = BTreeMap::new();
        tell(&value, String::new(), 0, &mut fields);
        Structure::Json { fields }
    } else if essence == "application/x-www-form-urlencoded" {
        let pairs = url::form_urlencoded::parse(body).take(MOST);
        Structure::Form { fields: pairs.map(|(name, value)| (name.into_owned(), value.len())).collect() }
    } else {
        let why = if essence.contains("json") { "not JSON" } else { "neither JSON nor a form" };
        Structure::Other { why: why.to_owned() }
    }
}

fn tell(value: &Value, pointer: String, depth: usize, fields: &mut BTreeMap<String, String>) {
    let kind = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "boolean".to_owned(),
        Value::Number(number) if number.is_f64() => "number".to_owned(),
        Value::Number(_) => "integer".to_owned(),
        Value::String(text) => format!("string of {} bytes", text.len()),
        Value::Array(entries) => format!("list of {}", entries.len()),
        Value::Object(entries) => format!("object of {}", entries.len()),
    };
    if fields.len() >= MOST {
        return;
    }
    if depth < DEEPEST {
        match value {
            Value::Array(entries) => {
                entries
                    .iter()
                    .enumerate()
                    .for_each(|(at, entry)| tell(entry, format!("{pointer}/{at}"), depth + 1, fields));
            }
            Value::Object(entries) => {
                entries
                    .iter()
                    .for_each(|(name, entry)| tell(entry, format!("{pointer}/{name}"), depth + 1, fields));
            }
            _ => {}
        }
    }
    fields.insert(pointer, kind);
}

impl Structure {
    /// Without secrets in names.
    pub(super) fn redacted(self, secrets: &Secrets) -> Self {
        let shown = |text: String| secrets.redacted(&text);
        match self {
            Self::Json { fields } => {
                Self::Json { fields: fields.into_iter().map(|(name, kind)| (shown(name), kind)).collect() }
            }
            Self::Form { fields } => Self::Form {
                fields: fields.into_iter().map(|(name, length)| (shown(name), length)).collect(),
            },
            Self::Multipart { parts } => Self::Multipart {
                parts: parts
                    .into_iter()
                    .map(|part| RecordedPart {
                        name: shown(part.name),
                        filename: part.filename.map(shown),
                        ..part
                    })
                    .collect(),
            },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_types_and_lengths_are_told_and_no_value() {
        let told = of(
            "application/json",
            &Bytes::from_static(br#"{"appid":"125","urls":["http://a","b"],"mode":1}"#),
        );
        let Structure::Json { fields } = told else { panic!("{told:?}") };
        let fields: Vec<_> = fields.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
        assert_eq!(
            fields,
            [
                ": object of 3",
                "/appid: string of 3 bytes",
                "/mode: integer",
                "/urls: list of 2",
                "/urls/0: string of 8 bytes",
                "/urls/1: string of 1 bytes"
            ]
        );
        let form = of("application/x-www-form-urlencoded", &Bytes::from_static(b"image=abc&x="));
        assert_eq!(form, Structure::Form { fields: vec![("image".to_owned(), 3), ("x".to_owned(), 0)] });
        let body = Bytes::from_static(b"--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\nabc\r\n--b--\r\n");
        let Structure::Multipart { parts } = of("multipart/form-data; boundary=b", &body) else {
            panic!("no parts")
        };
        assert_eq!((parts[0].name.as_str(), parts[0].bytes), ("image", 3));
        assert!(matches!(of("multipart/form-data", &body), Structure::Other { .. }));
        assert_eq!(of("", &Bytes::new()), Structure::Empty);
    }
}
