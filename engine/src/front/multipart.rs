//! Takes a multipart body apart.
//!
//! Written by hand because `multer` and its like are right where the vendors' own examples are wrong. What clients of
//! this API send and what is therefore taken: a `;` after the last parameter of a header; a last delimiter without
//! its closing `--`; a boundary full of dashes; parts without a content type, all of them with a file name, or none.
//! What matters is kept strict: the body must end in a delimiter, every part needs a name, and nothing is copied.
//! Knows nothing of dialects. Start with [`decode`].

use bytes::Bytes;

/// The most parts of one body: a list of as many groups as an account may have comes as that many parts.
pub const MOST_PARTS: usize = 20_000;
/// The longest head of one part in bytes.
pub const LONGEST_HEAD: usize = 8 << 10;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MultipartPart {
    /// The field's name.
    pub name: String,
    /// The file name, which says nothing about the part's kind.
    pub filename: Option<String>,
    /// The content as it came.
    pub content: Bytes,
}

/// Why a body cannot be taken apart. Offsets are in bytes from the start of the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// The content type names no boundary.
    #[error("the content type has no boundary")]
    NoBoundary,
    /// The boundary is nowhere in the body.
    #[error("the boundary does not occur in the body")]
    NoDelimiter,
    /// The body ends inside a part.
    #[error("the part at byte {0} is not followed by a delimiter")]
    Unterminated(usize),
    /// The head of a part does not end.
    #[error("the head of the part at byte {0} has no end, or is longer than {LONGEST_HEAD} bytes")]
    Head(usize),
    /// A part has no name.
    #[error("the part at byte {0} has no Content-Disposition with a name in UTF-8")]
    NoName(usize),
    /// More parts than are taken.
    #[error("more than {MOST_PARTS} parts")]
    TooMany,
}

/// The boundary that a content type names.
pub fn boundary(content_type: &str) -> Result<String, MultipartError> {
    let parameters = content_type.trim().trim_matches('"').split_once(';').map_or("", |(_, rest)| rest);
    parameter(parameters.as_bytes(), "boundary")
        .and_then(|boundary| String::from_utf8(boundary).ok())
        .filter(|boundary| !boundary.is_empty())
        .ok_or(MultipartError::NoBoundary)
}

/// The parts of a body in their order.
pub fn decode(boundary: &str, body: &Bytes) -> Result<Vec<MultipartPart>, MultipartError> {
    let delimiter = format!("--{boundary}");
    let delimiter = delimiter.as_bytes();
    let mut at = next_delimiter(body, 0, delimiter).ok_or(MultipartError::NoDelimiter)?;
    let mut parts = Vec::new();
    loop {
        if at.closes || body[at.end..].iter().all(u8::is_ascii_whitespace) {
            return Ok(parts);
        }
        if parts.len() == MOST_PARTS {
            return Err(MultipartError::TooMany);
        }
        let next = next_delimiter(body, at.end, delimiter).ok_or(MultipartError::Unterminated(at.end))?;
        parts.push(part(body, at.end, next.start)?);
        at = next;
    }
}

/// A line that is a delimiter.
#[derive(Debug, Clone, Copy)]
struct Delimiter {
    /// Where the content before it ends: its line break belongs to the delimiter.
    start: usize,
    /// Where the part after it begins.
    end: usize,
    /// Whether it ends the body.
    closes: bool,
}

/// The next line that is a delimiter: at the start of a line, followed by nothing but blanks or `--`.
fn next_delimiter(body: &[u8], from: usize, delimiter: &[u8]) -> Option<Delimiter> {
    let mut search = from;
    loop {
        let at = search + find(&body[search..], delimiter)?;
        let after = at + delimiter.len();
        search = at + 1;
        // A part may be empty, so a delimiter may follow right upon another one's line break.
        let Some(start) = line_start(body, at).filter(|_| at >= from) else { continue };
        let start = start.max(from);
        let rest = &body[after..];
        if rest.starts_with(b"--") {
            return Some(Delimiter { start, end: after + 2, closes: true });
        }
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match &rest[blanks..] {
            [b'\r', b'\n', ..] => return Some(Delimiter { start, end: after + blanks + 2, closes: false }),
            [b'\n', ..] => return Some(Delimiter { start, end: after + blanks + 1, closes: false }),
            [] => return Some(Delimiter { start, end: body.len(), closes: true }),
            _ => {}
        }
    }
}

/// Where the line break before a line begins, if a line begins here.
fn line_start(body: &[u8], at: usize) -> Option<usize> {
    match &body[..at] {
        [] => Some(0),
        [.., b'\r', b'\n'] => Some(at - 2),
        [.., b'\n'] => Some(at - 1),
        _ => None,
    }
}

fn part(body: &Bytes, start: usize, end: usize) -> Result<MultipartPart, MultipartError> {
    let whole = &body[start..end];
    let (head, content) = head_end(whole).ok_or(MultipartError::Head(start))?;
    let (name, filename) = disposition(&whole[..head]).ok_or(MultipartError::NoName(start))?;
    Ok(MultipartPart { name, filename, content: body.slice(start + content..end) })
}

/// Where the head ends and the content begins.
fn head_end(whole: &[u8]) -> Option<(usize, usize)> {
    let bounded = &whole[..whole.len().min(LONGEST_HEAD)];
    let crlf = find(bounded, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = find(bounded, b"\n\n").map(|at| (at, at + 2));
    match (crlf, lf) {
        (Some(crlf), Some(lf)) => Some(if crlf.0 < lf.0 { crlf } else { lf }),
        // A part of no bytes may end with its head's last line break.
        (None, None) => bounded.ends_with(b"\r\n").then(|| (bounded.len() - 2, bounded.len())),
        (one, other) => one.or(other),
    }
}

/// The name and file name of a part's head.
fn disposition(head: &[u8]) -> Option<(String, Option<String>)> {
    let value = head.split(|byte| *byte == b'\n').find_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        line[..colon].trim_ascii().eq_ignore_ascii_case(b"content-disposition").then(|| &line[colon + 1..])
    })?;
    let parameters = &value[value.iter().position(|byte| *byte == b';')? + 1..];
    let name = String::from_utf8(parameter(parameters, "name")?).ok()?;
    let filename = parameter(parameters, "filename").map(|name| String::from_utf8_lossy(&name).into_owned());
    Some((name, filename))
}

/// The value of one of the parameters `a=b; c="d"`.
fn parameter(mut rest: &[u8], wanted: &str) -> Option<Vec<u8>> {
    loop {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            return None;
        }
        let stop = rest.iter().position(|byte| matches!(byte, b'=' | b';'));
        let key = rest[..stop.unwrap_or(rest.len())].trim_ascii();
        rest = &rest[stop.unwrap_or(rest.len())..];
        if let Some(after) = rest.strip_prefix(b"=") {
            let (value, after) = value(after.trim_ascii_start());
            if key.eq_ignore_ascii_case(wanted.as_bytes()) {
                return Some(value);
            }
            rest = after;
        }
        let next = rest.iter().position(|byte| *byte == b';').map_or(rest.len(), |at| at + 1);
        rest = &rest[next..];
    }
}

/// A quoted or plain value, and what follows it. A backslash escapes only a quote or another backslash, since file
/// names come with single ones.
fn value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let Some(quoted) = text.strip_prefix(b"\"") else {
        let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
        return (text[..end].trim_ascii().to_vec(), &text[end..]);
    };
    let mut value = Vec::new();
    let mut bytes = quoted.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, quoted.get(at + 1)) {
            (b'"', _) => return (value, &quoted[at + 1..]),
            (b'\\', Some(escaped @ (b'"' | b'\\'))) => {
                value.push(*escaped);
                bytes.next();
            }
            _ => value.push(*byte),
        }
    }
    (value, &[])
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fuzz_multipart;
    use super::*;

    fn parts(boundary: &str, body: &str) -> Vec<(String, Option<String>, String)> {
        let parts = decode(boundary, &Bytes::copy_from_slice(body.as_bytes())).expect(body);
        let text = |part: MultipartPart| {
            (part.name, part.filename, String::from_utf8(part.content.to_vec()).expect("text in, text out"))
        };
        parts.into_iter().map(text).collect()
    }

    fn plain(name: &str, content: &str) -> (String, Option<String>, String) {
        (name.to_owned(), None, content.to_owned())
    }

    #[test]
    fn the_documents_form_with_a_semicolon_after_the_name() {
        let body = "----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"appid\";\r\n\r\n123456\r\n\
            ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"image\"; filename=\"test.jpg\"\r\n\
            Content-Type: image/jpeg\r\n\r\nxx\r\n--x\r\n----------------acebdf13572468--";
        let image = ("image".to_owned(), Some("test.jpg".to_owned()), "xx\r\n--x".to_owned());
        assert_eq!(parts("--------------acebdf13572468", body), [plain("appid", "123456"), image]);
    }

    #[test]
    fn the_last_delimiter_may_lack_its_dashes() {
        for end in ["--b", "--b\r\n", "--b--", "--b--\r\nepilogue", "--b \r\n"] {
            let body = format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n{end}");
            assert_eq!(parts("b", &body), [plain("a", "1")], "{end:?}");
        }
    }

    #[test]
    fn a_body_that_ends_inside_a_part_is_refused() {
        let body = Bytes::from_static(b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n");
        assert_eq!(decode("b", &body), Err(MultipartError::Unterminated(5)));
        assert_eq!(decode("c", &body), Err(MultipartError::NoDelimiter));
        let nameless = Bytes::from_static(b"--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--");
        assert_eq!(decode("b", &nameless), Err(MultipartError::NoName(5)));
        let headless = Bytes::from_static(b"--b\r\nContent-Disposition: form-data; name=a\r\n--b--");
        assert_eq!(decode("b", &headless), Err(MultipartError::Head(5)));
    }

    #[test]
    fn an_empty_part_and_bare_line_feeds_are_taken() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n\r\n--b--";
        assert_eq!(parts("b", body), [plain("image", "")]);
        let body = "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n";
        assert_eq!(parts("b", body), [plain("a", "1")]);
    }

    #[test]
    fn the_boundary_is_found_in_every_spelling() {
        for content_type in [
            "multipart/form-data;boundary=abc",
            "Multipart/Form-Data; charset=utf-8; Boundary=\"abc\"",
            "multipart/form-data; boundary = abc ;",
            "\"multipart/form-data; boundary=abc\"",
        ] {
            assert_eq!(boundary(content_type).as_deref(), Ok("abc"), "{content_type}");
        }
        for content_type in
            ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\""]
        {
            assert_eq!(boundary(content_type), Err(MultipartError::NoBoundary), "{content_type}");
        }
    }

    #[test]
    fn a_file_name_may_hold_quotes_slashes_and_semicolons() {
        let body =
            "--b\r\ncontent-disposition: form-data; filename=\"/a;b/\\\"c\\d\"; NAME=\"x\"\r\n\r\n1\r\n--b--";
        assert_eq!(parts("b", body), [("x".to_owned(), Some("/a;b/\"c\\d".to_owned()), "1".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_apart_or_refused(data in prop::collection::vec(any::<u8>(), 0..400)) {
            fuzz_multipart(&data);
        }

        #[test]
        fn near_misses_are_taken_apart_or_refused(pieces in prop::collection::vec(0usize..8, 0..30)) {
            let alphabet = ["--b", "\r\n", "\n", "--", "Content-Disposition: form-data; name=\"a\"", "x", ";", "\""];
            let body: String = pieces.iter().map(|piece| alphabet[*piece]).collect();
            fuzz_multipart(format!("multipart/form-data; boundary=b\0{body}").as_bytes());
        }

        #[test]
        fn content_comes_out_as_it_went_in(content in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assume!(find(&content, b"--bound").is_none());
            let mut body = b"--bound\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n".to_vec();
            body.extend_from_slice(&content);
            body.extend_from_slice(b"\r\n--bound--\r\n");
            let parts = decode("bound", &Bytes::from(body)).expect("well formed");
            prop_assert_eq!(&parts[0].content[..], &content[..]);
        }
    }
}
