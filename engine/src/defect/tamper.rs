//! Requests changed before they are judged, and state that is left behind.

use std::borrow::Cow;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::{Map, Value};

use super::{Defect, Defects};
use crate::gallery::{Change, Gallery};
use crate::http::multipart;

/// The deepest JSON that [`Defect::HangsOnNesting`] does not hang on.
const DEEPEST: usize = 32;

/// An authorization as the defects of signatures read it.
pub(crate) fn authorization(text: &str, defects: Defects) -> Cow<'_, str> {
    if defects.has(Defect::UrlSafeBase64) {
        return text.replace('-', "+").replace('_', "/").into();
    }
    Cow::Borrowed(text)
}

/// A body as the defects of bodies read it.
pub(crate) fn body(headers: &HeaderMap, body: &Bytes, defects: Defects) -> Bytes {
    let mut read = body.clone();
    if defects.has(Defect::LastBoundaryIgnored)
        && let Some(boundary) = boundary(headers)
    {
        read = [&read, format!("\r\n--{boundary}--\r\n").as_bytes()].concat().into();
    }
    if defects.has(Defect::TrailingDataAccepted)
        && let Some(Ok(value)) = serde_json::Deserializer::from_slice(&read).into_iter::<Value>().next()
    {
        read = value.to_string().into();
    }
    if (defects.has(Defect::IdBlanksDropped) || defects.has(Defect::IdCharactersDropped))
        && let Ok(mut members) = serde_json::from_slice::<Map<_, Value>>(&read)
    {
        for (_, id) in members.iter_mut().filter(|(name, _)| name.ends_with("_id")) {
            let Value::String(id) = id else { continue };
            id.retain(|character| !character.is_whitespace());
            if defects.has(Defect::IdCharactersDropped) {
                id.retain(|character| character.is_ascii_alphanumeric() || character == '_');
            }
        }
        read = Value::Object(members).to_string().into();
    }
    if defects.has(Defect::NullAsText)
        && let Ok(mut members) = serde_json::from_slice::<Map<_, Value>>(&read)
    {
        members.values_mut().filter(|value| value.is_null()).for_each(|value| *value = "null".into());
        read = Value::Object(members).to_string().into();
    }
    read
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    multipart::boundary(content_type).ok()
}

/// Whether the boundary of a body stands in quotes.
pub(crate) fn quotes_its_boundary(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().ends_with(b"\""))
}

/// Whether there is an empty Authorization header.
pub(crate) fn has_empty_authorization(headers: &HeaderMap) -> bool {
    headers.get_all(header::AUTHORIZATION).iter().any(|value| value.as_bytes().trim_ascii().is_empty())
}

/// Whether a part gives its file name in the extended form.
pub(crate) fn has_extended_name(body: &[u8]) -> bool {
    memchr::memmem::find(body, b"filename*").is_some()
}

/// Whether JSON is nested so deeply that it is never answered.
pub(crate) fn is_nested(body: &[u8]) -> bool {
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

/// Leaves a person without faces in groups, unless there is one of this id.
pub(crate) fn leave_person(gallery: &Gallery, tenant: &str, person: &str, groups: &[String]) {
    let left = gallery.write(tenant, |view| {
        if view.person(person)?.is_some() {
            return Ok(((), Vec::new()));
        }
        let person = person.to_owned();
        let created =
            Change::CreatePerson { person: person.clone(), name: String::new(), tag: String::new() };
        let join = |group: &String| Change::Join { person: person.clone(), group: group.clone() };
        Ok(((), std::iter::once(created).chain(groups.iter().map(join)).collect()))
    });
    if let Err(condition) = left {
        tracing::debug!(%condition, "nothing was left behind");
    }
}

#[cfg(all(test, feature = "defects"))]
mod tests {
    use super::*;

    fn with(defect: Defect) -> Defects {
        Defects::from_iter([defect])
    }

    fn read(content_type: &'static str, text: &'static str, defect: Defect) -> String {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, content_type.parse().expect("a header"))]);
        let read = body(&headers, &Bytes::from_static(text.as_bytes()), with(defect));
        String::from_utf8(read.to_vec()).expect("text in, text out")
    }

    #[test]
    fn a_signature_is_read_as_another_alphabet() {
        assert_eq!(authorization("a-_b", with(Defect::UrlSafeBase64)), "a+/b");
        assert_eq!(authorization("a-_b", Defects::default()), "a-_b");
    }

    #[test]
    fn a_body_loses_or_gets_what_it_should_not() {
        let open = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1";
        let closed = read("multipart/form-data; boundary=b", open, Defect::LastBoundaryIgnored);
        assert_eq!(multipart::decode("b", &Bytes::from(closed)).map(|parts| parts.len()), Ok(1));
        let json = "application/json";
        assert_eq!(read(json, "{} x", Defect::TrailingDataAccepted), "{}");
        let ids = "{\"a_id\":\"g -h\",\"b\":\" \"}";
        assert_eq!(read(json, ids, Defect::IdBlanksDropped), "{\"a_id\":\"g-h\",\"b\":\" \"}");
        assert_eq!(read(json, ids, Defect::IdCharactersDropped), "{\"a_id\":\"gh\",\"b\":\" \"}");
        assert_eq!(read(json, "{\"a\":null}", Defect::NullAsText), "{\"a\":\"null\"}");
        assert_eq!(read(json, "{", Defect::NullAsText), "{");
    }

    #[test]
    fn only_deep_json_is_nested() {
        assert!(!is_nested("[]".repeat(100).as_bytes()));
        assert!(is_nested("[".repeat(33).as_bytes()));
        assert!(!is_nested(["--boundary", &"[".repeat(33)].concat().as_bytes()));
    }
}
