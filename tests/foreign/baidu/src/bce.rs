//! The other way to prove who calls: a bce-auth-v1 signature, or the API Key as a bearer.

use hmac::{Hmac, KeyInit, Mac};
use hyper::HeaderMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

use crate::{
    accounts::{Account, digits, now},
    codes::{Refusal, refuse},
    defects::Defects,
};

/// What is not written as `%XX`.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// How far a clock may be ahead, in seconds.
const AHEAD: u64 = 300;

/// The parts of a request that are signed.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// GET or POST.
    pub method: &'a str,
    /// Path without query.
    pub path: &'a str,
    /// Query as it came.
    pub query: &'a str,
    /// All headers.
    pub headers: &'a HeaderMap,
}

/// Finds the account by an `Authorization` header.
pub fn account(
    signed: &Signed<'_>,
    header: &str,
    accounts: &[Account],
    defects: &Defects,
) -> Result<usize, Refusal> {
    if let Some(key) = header.strip_prefix("Bearer ") {
        let known = accounts.iter().position(|account| account.api_key == key.trim());
        return known.ok_or(Refusal(23));
    }
    let parts: Vec<&str> = header.split('/').collect();
    let ["bce-auth-v1", key, date, life, names, signature] = parts[..] else { return refuse(14) };
    let index = accounts.iter().position(|account| account.api_key == key).ok_or(Refusal(14))?;
    let started = date.parse::<jiff::Timestamp>().map_err(|_| Refusal(14))?.as_second() as u64;
    let life: u64 = life.parse().map_err(|_| Refusal(14))?;
    let expired = now() > started.saturating_add(life) || started > now() + AHEAD;
    if expired && !defects.on("signature-never-expires") {
        return refuse(14);
    }
    let prefix = parts[..4].join("/");
    let expected = hosts(signed.headers).into_iter().map(|host| {
        let request = canonical(signed, names, &host);
        sign(&accounts[index].secret_key, &prefix, &request)
    });
    let length = if defects.on("signature-by-first-bytes") { 8 } else { 64 };
    let same = |expected: &String| {
        signature.len() == 64 && signature.get(..length).is_some_and(|given| given == &expected[..length])
    };
    if expected.into_iter().any(|expected| same(&expected)) { Ok(index) } else { refuse(14) }
}

/// The host as it came, and without its port: clients sign either.
fn hosts(headers: &HeaderMap) -> Vec<String> {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let bare = host.rsplit_once(':').map(|(name, _)| name.to_owned());
    std::iter::once(host).chain(bare).collect()
}

/// The text that is signed.
fn canonical(signed: &Signed<'_>, names: &str, host: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let path = percent_decode_str(signed.path)
        .decode_utf8_lossy()
        .split('/')
        .map(encode)
        .collect::<Vec<_>>()
        .join("/");
    let mut query: Vec<String> = form_urlencoded::parse(signed.query.as_bytes())
        .filter(|(name, _)| !name.eq_ignore_ascii_case("authorization"))
        .map(|(name, value)| format!("{}={}", encode(&name), encode(&value)))
        .collect();
    query.sort();
    let chosen: Vec<String> =
        names.split(';').filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect();
    let wanted = |name: &str| match chosen.is_empty() {
        true => {
            matches!(name, "host" | "content-md5" | "content-length" | "content-type")
                || name.starts_with("x-bce-")
        }
        false => chosen.iter().any(|chosen| chosen == name),
    };
    let mut lines: Vec<String> = signed
        .headers
        .iter()
        .filter(|(name, _)| wanted(name.as_str()))
        .map(|(name, value)| {
            let value = if name == "host" { host } else { value.to_str().unwrap_or_default().trim() };
            format!("{}:{}", encode(name.as_str()), encode(value))
        })
        .collect();
    lines.sort();
    format!("{}\n{path}\n{}\n{}", signed.method, query.join("&"), lines.join("\n"))
}

/// The signature, in hexadecimal digits.
fn sign(secret_key: &str, prefix: &str, request: &str) -> String {
    hmac(hmac(secret_key, prefix).as_str(), request)
}

fn hmac(key: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length of key");
    mac.update(text.as_bytes());
    digits(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn the_canonical_request_is_the_recorded_one() {
        let headers = headers(&[
            ("content-type", "application/json"),
            ("host", "127.0.0.1"),
            ("x-bce-date", "2026-11-20T21:14:24Z"),
            ("accept", "*/*"),
        ]);
        let path = "/rest/2.0/face/v3/detect";
        let signed =
            Signed { method: "POST", path, query: "aipSdk=python&aipVersion=4.15.13", headers: &headers };
        let request = canonical(&signed, "content-type;host;x-bce-date", "127.0.0.1");
        let expected = "POST\n/rest/2.0/face/v3/detect\naipSdk=python&aipVersion=4.15.13\n\
                        content-type:application%2Fjson\nhost:127.0.0.1\nx-bce-date:2026-11-20T21%3A14%3A24Z";
        assert_eq!(request, expected);
    }

    #[test]
    fn the_digest_is_that_of_another_implementation() {
        // Python: k = hmac.new(b"sk", b"bce-auth-v1/ak/2026-11-20T21:14:24Z/1800", "sha256").hexdigest(), then with k.
        let signature = sign("sk", "bce-auth-v1/ak/2026-11-20T21:14:24Z/1800", "POST\n/\n\nhost:127.0.0.1");
        assert_eq!(signature, "46970b43e1cac258531f2865071d2aea76542d3c03dec33e4639cb1c5e913215");
    }
}
