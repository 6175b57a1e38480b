//! A body taken apart by what it looks like, whatever its content type says.
//!
//! Half of the vendor's own clients send JSON under the name of a form, and some send forms; so the bytes decide.

use serde_json::{Map, Value};

use super::condition::Condition;
use super::query;
use crate::front::read_json;

/// Some clients begin JSON with it, and RFC 8259 §8.1 lets a reader pass over it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// A JSON object.
    Object(Map<String, Value>),
    /// A JSON array.
    Array(Vec<Value>),
    /// A form, all of whose values are texts; a body of no bytes is one without fields.
    Form(Map<String, Value>),
}

impl Body {
    /// Takes a body apart; of several fields of one name the last counts.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Condition> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii();
        match read_json(text) {
            Ok(Value::Object(object)) => return Ok(Self::Object(object)),
            Ok(Value::Array(array)) => return Ok(Self::Array(array)),
            Ok(_) => return Err(Condition::BodyNotJson),
            Err(error) => tracing::trace!(%error, "a body is no JSON"),
        }
        if !is_form(text) {
            return Err(Condition::BodyNotJson);
        }
        Ok(Self::Form(query::pairs(text).into_iter().map(|(name, value)| (name, value.into())).collect()))
    }

    /// The fields of an object or a form.
    pub(super) fn fields(&self) -> Result<&Map<String, Value>, Condition> {
        match self {
            Self::Object(fields) | Self::Form(fields) => Ok(fields),
            Self::Array(_) => Err(Condition::BodyNotJson),
        }
    }

    /// The elements of an array.
    pub(super) fn elements(&self) -> Result<&[Value], Condition> {
        match self {
            Self::Array(elements) => Ok(elements),
            Self::Object(_) | Self::Form(_) => Err(Condition::BodyNotJson),
        }
    }
}

/// Whether it is a form: nothing, or pairs of which the first begins as no JSON does, all in UTF-8 once they are decoded.
fn is_form(text: &[u8]) -> bool {
    let is_of_name = |byte: &u8| !byte.is_ascii_control() && !b"\"{}".contains(byte);
    let name = text.split(|byte| *byte == b'=').next().unwrap_or_default();
    let has_pairs = name.len() < text.len() && text[0] != b'[' && name.iter().all(is_of_name);
    text.is_empty() || (has_pairs && percent_encoding::percent_decode(text).decode_utf8().is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_taken_apart_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Body::parse(&bytes);
        }

        #[test]
        fn a_form_comes_out_as_it_went_in(fields in prop::collection::btree_map("[a-z_]{1,8}", ".{0,12}", 1..6)) {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(&fields);
            let fields: Map<_, _> = fields.into_iter().map(|(name, value)| (name, value.into())).collect();
            prop_assert_eq!(Body::parse(form.finish().as_bytes()), Ok(Body::Form(fields)));
        }
    }

    #[test]
    fn the_bytes_decide_what_a_body_is() {
        let object = |value: Value| value.as_object().cloned().expect("an object");
        assert_eq!(Body::parse(b" {\"a\":1}\n"), Ok(Body::Object(object(json!({"a": 1})))));
        assert_eq!(Body::parse(b"[1]"), Ok(Body::Array(vec![json!(1)])));
        assert_eq!(Body::parse(b"a=1&b=%E5%AE%89"), Ok(Body::Form(object(json!({"a": "1", "b": "安"})))));
        assert_eq!(Body::parse(b""), Ok(Body::Form(Map::new())));
        let marked = b"\xef\xbb\xbf{\"a\":\"b=\"}";
        assert_eq!(Body::parse(marked), Ok(Body::Object(object(json!({"a": "b="})))), "a byte order mark");
        let broken: [&[u8]; 10] = [
            b"{\"a\":",
            b"[{}",
            b"\"[]\"",
            b"12",
            b"null",
            b"hello",
            b"\xff\xfe",
            b"{a=b}",
            b"\xff\xfe{\0\"\0a\0\"\0:\0\"\0=\0\"\0}\0",
            b"a=%B0%B2",
        ];
        for broken in broken {
            assert_eq!(Body::parse(broken), Err(Condition::BodyNotJson), "{broken:?}");
        }
    }
}
