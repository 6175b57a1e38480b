//! The writer of forms: pairs, which may be rearranged and spoilt before they are written.

use super::field::{Field, FieldValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// An `application/x-www-form-urlencoded` body (WHATWG URL, 5) before it is bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The pairs in order, encoded: they are joined by `=` and `&` and nothing else happens to them.
    pub pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Form {
    /// The form that carries these fields; a value that is no text goes as its JSON.
    pub fn of(fields: &[Field]) -> Self {
        Self {
            pairs: fields.iter().map(|field| (encoded(&field.name), encoded(&text(&field.value)))).collect(),
        }
    }

    /// The bytes.
    pub fn write(&self) -> Vec<u8> {
        let pairs: Vec<_> =
            self.pairs.iter().map(|(name, value)| [name, &b"="[..], value].concat()).collect();
        pairs.join(&b'&')
    }
}

fn encoded(text: &str) -> Vec<u8> {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into_bytes()
}

fn text(value: &FieldValue) -> String {
    match value {
        FieldValue::Json(Value::String(text)) => text.clone(),
        FieldValue::Json(other) => other.to_string(),
        FieldValue::File(file) => STANDARD.encode(&file.bytes),
        FieldValue::Files(files) => {
            files.first().map_or_else(|| "null".to_owned(), |file| STANDARD.encode(&file.bytes))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pairs_are_encoded_once_and_written_as_they_are() {
        let field = |name: &str, value: Value| Field { name: name.into(), value: FieldValue::Json(value) };
        let mut form = Form::of(&[field("a b", json!("1&2")), field("n", json!(3))]);
        assert_eq!(form.write(), b"a+b=1%262&n=3");
        form.pairs[1].1 = b"%G1".to_vec();
        assert_eq!(form.write(), b"a+b=1%262&n=%G1");
    }
}
