//! The ways to write a body rightly.

use super::field::Field;
use super::form::Form;
use super::json::Json;

/// Writes the fields as one JSON object, in order: a name `a.b` stands in an object `a`, files become base64.
pub fn write_json(fields: &[Field]) -> Vec<u8> {
    Json::object(fields, 0).write()
}

/// Writes a list of such objects. Of several files each object has one; all else is the same in all.
pub fn write_json_list(fields: &[Field], elements: usize) -> Vec<u8> {
    Json::list(fields, elements).write()
}

/// Writes the fields as `application/x-www-form-urlencoded`.
pub fn write_form(fields: &[Field]) -> Vec<u8> {
    Form::of(fields).write()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use crate::wire::{FieldValue, File};

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

    #[test]
    fn dots_nest_and_files_are_base64() {
        let file = |bytes: &[u8]| {
            Arc::new(File { name: "a".into(), media_type: "image/jpeg".into(), bytes: bytes.to_vec() })
        };
        let field = |name: &str, value: FieldValue| Field { name: name.into(), value };
        let fields = [
            field("a.b", FieldValue::Json(json!(1))),
            field("a.c", FieldValue::File(file(b"x"))),
            field("d", FieldValue::Files(vec![file(b"y"), file(b"z")])),
        ];
        let written: Value = serde_json::from_slice(&write_json_list(&fields, 2)).unwrap();
        let element = |d: &str| json!({"a": {"b": 1, "c": "eA=="}, "d": d});
        assert_eq!(written, json!([element("eQ=="), element("eg==")]));
        assert_eq!(write_form(&fields[..2]), b"a.b=1&a.c=eA%3D%3D");
    }
}
