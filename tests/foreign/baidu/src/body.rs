//! Reads the body of a call: JSON whatever its header says, else form fields.

use serde_json::{Map, Value};

use crate::codes::{Refusal, refuse};

/// A call's parameters.
pub type Fields = Map<String, Value>;

/// What a body may be.
enum Kind {
    Json(Value),
    Form(Fields),
    Neither,
}

/// Sniffs a body. A byte order mark makes it neither, for every call alike.
fn sniff(bytes: &[u8]) -> Kind {
    let Ok(text) = std::str::from_utf8(bytes) else { return Kind::Neither };
    if let Ok(value) = serde_json::from_str(text) {
        return Kind::Json(value);
    }
    let text = text.trim();
    let name = text.split('=').next().unwrap_or_default();
    let plain = |character: char| character.is_ascii_alphanumeric() || "_.[]%+-".contains(character);
    let pairs = text.contains('=') && !name.is_empty() && name.chars().all(plain);
    if !(text.is_empty() || pairs) {
        return Kind::Neither;
    }
    let pairs = form_urlencoded::parse(text.as_bytes());
    Kind::Form(pairs.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect())
}

/// The fields of a call that takes one object.
pub fn object(bytes: &[u8]) -> Result<Fields, Refusal> {
    match sniff(bytes) {
        Kind::Json(Value::Object(fields)) | Kind::Form(fields) => Ok(fields),
        Kind::Json(_) | Kind::Neither => refuse(222_200),
    }
}

/// The elements of a call that takes a list. A form cannot hold one: the number of pictures is wrong then.
pub fn list(bytes: &[u8]) -> Result<Vec<Fields>, Refusal> {
    match sniff(bytes) {
        Kind::Json(Value::Array(items)) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(fields) => Ok(fields),
                _ => refuse(222_200),
            })
            .collect(),
        Kind::Form(fields) if !fields.is_empty() => refuse(222_208),
        _ => refuse(222_200),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_form_and_neither_are_told_apart() {
        assert!(object(b"{\"a\":1}").is_ok_and(|fields| fields["a"] == 1));
        assert!(object(b"image=abc%2B&image_type=BASE64").is_ok_and(|fields| fields["image"] == "abc+"));
        assert_eq!(object(b"{\"a\":1"), Err(Refusal(222_200)));
        assert_eq!(object(b"\xef\xbb\xbf{\"a\":1}"), Err(Refusal(222_200)));
        assert!(object(b"").is_ok_and(|fields| fields.is_empty()));
    }

    #[test]
    fn a_list_is_demanded_where_it_is_due() {
        assert_eq!(list(b"[{},{}]").map(|items| items.len()), Ok(2));
        assert_eq!(list(b"\"[{},{}]\""), Err(Refusal(222_200)));
        assert_eq!(list(b"image=abc"), Err(Refusal(222_208)));
    }
}
