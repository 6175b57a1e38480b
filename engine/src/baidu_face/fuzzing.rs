//! The body of the fuzz target on JSON and form bodies.

use std::collections::BTreeMap;

use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::body::Body;
use super::condition::Condition;
use super::reader::Reader;
use super::settings::Settings;

/// Any body. An object or a form reads the same when it is written again, and what the reader of parameters accepts is
/// what it promises.
pub fn fuzz_body(data: &[u8]) {
    let Ok(body) = Body::parse(data) else { return };
    let again = match &body {
        Body::Object(fields) => serde_json::to_vec(fields).expect("JSON is written"),
        Body::Array(elements) => serde_json::to_vec(elements).expect("JSON is written"),
        Body::Form(fields) => {
            let pairs = fields.iter().map(|(name, value)| (name, value.as_str().expect("forms hold texts")));
            Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
        }
    };
    assert_eq!(Body::parse(&again).as_ref(), Ok(&body), "{}", String::from_utf8_lossy(&again));
    let Ok(fields) = body.fields() else { return };
    let settings = Settings::new(&BTreeMap::new());
    for private in [false, true] {
        let mut read = Reader::new(fields, &settings, private);
        let (group, user, info) = (read.group("group_id"), read.user(), read.user_info());
        let (source, most) =
            (read.image(), read.number("max_face_num", [1, 120], 1, Condition::MaxFaceNumInvalid));
        let (start, length) = read.page();
        if read.finish().is_ok() {
            assert!(is_id(&group) && is_id(&user), "{group:?} {user:?}");
            assert!(info.is_none_or(|info| info.len() <= 256));
            assert!(source != super::source::Source::Nothing, "{fields:?}");
            assert!(
                (1..=120).contains(&most) && (1..=1000).contains(&length) && u32::try_from(start).is_ok()
            );
            assert!(fields.get("image").and_then(Value::as_str).is_some_and(|text| !text.is_empty()));
        }
    }
}

fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_body_is_read_or_refused(
            group in "[a-z_ ]{0,6}", user in "[a-z0-9]{0,6}", image in "[A-Za-z+/=\n]{0,12}", number in any::<i64>(),
            kind in "BASE64|URL|FACE_TOKEN|base64",
        ) {
            let fields = serde_json::json!({
                "group_id": group, "user_id": user, "image": image, "image_type": kind, "max_face_num": number,
            });
            fuzz_body(fields.to_string().as_bytes());
            let form = format!("group_id={group}&user_id={user}&image=YWI&image_type={kind}&max_face_num={number}");
            fuzz_body(form.as_bytes());
        }
    }
}
