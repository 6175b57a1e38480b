//! The fault hook: one request header names an internal failure that is to happen.
//!
//! The failure is then a real one, made where it would happen, and the ordinary handling turns it into an answer. Which
//! failures there are is each front's own list.

use hyper::HeaderMap;

use super::Answer;

/// The header that asks for a fault.
pub const NAME: &str = "x-lianpu-fault";

/// The fault that a request asks for, of those that are known by name; none where that is not allowed. An unknown one is
/// the tester's mistake, and said plainly rather than passed over.
pub fn asked<F: Copy>(
    headers: &HeaderMap,
    allowed: bool,
    known: &[(&'static str, F)],
) -> Result<Option<F>, Box<Answer>> {
    let Some(value) = headers.get(NAME).filter(|_| allowed) else { return Ok(None) };
    let name = String::from_utf8_lossy(value.as_bytes());
    if let Some((_, fault)) = known.iter().find(|(known, _)| *known == name) {
        return Ok(Some(*fault));
    }
    let known: Vec<_> = known.iter().map(|(name, _)| *name).collect();
    let text = format!("no fault named {name}; there are: {}", known.join(", "));
    Err(Box::new(Answer::json(400, serde_json::json!({ "error": text }).to_string())))
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn a_fault_is_asked_for_by_name_where_that_is_allowed() {
        let known = [("store.read", 1), ("store.write", 2)];
        let mut headers = HeaderMap::new();
        assert_eq!(asked(&headers, true, &known), Ok(None));
        headers.insert(NAME, HeaderValue::from_static("store.write"));
        assert_eq!(asked(&headers, true, &known), Ok(Some(2)));
        assert_eq!(asked(&headers, false, &known), Ok(None));
        headers.insert(NAME, HeaderValue::from_static("store.burn"));
        let unknown = asked(&headers, true, &known).expect_err("no such fault");
        assert_eq!(unknown.status, 400);
        assert!(unknown.body.ends_with(b"there are: store.read, store.write\"}"), "{:?}", unknown.body);
    }
}
