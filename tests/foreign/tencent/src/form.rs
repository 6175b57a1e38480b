//! The body of a request, JSON or multipart, as one set of named fields.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::multipart;
use serde_json::Value;
use std::collections::BTreeMap;

/// A field as it came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    /// A JSON string.
    Text(String),
    /// A JSON number, as it was written.
    Number(String),
    /// What a part of a multipart body holds.
    Bytes(Vec<u8>),
    /// A JSON array, or indexed parts.
    List(Vec<Field>),
    /// A JSON object or truth value, which no parameter has.
    Other,
}

/// The fields of a body. A JSON null counts as absent.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) fields: BTreeMap<String, Field>,
}

impl Form {
    /// Reads a body of the given content type.
    pub(crate) fn read(content_type: Option<&str>, body: &[u8], defects: &Defects) -> Result<Self, Code> {
        Self::try_read(content_type, body, defects).ok_or(if defects.has(Defect::BrokenJsonAs213) {
            Code::INTERNAL
        } else {
            Code::BAD_REQUEST
        })
    }

    fn try_read(content_type: Option<&str>, body: &[u8], defects: &Defects) -> Option<Self> {
        let content_type = content_type?.trim();
        let bare = content_type.trim_matches(|c| c == '"' || c == '\'');
        let essence = bare.split(';').next().unwrap_or_default().trim();
        let small = essence.to_ascii_lowercase();
        if defects.has(Defect::ContentTypeCase) && small != essence {
            return None;
        }
        match small.as_str() {
            "application/json" => {
                if defects.has(Defect::CharsetRefused) && bare.contains("charset") {
                    return None;
                }
                Self::from_json(body, defects)
            }
            "multipart/form-data" => {
                let quoted = content_type.contains("boundary=\"");
                if quoted && defects.has(Defect::QuotedBoundaryRefused) {
                    return None;
                }
                let source = if quoted { content_type.trim_start_matches('"') } else { bare };
                let boundary = multipart::parameter(source, "boundary").filter(|text| !text.is_empty())?;
                Some(Self::from_parts(multipart::read(body, &boundary, defects)?, defects))
            }
            _ => None,
        }
    }

    /// Reads a JSON object; a byte order mark in front of it is skipped.
    fn from_json(body: &[u8], defects: &Defects) -> Option<Self> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let value = if defects.has(Defect::JsonTailTaken) {
            let mut values = serde_json::Deserializer::from_slice(body).into_iter::<Value>();
            values.next().and_then(Result::ok).unwrap_or_else(|| Value::Object(serde_json::Map::default()))
        } else {
            serde_json::from_slice(body).ok()?
        };
        let Value::Object(object) = value else { return None };
        let fields = object.into_iter().filter_map(|(name, value)| Some((name, from_value(value)?)));
        Some(Form { fields: fields.collect() })
    }

    /// Gathers parts; indexed ones become lists in the lexicographic order of their names.
    fn from_parts(parts: Vec<multipart::Part>, defects: &Defects) -> Self {
        let mut form = Form::default();
        let mut lists: BTreeMap<String, Vec<(String, Field)>> = BTreeMap::new();
        for (name, bytes) in parts {
            let field = Field::Bytes(bytes);
            match name.split_once('[').filter(|(_, index)| index.ends_with(']')) {
                Some((list, _)) => lists.entry(list.to_owned()).or_default().push((name, field)),
                None => {
                    form.fields.entry(name).or_insert(field);
                }
            }
        }
        for (list, mut items) in lists {
            if !defects.has(Defect::ArrivalOrder) {
                items.sort_by(|(one, _), (other, _)| one.cmp(other));
            }
            if defects.has(Defect::FirstPartOnly) {
                items.truncate(1);
            }
            form.fields.insert(list, Field::List(items.into_iter().map(|(_, field)| field).collect()));
        }
        if defects.has(Defect::LatinText) {
            for (name, field) in &mut form.fields {
                if !name.starts_with("image") {
                    latin(field);
                }
            }
        }
        form
    }
}

fn from_value(value: Value) -> Option<Field> {
    Some(match value {
        Value::Null => return None,
        Value::String(text) => Field::Text(text),
        Value::Number(number) => Field::Number(number.to_string()),
        Value::Array(items) => {
            Field::List(items.into_iter().map(|v| from_value(v).unwrap_or(Field::Other)).collect())
        }
        Value::Bool(_) | Value::Object(_) => Field::Other,
    })
}

fn latin(field: &mut Field) {
    match field {
        Field::Bytes(bytes) => *bytes = bytes.iter().map(|b| char::from(*b)).collect::<String>().into_bytes(),
        Field::List(items) => items.iter_mut().for_each(latin),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Field, Form};
    use crate::defect::Defects;

    fn json(content_type: &str, body: &str) -> Result<Form, Code> {
        Form::read(Some(content_type), body.as_bytes(), &Defects::default())
    }

    #[test]
    fn content_types_as_clients_write_them() {
        for content_type in [
            "application/json",
            "Application/json",
            "\"application/json\"",
            "application/json; charset=utf-8",
        ] {
            let form = json(content_type, "\u{feff}{\"appid\": 5, \"tag\": null}").expect("an object");
            assert_eq!(form.fields.get("appid"), Some(&Field::Number("5".to_owned())));
            assert_eq!(form.fields.get("tag"), None);
        }
        for (content_type, body) in [
            ("text/plain", "{}"),
            ("multipart/form-data", "--x"),
            ("application/json", "[]"),
            ("application/json", "{\"a\":"),
            ("application/json", "{} x"),
            ("application/json", ""),
        ] {
            assert_eq!(json(content_type, body).err(), Some(Code::BAD_REQUEST), "{content_type} {body}");
        }
        assert_eq!(Form::read(None, b"{}", &Defects::default()).err(), Some(Code::BAD_REQUEST));
    }

    #[test]
    fn indexed_parts_are_ordered_by_their_names() {
        let part =
            |name: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{name}\r\n");
        let body =
            [part("images[2]"), part("images[10]"), part("images[0]"), "--x--\r\n".to_owned()].concat();
        let form = json("multipart/form-data; boundary=\"x\"", &body).expect("parts");
        let due = ["images[0]", "images[10]", "images[2]"].map(|name| Field::Bytes(name.as_bytes().to_vec()));
        assert_eq!(form.fields.get("images"), Some(&Field::List(due.to_vec())));
    }
}
