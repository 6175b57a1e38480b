//! The multipart writer.

use serde_json::Value;

use super::body::{Field, FieldValue, File};

/// Writes `multipart/form-data` (RFC 7578) with this boundary. Lists become `name[0]`, `name[1]` …, as the vendors'
/// clients send them.
pub fn write_multipart(fields: &[Field], boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for field in fields {
        match &field.value {
            FieldValue::Json(Value::Array(entries)) => {
                for (index, entry) in entries.iter().enumerate() {
                    write_text(&mut body, boundary, &format!("{}[{index}]", field.name), entry);
                }
            }
            FieldValue::Json(value) => write_text(&mut body, boundary, &field.name, value),
            FieldValue::File(file) => write_file(&mut body, boundary, &field.name, file),
            FieldValue::Files(files) => {
                for (index, file) in files.iter().enumerate() {
                    write_file(&mut body, boundary, &format!("{}[{index}]", field.name), file);
                }
            }
        }
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

fn write_text(body: &mut Vec<u8>, boundary: &str, name: &str, value: &Value) {
    body.extend_from_slice(
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes(),
    );
    match value {
        Value::String(text) => body.extend_from_slice(text.as_bytes()),
        other => body.extend_from_slice(other.to_string().as_bytes()),
    }
    body.extend_from_slice(b"\r\n");
}

fn write_file(body: &mut Vec<u8>, boundary: &str, name: &str, file: &File) {
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
        file.name, file.media_type
    );
    body.reserve(head.len() + file.bytes.len() + 2);
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&file.bytes);
    body.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    #[test]
    fn lists_and_files_are_indexed() {
        let file =
            Arc::new(File { name: "a.jpg".into(), media_type: "image/jpeg".into(), bytes: b"xyz".to_vec() });
        let fields = [
            Field { name: "group_ids".into(), value: FieldValue::Json(json!(["g", "h"])) },
            Field { name: "mode".into(), value: FieldValue::Json(json!(1)) },
            Field { name: "images".into(), value: FieldValue::Files(vec![file]) },
        ];
        let text = String::from_utf8(write_multipart(&fields, "B")).unwrap();
        assert_eq!(
            text,
            "--B\r\nContent-Disposition: form-data; name=\"group_ids[0]\"\r\n\r\ng\r\n\
             --B\r\nContent-Disposition: form-data; name=\"group_ids[1]\"\r\n\r\nh\r\n\
             --B\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"images[0]\"; filename=\"a.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\nxyz\r\n--B--\r\n"
        );
    }
}
