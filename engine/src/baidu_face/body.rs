//! A body taken apart by what it looks like, whatever its content type says.
//!
//! Half of the vendor's own clients send JSON under the name of a form, and some send forms; so the bytes decide.

use serde_json::{Map, Value};

use super::condition::Condition;
use super::query;

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
        let text = bytes.trim_ascii();
        match serde_json::from_slice(text) {
            Ok(Value::Object(object)) => return Ok(Self::Object(object)),
            Ok(Value::Array(array)) => return Ok(Self::Array(array)),
            Ok(_) => return Err(Condition::BodyNotJson),
            Err(error) => tracing::trace!(%error, "a body is no JSON"),
        }
        let begins_as_json = matches!(text.first(), Some(b'{' | b'[' | b'"'));
        let is_form = text.is_empty() || (text.contains(&b'=') && !begins_as_json);
        if !is_form {
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
        for broken in [&b"{\"a\":"[..], b"[{}", b"\"[]\"", b"12", b"null", b"hello", b"\xff\xfe", b"{a=b}"] {
            assert_eq!(Body::parse(broken), Err(Condition::BodyNotJson), "{broken:?}");
        }
    }
}
