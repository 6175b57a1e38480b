//! The bodies of the fuzz targets on multipart bodies.

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;

use super::multipart::{LONGEST_HEAD, MultipartPart, boundary, decode};

/// A content type, a zero byte, a body. Whatever comes, parts lie within the body, in order and apart.
pub fn fuzz_multipart(data: &[u8]) {
    let split = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (content_type, body) = data.split_at(split);
    let body = Bytes::copy_from_slice(body.get(1..).unwrap_or_default());
    let Ok(boundary) = boundary(&String::from_utf8_lossy(content_type)) else { return };
    let Ok(parts) = decode(&boundary, &body) else { return };
    let mut last = body.as_ptr() as usize;
    for part in parts.iter().filter(|part| !part.content.is_empty()) {
        let start = part.content.as_ptr() as usize;
        assert!(start >= last, "parts overlap");
        last = start + part.content.len();
    }
    assert!(last <= body.as_ptr() as usize + body.len(), "a part ends outside the body");
}

/// What a body is meant to say, and in which of the ways that clients write.
#[derive(Debug, Arbitrary)]
struct Meant {
    parts: Vec<MeantPart>,
    preamble: String,
    epilogue: Option<String>,
    bare_line_feeds: bool,
    quoted_boundary: bool,
    dashes: u8,
}

#[derive(Debug, Arbitrary)]
struct MeantPart {
    name: String,
    filename: Option<String>,
    content: Vec<u8>,
    name_last: bool,
    trailing_semicolon: bool,
    media_type: bool,
}

/// A body written from a meaning is decoded to that meaning, in every way of writing it.
pub fn fuzz_multipart_meaning(data: &[u8]) {
    let Ok(meant) = Meant::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let name = format!("{}lianpu", "-".repeat(usize::from(meant.dashes % 60)));
    let Some(body) = written(&meant, &name) else { return };
    let quote = if meant.quoted_boundary { "\"" } else { "" };
    let content_type = format!("multipart/form-data; boundary={quote}{name}{quote}");
    assert_eq!(boundary(&content_type).as_deref(), Ok(name.as_str()));
    let expected: Vec<_> = meant.parts.into_iter().map(MeantPart::decoded).collect();
    assert_eq!(decode(&name, &Bytes::from(body)), Ok(expected));
}

impl MeantPart {
    fn decoded(self) -> MultipartPart {
        let filename = self.filename.map(|name| in_one_line(&name));
        MultipartPart { name: in_one_line(&self.name), filename, content: self.content.into() }
    }
}

/// The bytes, unless the meaning cannot be written: a content with the boundary in it, for one.
fn written(meant: &Meant, boundary: &str) -> Option<Vec<u8>> {
    let delimiter = format!("--{boundary}");
    let holds = |bytes: &[u8]| memchr::memmem::find(bytes, delimiter.as_bytes()).is_some();
    let line_end = if meant.bare_line_feeds { "\n" } else { "\r\n" };
    if holds(meant.preamble.as_bytes()) {
        return None;
    }
    let mut body = Vec::new();
    if !meant.preamble.is_empty() {
        body.extend([meant.preamble.as_bytes(), line_end.as_bytes()].concat());
    }
    for part in &meant.parts {
        let head = head(part, line_end);
        // A carriage return before a bare line feed would be part of the line break.
        let ambiguous = meant.bare_line_feeds && part.content.last() == Some(&b'\r');
        if holds(&part.content) || holds(head.as_bytes()) || head.len() > LONGEST_HEAD - 8 || ambiguous {
            return None;
        }
        body.extend(
            [delimiter.as_bytes(), line_end.as_bytes(), head.as_bytes(), line_end.as_bytes()].concat(),
        );
        body.extend([&part.content, line_end.as_bytes()].concat());
    }
    let closing = format!("{delimiter}--{line_end}{}", meant.epilogue.as_deref().unwrap_or_default());
    body.extend(closing.as_bytes());
    Some(body)
}

fn head(part: &MeantPart, line_end: &str) -> String {
    let mut parameters = vec![format!("name={}", quoted(&part.name))];
    parameters.extend(part.filename.as_ref().map(|name| format!("filename={}", quoted(name))));
    if part.name_last {
        parameters.reverse();
    }
    let semicolon = if part.trailing_semicolon { ";" } else { "" };
    let media_type =
        if part.media_type { format!("Content-Type: image/jpeg{line_end}") } else { String::new() };
    let parameters = parameters.join("; ");
    format!("{media_type}Content-Disposition: form-data; {parameters}{semicolon}{line_end}")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", in_one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Line breaks cannot stand in a head.
fn in_one_line(text: &str) -> String {
    text.replace(['\r', '\n'], "_")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_meant_is_what_is_decoded(data in prop::collection::vec(any::<u8>(), 0..600)) {
            fuzz_multipart_meaning(&data);
        }
    }

    #[test]
    fn every_way_of_writing_is_tried() {
        let part = |name_last| MeantPart {
            name: "ima\"ge\\".to_owned(),
            filename: Some("a;b.jpg".to_owned()),
            content: b"\r\n--x\r\n".to_vec(),
            name_last,
            trailing_semicolon: name_last,
            media_type: !name_last,
        };
        for bare_line_feeds in [false, true] {
            let parts = vec![part(false), part(true)];
            let (preamble, epilogue) = ("before".to_owned(), Some("after".to_owned()));
            let meant =
                Meant { parts, preamble, epilogue, bare_line_feeds, quoted_boundary: true, dashes: 14 };
            let body = written(&meant, "b").expect("it can be written");
            let expected: Vec<_> = meant.parts.into_iter().map(MeantPart::decoded).collect();
            assert_eq!(decode("b", &Bytes::from(body)), Ok(expected));
        }
    }
}
