//! The multipart writer: a body as parts, which may be rearranged and spoilt before they are written.

use std::borrow::Cow;

use serde_json::Value;

use super::field::{Field, FieldValue, File};

/// A `multipart/form-data` body (RFC 7578) before it is bytes. [`Multipart::of`] makes a right one; every field may be
/// changed to make it wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipart<'a> {
    /// What the delimiters in the body are made of, without their leading dashes.
    pub boundary: String,
    /// What ends the lines of delimiters and part headers.
    pub line_end: &'static str,
    /// What stands before the first delimiter, with its own line end.
    pub preamble: Vec<u8>,
    /// The parts in order.
    pub parts: Vec<Part<'a>>,
    /// How the body ends.
    pub closing: Closing,
    /// What stands after that.
    pub epilogue: Vec<u8>,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name of what it carries, by which it is found; what is sent stands in `head`.
    pub name: String,
    /// The header lines, without line ends.
    pub head: Vec<Vec<u8>>,
    /// The content.
    pub content: Cow<'a, [u8]>,
}

/// How a multipart body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// `--boundary--`, as it should be.
    Full,
    /// `--boundary`, as some of the vendors' examples have it.
    Undashed,
    /// Not at all.
    Absent,
}

/// Writes `multipart/form-data` (RFC 7578) with this boundary. Lists become `name[0]`, `name[1]` …, as the vendors'
/// clients send them.
pub fn write_multipart(fields: &[Field], boundary: &str) -> Vec<u8> {
    Multipart::of(fields, boundary).write()
}

impl<'a> Multipart<'a> {
    /// The body that carries these fields.
    pub fn of(fields: &'a [Field], boundary: &str) -> Self {
        let mut parts = Vec::new();
        for Field { name, value } in fields {
            let indexed = |index: usize| format!("{name}[{index}]");
            match value {
                FieldValue::Json(Value::Array(entries)) => {
                    parts.extend(
                        entries.iter().enumerate().map(|(at, entry)| Part::text(&indexed(at), entry)),
                    );
                }
                FieldValue::Json(value) => parts.push(Part::text(name, value)),
                FieldValue::File(file) => parts.push(Part::file(name, file)),
                FieldValue::Files(files) => {
                    parts.extend(files.iter().enumerate().map(|(at, file)| Part::file(&indexed(at), file)));
                }
            }
        }
        Self {
            boundary: boundary.to_owned(),
            line_end: "\r\n",
            preamble: Vec::new(),
            parts,
            closing: Closing::Full,
            epilogue: Vec::new(),
        }
    }

    /// The bytes.
    pub fn write(&self) -> Vec<u8> {
        let Self { boundary, line_end, .. } = self;
        let room: usize = self.parts.iter().map(|part| part.content.len() + 256).sum();
        let mut body = Vec::with_capacity(self.preamble.len() + room + self.epilogue.len());
        body.extend_from_slice(&self.preamble);
        let mut write = |pieces: &[&[u8]]| pieces.iter().for_each(|piece| body.extend_from_slice(piece));
        let (boundary, end) = (boundary.as_bytes(), line_end.as_bytes());
        for part in &self.parts {
            write(&[b"--", boundary, end]);
            for line in &part.head {
                write(&[line, end]);
            }
            write(&[end, &part.content, end]);
        }
        match self.closing {
            Closing::Full => write(&[b"--", boundary, b"--", end]),
            Closing::Undashed => write(&[b"--", boundary, end]),
            Closing::Absent => {}
        }
        body.extend_from_slice(&self.epilogue);
        body
    }
}

impl<'a> Part<'a> {
    /// A part that carries a text, or the text of another JSON value.
    pub fn text(name: &str, value: &'a Value) -> Self {
        let content = match value {
            Value::String(text) => Cow::Borrowed(text.as_bytes()),
            other => Cow::Owned(other.to_string().into_bytes()),
        };
        Self { name: name.to_owned(), head: vec![disposition(name, None)], content }
    }

    /// A part that carries a file.
    pub fn file(name: &str, file: &'a File) -> Self {
        let kind = format!("Content-Type: {}", file.media_type).into_bytes();
        let head = vec![disposition(name, Some(&file.name)), kind];
        Self { name: name.to_owned(), head, content: Cow::Borrowed(&file.bytes) }
    }
}

/// The header line that names a part.
fn disposition(name: &str, file: Option<&str>) -> Vec<u8> {
    let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
    format!("Content-Disposition: form-data; name=\"{name}\"{file}").into_bytes()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    fn fields() -> Vec<Field> {
        let file =
            Arc::new(File { name: "a.jpg".into(), media_type: "image/jpeg".into(), bytes: b"xyz".to_vec() });
        vec![
            Field { name: "group_ids".into(), value: FieldValue::Json(json!(["g", "h"])) },
            Field { name: "mode".into(), value: FieldValue::Json(json!(1)) },
            Field { name: "images".into(), value: FieldValue::Files(vec![file]) },
        ]
    }

    #[test]
    fn lists_and_files_are_indexed() {
        let text = String::from_utf8(write_multipart(&fields(), "B")).unwrap();
        assert_eq!(
            text,
            "--B\r\nContent-Disposition: form-data; name=\"group_ids[0]\"\r\n\r\ng\r\n\
             --B\r\nContent-Disposition: form-data; name=\"group_ids[1]\"\r\n\r\nh\r\n\
             --B\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"images[0]\"; filename=\"a.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\nxyz\r\n--B--\r\n"
        );
    }

    #[test]
    fn every_piece_can_be_wrong() {
        let fields = fields();
        let mut body = Multipart::of(&fields[1..2], "B");
        body.line_end = "\n";
        body.preamble = b"before\n".to_vec();
        body.parts[0].head.insert(0, b"X: \xff".to_vec());
        body.parts[0].content = Cow::Borrowed(b"2");
        body.closing = Closing::Undashed;
        body.epilogue = b"after".to_vec();
        assert_eq!(
            body.write(),
            b"before\n--B\nX: \xff\nContent-Disposition: form-data; name=\"mode\"\n\n2\n--B\nafter"
        );
        body.closing = Closing::Absent;
        body.epilogue.clear();
        assert!(body.write().ends_with(b"\n\n2\n"));
    }
}
