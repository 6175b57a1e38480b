//! What a body carries, and the JSON writer.

use std::sync::Arc;

use serde_json::{Map, Value};

/// One parameter as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// What is sent.
    pub value: FieldValue,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// A JSON value. In multipart a text goes as it is, a number as text, a list as `name[0]`, `name[1]` …
    Json(Value),
    /// The bytes of one file.
    File(Arc<File>),
    /// The bytes of several files, sent as `name[0]`, `name[1]` …
    Files(Vec<Arc<File>>),
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, such as `anna.jpg`.
    pub name: String,
    /// Its media type, such as `image/jpeg`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes the JSON fields as one object, in order. Files cannot be carried and are left out.
pub fn write_json(fields: &[Field]) -> Vec<u8> {
    let mut object = Map::new();
    for field in fields {
        if let FieldValue::Json(value) = &field.value {
            object.insert(field.name.clone(), value.clone());
        }
    }
    Value::Object(object).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_keeps_every_type() {
        let fields = [
            Field { name: "appid".into(), value: FieldValue::Json(json!("1250000000")) },
            Field { name: "mode".into(), value: FieldValue::Json(json!(1)) },
            Field { name: "group_ids".into(), value: FieldValue::Json(json!(["a"])) },
        ];
        let written: Value = serde_json::from_slice(&write_json(&fields)).unwrap();
        assert_eq!(written, json!({"appid": "1250000000", "mode": 1, "group_ids": ["a"]}));
    }
}
