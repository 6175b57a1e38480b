//! The signature `bce-auth-v1` of cloud accounts, verified.
//!
//! `bce-auth-v1/<access key>/<time>/<life>/<signed headers>/<64 hex digits>`. The body is not signed.

use std::collections::BTreeSet;
use std::time::UNIX_EPOCH;

use hmac::{Hmac, KeyInit, Mac};
use hyper::{HeaderMap, header};
use sha2::Sha256;

use super::super::query;
use super::super::request::ApiRequest;

/// A signature as a request claims it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Signature<'a> {
    pub(in super::super) access_key: &'a str,
    time: &'a str,
    life: &'a str,
    headers: Vec<String>,
    digest: &'a str,
}

impl<'a> Signature<'a> {
    /// Takes the header's value apart.
    pub(in super::super) fn parse(authorization: &'a str) -> Option<Self> {
        let parts: Vec<&str> = authorization.split('/').collect();
        let ["bce-auth-v1", access_key, time, life, headers, digest] = parts[..] else { return None };
        let headers = headers.split(';').filter(|name| !name.is_empty()).map(str::to_lowercase).collect();
        Some(Self { access_key, time, life, headers, digest })
    }

    /// Whether the time of signing lies no further from now than the life that is claimed, and that is allowed.
    pub(in super::super) fn is_in_time(&self, now: u64, longest: u64) -> bool {
        let (Some(made), Ok(life)) = (seconds(self.time), self.life.parse::<u64>()) else { return false };
        life <= longest && now.abs_diff(made) <= life
    }

    /// Whether the digest was made with a secret key over this request. Clients sign their host with or without its
    /// port, whatever they send.
    pub(in super::super) fn is_made_with(&self, secret_key: &str, request: &ApiRequest) -> bool {
        let host =
            request.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
        let key = keyed(secret_key, &self.prefix());
        BTreeSet::from([host, bare]).into_iter().any(|host| {
            // The text of the key is the key, not the bytes it stands for.
            let digest = keyed(&key, &self.canonical(request, host));
            digest.eq_ignore_ascii_case(self.digest)
        })
    }

    /// What the signing key is made of.
    pub(super) fn prefix(&self) -> String {
        format!("bce-auth-v1/{}/{}/{}", self.access_key, self.time, self.life)
    }

    /// The time of signing, in seconds since 1970.
    pub(super) fn made(&self) -> Option<u64> {
        seconds(self.time)
    }

    /// The life that is claimed, in seconds.
    pub(super) fn life(&self) -> Option<u64> {
        self.life.parse().ok()
    }

    /// The likely mistake of a digest that is wrong: which other way of making it gives the one that was sent.
    pub(super) fn mistake(&self, secret_key: &str, request: &ApiRequest) -> Option<&'static str> {
        let host =
            request.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let canonical = self.canonical(request, host);
        let is = |digest: String| digest.eq_ignore_ascii_case(self.digest);
        let key = keyed(secret_key, &self.prefix());
        let with = |change: &dyn Fn(&mut ApiRequest)| {
            let mut other = request.clone();
            change(&mut other);
            is(keyed(&key, &self.canonical(&other, host)))
        };
        let all = Self { headers: Vec::new(), ..self.clone() };
        let lines: Vec<_> = canonical.splitn(4, '\n').collect();
        if is(keyed(secret_key, &canonical)) {
            Some("it is keyed with the secret key; make the signing key of it first")
        } else if is(keyed_by(&keyed_bytes(secret_key.as_bytes(), &self.prefix()), &canonical)) {
            Some("it is keyed with the bytes of the signing key; use its 64 hex digits as text")
        } else if is(keyed(&key, &format!("{canonical}\n"))) {
            Some("the canonical request ends in a line break; leave it out")
        } else if with(&|other| other.query.clear()) {
            Some("the query is not signed; it belongs into the third line, sorted")
        } else if with(&|other| other.method = hyper::Method::GET) {
            Some("the method that is signed is GET; sign the one that is sent")
        } else if is(keyed(&key, &all.canonical(request, host))) {
            Some("more headers are signed than are named; name them, in small letters, joined by `;`")
        } else if lines.len() == 4 && is(keyed(&key, &format!("{}\n{}\n{}", lines[0], lines[1], lines[3]))) {
            Some("the line of the query is missing; it stands there empty too")
        } else if is(keyed(&key, &canonical.replace(&encoded(host), host))) {
            Some("the values of headers are not percent-encoded; a `:` is %3A there")
        } else {
            None
        }
    }

    pub(super) fn canonical(&self, request: &ApiRequest, host: &str) -> String {
        let mut query: Vec<_> = query::pairs(request.query.as_bytes())
            .into_iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("authorization"))
            .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
            .collect();
        query.sort();
        let mut lines: Vec<_> = self
            .signed(&request.headers)
            .into_iter()
            .map(|(name, value)| {
                let value = if name == "host" { host } else { value };
                format!("{}:{}", encoded(&name), encoded(value.trim()))
            })
            .collect();
        lines.sort();
        format!("{}\n{}\n{}\n{}", request.method, request.path, query.join("&"), lines.join("\n"))
    }

    /// The headers that are signed: those named, or without names the customary ones. Empty ones never are.
    fn signed<'h>(&self, headers: &'h HeaderMap) -> Vec<(String, &'h str)> {
        let customary = ["host", "content-md5", "content-length", "content-type"];
        let is_signed = |name: &str| match self.headers.as_slice() {
            [] => customary.contains(&name) || name.starts_with("x-bce-"),
            named => named.iter().any(|known| known == name),
        };
        let named = headers.iter().map(|(name, value)| (name.as_str().to_owned(), value));
        let text = named.filter_map(|(name, value)| Some((name, value.to_str().ok()?)));
        text.filter(|(name, value)| is_signed(name) && !value.trim().is_empty()).collect()
    }
}

/// A keyed digest in hex digits.
fn keyed(key: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length is taken");
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// A keyed digest as bytes.
fn keyed_bytes(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length is taken");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// A keyed digest in hex digits, the key as bytes.
fn keyed_by(key: &[u8], text: &str) -> String {
    hex::encode(keyed_bytes(key, text))
}

/// Percent-encoded but for unreserved characters.
fn encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Seconds since 1970 of `2026-11-20T21:14:24Z`.
fn seconds(time: &str) -> Option<u64> {
    let time = humantime::parse_rfc3339(time).ok()?;
    time.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyper::Method;
    use hyper::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    /// A call as it was captured, its digest computed with Python's `hmac` by the documented steps.
    fn captured() -> ApiRequest {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("host", "127.0.0.1:8080"),
            ("content-type", "application/json"),
            ("x-bce-date", "2026-11-20T21:14:24Z"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        ApiRequest {
            method: Method::POST,
            path: "/rest/2.0/face/v3/detect".to_owned(),
            query: "aipVersion=4.15.13&aipSdk=python".to_owned(),
            headers,
            body: Some(Bytes::new()),
        }
    }

    const KEY: &str = "TestApiKeyEXAMPLE0000001";
    const SECRET: &str = "TestSecretKeyEXAMPLE000000000001";
    const DIGEST: &str = "e2dfbf9d8f67e87b0ef16895cf90a9c20e1f097dabde49e73c8a8fa405aaa233";

    fn authorization() -> String {
        format!("bce-auth-v1/{KEY}/2026-11-20T21:14:24Z/1800/content-type;host;x-bce-date/{DIGEST}")
    }

    #[test]
    fn a_signature_of_the_bare_host_verifies() {
        let authorization = authorization();
        let signature = Signature::parse(&authorization).expect("six parts");
        assert!(signature.is_made_with(SECRET, &captured()));
        assert!(!signature.is_made_with("another", &captured()));
        let mut other = captured();
        other.path.push('2');
        assert!(!signature.is_made_with(SECRET, &other));
        let mut other = captured();
        other.query.push_str("&x=1");
        assert!(!signature.is_made_with(SECRET, &other));
    }

    proptest! {
        #[test]
        fn any_other_text_verifies_nothing(text in "(bce-auth-v1/)?[a-zA-Z0-9/:;-]{0,80}", cut in 0_usize..64) {
            let shorter = &authorization()[..authorization().len() - 64 + cut];
            for text in [text.as_str(), shorter] {
                let verified = Signature::parse(text).is_some_and(|signature| {
                    signature.is_in_time(0, 86_400) || signature.is_made_with(SECRET, &captured())
                });
                prop_assert!(!verified, "{}", text);
            }
        }
    }

    #[test]
    fn the_vectors_of_the_corpus_verify() {
        let dialect = lianpu_corpus::bundled("baidu-face").expect("the dialect reads");
        assert!(!dialect.vectors.is_empty());
        for vector in &dialect.vectors {
            let input = |name: &str| vector.input(name).expect("an input");
            let (path, query) = input("target").split_once('?').unwrap_or((input("target"), ""));
            let signature = Signature::parse(&vector.sign).expect("six parts");
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_str(input("host")).expect("a host"));
            headers.insert("x-bce-date", HeaderValue::from_static("2026-11-20T21:14:24Z"));
            let request = ApiRequest {
                method: Method::POST,
                path: path.to_owned(),
                query: query.to_owned(),
                headers,
                body: Some(Bytes::new()),
            };
            assert!(signature.is_made_with(&vector.secret_key, &request), "{}", vector.id);
            assert!(!signature.is_made_with("another", &request), "{}", vector.id);
        }
    }

    #[test]
    fn a_signature_serves_as_long_as_it_claims() {
        let authorization = authorization();
        let signature = Signature::parse(&authorization).expect("six parts");
        let made = 1_795_209_264;
        assert_eq!(seconds("2026-11-20T21:14:24Z"), Some(made));
        assert!(signature.is_in_time(made + 1800, 86_400) && !signature.is_in_time(made + 1801, 86_400));
        assert!(!signature.is_in_time(made, 1799), "longer than allowed");
    }

    #[test]
    fn times_are_read_or_refused() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2000-02-29T12:00:00Z"), Some(951_825_600));
        for bad in ["", "2026-11-20", "2026-11-20T21:14Z", "2026-13-20T21:14:24Z"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
