//! The bodies of the fuzz targets on multipart bodies and on whole connections.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

use super::multipart::{LONGEST_HEAD, Part, boundary, decode};
use crate::config::Config;
use crate::engine::Engine;
use crate::vision::{Classic, Limits};

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
    fn decoded(self) -> Part {
        let filename = self.filename.map(|name| in_one_line(&name));
        Part { name: in_one_line(&self.name), filename, content: self.content.into() }
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

/// One connection's bytes to a whole engine without a socket. Every answer is one: a status line, JSON, and never a sign of
/// a panic; and nothing without a signature of ours succeeds.
pub fn fuzz_connection(data: &[u8]) {
    static ENGINE: OnceLock<(Runtime, Arc<Engine>)> = OnceLock::new();
    let (runtime, engine) = ENGINE.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        (runtime, Arc::new(engine()))
    });
    let said = runtime.block_on(async {
        let (mut client, server) = tokio::io::duplex(1 << 16);
        let answering = Arc::clone(engine).converse(server);
        let talking = async {
            // The server may hang up before it has read everything.
            let _ = client.write_all(data).await;
            let _ = client.shutdown().await;
            let mut said = Vec::new();
            let _ = client.read_to_end(&mut said).await;
            said
        };
        let both = async { futures::join!(answering, talking).1 };
        tokio::time::timeout(Duration::from_secs(20), both).await.expect("an end of the conversation")
    });
    let said = String::from_utf8(said).expect("answers are text");
    if !said.is_empty() {
        assert!(said.starts_with("HTTP/1."), "{said}");
    }
    assert!(!said.contains("\"code\":0,"), "an unsigned request succeeds: {said}");
}

/// An engine whose accounts nobody knows.
fn engine() -> Engine {
    let mut config = Config::documented().expect("the bundled data");
    for account in config.accounts.values_mut().flatten() {
        account.set("secret_key", "known to nobody");
    }
    let analyser = Classic::new(Limits { bytes: 1 << 20, pixels: 1 << 18, ..Limits::default() });
    Engine::with_analyser(config, Arc::new(analyser)).expect("an engine")
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

        #[test]
        fn any_bytes_are_answered(data in prop::collection::vec(any::<u8>(), 0..200)) {
            fuzz_connection(&data);
            fuzz_connection(&[b"POST /face/newperson HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n", &data[..]].concat());
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
