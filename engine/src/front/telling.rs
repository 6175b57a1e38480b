//! By which names an answer tells what became of a request.

use hyper::HeaderMap;
use serde_json::Value;

/// The names of code and message in a front's answers, members of their JSON or headers. Where there are several envelopes
/// the most usual one comes first; the code and the message of one envelope stand at the same place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Telling {
    /// Where the code stands.
    pub codes: &'static [&'static str],
    /// Where the message stands.
    pub messages: &'static [&'static str],
}

impl Telling {
    /// All that an answer tells, by name: of the members of its JSON, and of its headers where the JSON has no such member.
    pub fn read(&self, headers: &HeaderMap, body: &[u8]) -> Vec<(&'static str, Value)> {
        let names = || self.codes.iter().chain(self.messages).copied();
        let parsed = serde_json::from_slice(body).unwrap_or(Value::Null);
        let told = |name| parsed.get(name).cloned().or_else(|| header(headers, name));
        names().filter_map(|name| Some((name, told(name)?))).collect()
    }

    /// The code that an answer tells.
    pub fn code<'a>(&self, told: &'a [(&'static str, Value)]) -> Option<&'a Value> {
        self.codes.iter().find_map(|name| told.iter().find(|(known, _)| known == name)).map(|(_, code)| code)
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<Value> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;
    use serde_json::json;

    use super::*;

    const TELLING: Telling = Telling { codes: &["code", "x-errno"], messages: &["message", "x-errmsg"] };

    #[test]
    fn a_code_is_read_from_the_body_or_from_a_header() {
        let mut headers = HeaderMap::new();
        let told = TELLING.read(&headers, br#"{"message":"no","code":4,"data":{}}"#);
        assert_eq!(told, [("code", json!(4)), ("message", json!("no"))]);
        assert_eq!(TELLING.code(&told), Some(&json!(4)));
        headers.insert("x-errno", HeaderValue::from_static("7"));
        let told = TELLING.read(&headers, b"plain");
        assert_eq!(TELLING.code(&told), Some(&json!("7")));
        assert_eq!(TELLING.code(&TELLING.read(&HeaderMap::new(), b"[]")), None);
    }
}
