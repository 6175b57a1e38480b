//! The JSON writer: a text with its members in order, which may say what no value can.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::field::{Field, FieldValue, File};

/// A JSON text before it is bytes. Unlike a [`Value`] it keeps the order of members, may name one twice, and may hold
/// pieces that are no JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// A value, written as it should be.
    Value(Value),
    /// Bytes, written as they are.
    Raw(Vec<u8>),
    /// A list.
    List(Vec<Json>),
    /// Members in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// One object of the fields, in order: a name `a.b` stands in an object `a`, files become Base64. Of several files
    /// that of this number is taken.
    pub fn object(fields: &[Field], element: usize) -> Self {
        let mut members = Vec::new();
        for field in fields {
            put(&mut members, &field.name, value(&field.value, element));
        }
        Self::Object(members)
    }

    /// A list of such objects. Of several files each object has one; all else is the same in all.
    pub fn list(fields: &[Field], elements: usize) -> Self {
        Self::List((0..elements).map(|element| Self::object(fields, element)).collect())
    }

    /// The members of an object, or of the first object of a list.
    pub fn members(&mut self) -> Option<&mut Vec<(String, Self)>> {
        match self {
            Self::Object(members) => Some(members),
            Self::List(entries) => entries.first_mut()?.members(),
            Self::Value(_) | Self::Raw(_) => None,
        }
    }

    /// What stands at a path such as `a.b` in an object, or in the first object of a list.
    pub fn at(&mut self, path: &str) -> Option<&mut Self> {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let (_, found) = self.members()?.iter_mut().find(|(known, _)| known == name)?;
        match rest {
            Some(rest) => found.at(rest),
            None => Some(found),
        }
    }

    /// The bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut text = Vec::new();
        self.write_to(&mut text);
        text
    }

    fn write_to(&self, text: &mut Vec<u8>) {
        match self {
            Self::Value(value) => text.extend_from_slice(value.to_string().as_bytes()),
            Self::Raw(raw) => text.extend_from_slice(raw),
            Self::List(entries) => {
                text.push(b'[');
                for (at, entry) in entries.iter().enumerate() {
                    text.extend_from_slice(if at > 0 { b"," } else { b"" });
                    entry.write_to(text);
                }
                text.push(b']');
            }
            Self::Object(members) => {
                text.push(b'{');
                for (at, (name, value)) in members.iter().enumerate() {
                    text.extend_from_slice(if at > 0 { b"," } else { b"" });
                    text.extend_from_slice(Value::from(name.as_str()).to_string().as_bytes());
                    text.push(b':');
                    value.write_to(text);
                }
                text.push(b'}');
            }
        }
    }
}

fn put(members: &mut Vec<(String, Json)>, path: &str, value: Json) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let known = members.iter_mut().find(|(known, _)| known == name);
    match (known, rest) {
        (Some((_, Json::Object(inner))), Some(rest)) => put(inner, rest, value),
        (Some(_), Some(_)) => {} // the whole was put to something else
        (Some((_, old)), None) => *old = value,
        (None, Some(rest)) => {
            let mut inner = Vec::new();
            put(&mut inner, rest, value);
            members.push((name.to_owned(), Json::Object(inner)));
        }
        (None, None) => members.push((name.to_owned(), value)),
    }
}

fn value(value: &FieldValue, element: usize) -> Json {
    let base64 = |file: &File| Json::Raw(format!("\"{}\"", STANDARD.encode(&file.bytes)).into_bytes());
    match value {
        FieldValue::Json(value) => Json::Value(value.clone()),
        FieldValue::File(file) => base64(file),
        FieldValue::Files(files) => {
            files.get(element).or(files.last()).map_or(Json::Value(Value::Null), |file| base64(file))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(name: &str, value: Value) -> Field {
        Field { name: name.into(), value: FieldValue::Json(value) }
    }

    #[test]
    fn members_keep_their_order_and_may_come_twice() {
        let mut body = Json::object(&[field("b", json!(1)), field("a", json!("x\"y"))], 0);
        assert_eq!(body.write(), br#"{"b":1,"a":"x\"y"}"#);
        let members = body.members().unwrap();
        members.push(("b".to_owned(), Json::Raw(b"1e999".to_vec())));
        assert_eq!(body.write(), br#"{"b":1,"a":"x\"y","b":1e999}"#);
    }

    #[test]
    fn a_path_leads_into_objects_and_the_first_of_a_list() {
        let mut body = Json::list(&[field("a.b", json!(1)), field("a.c", json!(2))], 2);
        *body.at("a.c").unwrap() = Json::Raw(b"\xff".to_vec());
        assert_eq!(body.write(), b"[{\"a\":{\"b\":1,\"c\":\xff}},{\"a\":{\"b\":1,\"c\":2}}]");
        assert_eq!(body.at("a.d"), None);
    }
}
