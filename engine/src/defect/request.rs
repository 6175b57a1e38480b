//! Requests changed before they are judged.

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, header};
use serde_json::{Map, Value};

use super::list::{
    ID_BLANKS_DROPPED, ID_CHARACTERS_DROPPED, LAST_BOUNDARY_IGNORED, METHOD_IGNORED, NULL_AS_TEXT,
    QUOTED_BOUNDARY_REFUSED, TRAILING_DATA_ACCEPTED,
};
use crate::front::{Defects, Head, Request, multipart};

/// The deepest JSON that is not one to hang on.
const DEEPEST: usize = 32;

/// A head as the defects read it, where they read it otherwise than it is.
pub(super) fn head(head: &Head, defects: &Defects) -> Option<Head> {
    let ignores = defects.has(METHOD_IGNORED) && head.method != Method::POST;
    ignores.then(|| {
        let mut read = head.clone();
        read.method = Method::POST;
        read
    })
}

/// A request as the defects read it.
pub(super) fn read(mut request: Request, defects: &Defects) -> Request {
    if let Some(head) = head(&request.head, defects) {
        request.head = head;
    }
    let quoted = |value: &HeaderValue| value.as_bytes().ends_with(b"\"");
    if defects.has(QUOTED_BOUNDARY_REFUSED)
        && let Some(content_type) = request.head.headers.get_mut(CONTENT_TYPE).filter(|value| quoted(value))
    {
        *content_type = HeaderValue::from_static("multipart/form-data");
    }
    request.body = request.body.map(|sent| body(&request.head.headers, sent, defects));
    request
}

fn body(headers: &HeaderMap, sent: Bytes, defects: &Defects) -> Bytes {
    let mut read = sent;
    if defects.has(LAST_BOUNDARY_IGNORED)
        && let Some(boundary) = boundary(headers)
    {
        read = [&read, format!("\r\n--{boundary}--\r\n").as_bytes()].concat().into();
    }
    if defects.has(TRAILING_DATA_ACCEPTED)
        && let Some(Ok(value)) = serde_json::Deserializer::from_slice(&read).into_iter::<Value>().next()
    {
        read = value.to_string().into();
    }
    if (defects.has(ID_BLANKS_DROPPED) || defects.has(ID_CHARACTERS_DROPPED))
        && let Ok(mut members) = serde_json::from_slice::<Map<_, Value>>(&read)
    {
        for (_, id) in members.iter_mut().filter(|(name, _)| name.ends_with("_id")) {
            let Value::String(id) = id else { continue };
            id.retain(|character| !character.is_whitespace());
            if defects.has(ID_CHARACTERS_DROPPED) {
                id.retain(|character| character.is_ascii_alphanumeric() || character == '_');
            }
        }
        read = Value::Object(members).to_string().into();
    }
    if defects.has(NULL_AS_TEXT)
        && let Ok(mut members) = serde_json::from_slice::<Map<_, Value>>(&read)
    {
        members.values_mut().filter(|value| value.is_null()).for_each(|value| *value = "null".into());
        read = Value::Object(members).to_string().into();
    }
    read
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    multipart::boundary(content_type).ok()
}

/// Whether there is an empty Authorization header.
pub(super) fn has_empty_authorization(headers: &HeaderMap) -> bool {
    headers.get_all(header::AUTHORIZATION).iter().any(|value| value.as_bytes().trim_ascii().is_empty())
}

/// Whether a part gives its file name in the extended form.
pub(super) fn has_extended_name(body: &[u8]) -> bool {
    memchr::memmem::find(body, b"filename*").is_some()
}

/// Whether JSON is nested so deeply that it is never answered.
pub(super) fn is_nested(body: &[u8]) -> bool {
    // What a picture is made of looks nested now and then.
    let is_json = body.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'[' | b'{'));
    let mut depth = 0_usize;
    is_json
        && body.iter().any(|byte| {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > DEEPEST
        })
}

#[cfg(all(test, feature = "defects"))]
mod tests {
    use super::*;
    use crate::front::Defect;

    fn read(content_type: &'static str, text: &'static str, defect: Defect) -> String {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().expect("a header"))]);
        let read = body(&headers, Bytes::from_static(text.as_bytes()), &Defects::from_iter([defect.name]));
        String::from_utf8(read.to_vec()).expect("text in, text out")
    }

    #[test]
    fn a_body_loses_or_gets_what_it_should_not() {
        let open = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1";
        let closed = read("multipart/form-data; boundary=b", open, LAST_BOUNDARY_IGNORED);
        assert_eq!(multipart::decode("b", &Bytes::from(closed)).map(|parts| parts.len()), Ok(1));
        let json = "application/json";
        assert_eq!(read(json, "{} x", TRAILING_DATA_ACCEPTED), "{}");
        let ids = "{\"a_id\":\"g -h\",\"b\":\" \"}";
        assert_eq!(read(json, ids, ID_BLANKS_DROPPED), "{\"a_id\":\"g-h\",\"b\":\" \"}");
        assert_eq!(read(json, ids, ID_CHARACTERS_DROPPED), "{\"a_id\":\"gh\",\"b\":\" \"}");
        assert_eq!(read(json, "{\"a\":null}", NULL_AS_TEXT), "{\"a\":\"null\"}");
        assert_eq!(read(json, "{", NULL_AS_TEXT), "{");
    }

    #[test]
    fn only_deep_json_is_nested() {
        assert!(!is_nested("[]".repeat(100).as_bytes()));
        assert!(is_nested("[".repeat(33).as_bytes()));
        assert!(!is_nested(["--boundary", &"[".repeat(33)].concat().as_bytes()));
    }
}
