//! The parameters of a request, whichever way they came.
//!
//! JSON and multipart only differ here; what reads them is [`super::reader`]. Of several values under one name the last
//! counts, in both.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use hyper::{HeaderMap, header};
use serde_json::{Map, Value};

use crate::front::multipart::{self, MultipartError, MultipartPart};
use crate::front::read_json;

/// The parameters by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parameters {
    Json(Map<String, Value>),
    Multipart(HashMap<String, Field>),
}

/// A multipart parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// `name`.
    One(Bytes),
    /// `name[0]`, `name[1]`…: by index.
    Many(BTreeMap<u32, Bytes>),
}

/// What stands under a name; absent and JSON `null` are not given at all.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'a> {
    Json(&'a Value),
    One(&'a Bytes),
    Many(&'a BTreeMap<u32, Bytes>),
}

/// Why a body cannot be taken apart.
#[derive(Debug, thiserror::Error)]
pub(super) enum ParameterError {
    #[error(transparent)]
    Multipart(#[from] MultipartError),
    #[error("the body is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the JSON is no object")]
    NoObject,
}

impl Parameters {
    /// Takes a body apart: as multipart where the content type says so, else as JSON, also without any content type.
    pub(super) fn parse(headers: &HeaderMap, body: &Bytes) -> Result<Self, ParameterError> {
        let content_type =
            headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let content_type = content_type.as_deref().unwrap_or_default();
        if is_multipart(content_type) {
            let boundary = multipart::boundary(content_type)?;
            return Ok(Self::Multipart(fields(multipart::decode(&boundary, body)?)));
        }
        match read_json(body)? {
            Value::Object(parameters) => Ok(Self::Json(parameters)),
            _ => Err(ParameterError::NoObject),
        }
    }

    /// What stands under a name.
    pub(super) fn given(&self, name: &str) -> Option<Given<'_>> {
        match self {
            Self::Json(parameters) => parameters.get(name).filter(|value| !value.is_null()).map(Given::Json),
            Self::Multipart(fields) => fields.get(name).map(|field| match field {
                Field::One(content) => Given::One(content),
                Field::Many(contents) => Given::Many(contents),
            }),
        }
    }

    /// A text, or a number in place of one, as clients send appids; `None` for anything else.
    pub(super) fn loose_text(&self, name: &str) -> Option<String> {
        match self.given(name)? {
            Given::Json(Value::String(text)) => Some(text.clone()),
            Given::Json(Value::Number(number)) => Some(number.to_string()),
            Given::One(content) => String::from_utf8(content.to_vec()).ok(),
            Given::Json(_) | Given::Many(_) => None,
        }
    }
}

/// Clients write the type in capitals, or in quotes.
fn is_multipart(content_type: &str) -> bool {
    let kind = content_type.trim().trim_start_matches('"').split(';').next().unwrap_or_default();
    kind.trim().trim_end_matches('"').eq_ignore_ascii_case("multipart/form-data")
}

fn fields(parts: Vec<MultipartPart>) -> HashMap<String, Field> {
    let mut fields = HashMap::new();
    for part in parts {
        let Some((name, index)) = indexed(&part.name) else {
            fields.insert(part.name, Field::One(part.content));
            continue;
        };
        let field = fields.entry(name.to_owned()).or_insert_with(|| Field::Many(BTreeMap::new()));
        match field {
            Field::Many(contents) => {
                contents.insert(index, part.content);
            }
            Field::One(_) => *field = Field::Many(BTreeMap::from([(index, part.content)])),
        }
    }
    fields
}

/// `images[3]` as `images` and 3.
fn indexed(name: &str) -> Option<(&str, u32)> {
    let (name, index) = name.strip_suffix(']')?.split_once('[')?;
    let digits = index.bytes().all(|byte| byte.is_ascii_digit());
    if digits { Some((name, index.parse().ok()?)) } else { None }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn parse(content_type: Option<&str>, body: &str) -> Result<Parameters, ParameterError> {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(content_type).expect("a header"));
        }
        Parameters::parse(&headers, &Bytes::copy_from_slice(body.as_bytes()))
    }

    #[test]
    fn json_is_taken_under_every_type_clients_send_and_under_none() {
        let kinds = [
            None,
            Some("application/json"),
            Some("Application/JSON; charset=utf-8"),
            Some("\"application/json\""),
        ];
        for content_type in kinds {
            let parameters = parse(content_type, r#"{"appid":123456,"tag":null}"#).expect("JSON");
            assert_eq!(parameters.loose_text("appid").as_deref(), Some("123456"));
            assert!(parameters.given("tag").is_none());
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in ["", "{\"appid\":", "[]", "\"x\"", "12", "{\"appid\":1}x", "\u{feff}{}"] {
            assert!(parse(Some("application/json"), body).is_err(), "{body}");
        }
        assert!(parse(Some("multipart/form-data"), "{}").is_err());
    }

    #[test]
    fn indexed_parts_come_in_the_order_of_their_indices() {
        let part = |name: &str, content: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
            )
        };
        let body = [
            part("g[10]", "k"),
            part("g[2]", "c"),
            part("g[0]", "a"),
            part("g[x]", "?"),
            part("n", "1"),
            part("n", "2"),
        ];
        let parameters =
            parse(Some("Multipart/form-data; boundary=b"), &(body.concat() + "--b--")).expect("parts");
        let Some(Given::Many(contents)) = parameters.given("g") else { panic!("not a list") };
        assert_eq!(contents.values().map(|content| &content[..]).collect::<Vec<_>>(), [b"a", b"c", b"k"]);
        assert_eq!(parameters.loose_text("n").as_deref(), Some("2"));
        assert_eq!(parameters.loose_text("g[x]").as_deref(), Some("?"));
    }
}
