//! A request as a line for curl, where curl can say it.

use crate::shell::quoted;
use crate::wire::{Framing, Request};

/// Bytes of a body that stand in the line itself.
const INLINE: usize = 2000;

/// The line, and the body that stands in a file of its own; or why curl cannot say it. The request is one without
/// secrets, so placeholders have to be filled in by hand.
pub(super) fn line(
    request: &Request,
    framing: &Framing,
    base_url: &str,
    body_file: &str,
) -> Result<(String, Option<Vec<u8>>), &'static str> {
    if !framing.is_ordinary() {
        return Err("curl frames every body rightly");
    }
    let controls = |text: &str| text.bytes().any(|byte| byte < b' ' || byte == 0x7f);
    if controls(&request.method)
        || controls(&request.target)
        || request.headers.iter().any(|(name, value)| controls(name) || controls(value) || name.is_empty())
    {
        return Err("curl sends no control characters in its head");
    }
    if request.target.contains(' ') {
        return Err("curl sends no spaces in a target");
    }
    let mut words = vec![
        "curl".to_owned(),
        "-sS".to_owned(),
        "--http1.1".to_owned(),
        "--path-as-is".to_owned(),
        "-X".to_owned(),
        quoted(&request.method),
        "-H".to_owned(),
        "'Expect:'".to_owned(),
    ];
    for (name, value) in &request.headers {
        // A colon would remove the header, a semicolon sends it empty.
        let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        words.extend(["-H".to_owned(), quoted(&header)]);
    }
    if request.header("Content-Type").is_none() {
        words.extend(["-H".to_owned(), "'Content-Type:'".to_owned()]);
    }
    let mut file = None;
    let text = std::str::from_utf8(&request.body)
        .ok()
        .filter(|text| text.len() <= INLINE && !text.starts_with('@') && !text.contains(['\0', '\r']));
    words.push("--data-binary".to_owned());
    match text {
        Some(text) => words.push(quoted(text)),
        None => {
            words.push(format!("@{body_file}"));
            file = Some(request.body.clone());
        }
    }
    words.push(quoted(&format!("{}{}", base_url.trim_end_matches('/'), request.target)));
    Ok((words.join(" "), file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Length;

    const BODY_FILE: &str = "body.bin";

    fn request(body: &[u8]) -> Request {
        Request {
            method: "POST".into(),
            target: "/a?x=1".into(),
            headers: vec![("Content-Type".into(), "application/json".into()), ("A".into(), "it's".into())],
            body: body.to_vec(),
        }
    }

    #[test]
    fn text_stands_in_the_line_and_bytes_in_a_file() {
        let (said, file) =
            line(&request(b"{\"a\": 1}"), &Framing::default(), "http://h:1/", BODY_FILE).unwrap();
        assert_eq!(
            said,
            "curl -sS --http1.1 --path-as-is -X POST -H 'Expect:' -H 'Content-Type: application/json' \
             -H \"A: it's\" --data-binary '{\"a\": 1}' 'http://h:1/a?x=1'"
        );
        assert_eq!(file, None);
        for bytes in [&b"\xff\xd8"[..], b"@file", &[b'x'; INLINE + 1]] {
            let (said, file) = line(&request(bytes), &Framing::default(), "http://h:1", BODY_FILE).unwrap();
            assert!(said.contains("--data-binary @body.bin") && file.as_deref() == Some(bytes), "{said}");
        }
    }

    #[test]
    fn what_curl_cannot_say_is_told() {
        let lies = Framing { length: Length::Says("1".into()), ..Framing::default() };
        assert!(line(&request(b""), &lies, "http://h", BODY_FILE).is_err());
        let mut broken = request(b"");
        broken.headers.push(("B".into(), "one\ntwo".into()));
        assert!(line(&broken, &Framing::default(), "http://h", BODY_FILE).is_err());
    }
}
