//! bce-auth-v1: HMAC-SHA256 over method, path, query and headers, under a key derived from the secret key and the time.
//!
//! Source: the vendor's SDKs, which use it where a key pair cannot be exchanged for a token. Headers signed: `host` and
//! `x-bce-date`.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use super::circumstances::{Circumstances, Lacking};
use super::damage::Damage;
use super::key::KeyChoice;
use super::scheme::{Exposure, Scheme, Signature};
use crate::wire::Request;

/// The scheme's name.
pub const NAME: &str = "bce-auth-v1";

/// Seconds a signature of ours is valid for, as the vendor's SDKs have it.
pub const LIFE: i64 = 1800;

/// The scheme.
#[derive(Debug)]
pub struct BceAuth;

impl Scheme for BceAuth {
    fn name(&self) -> &'static str {
        NAME
    }

    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking> {
        authorize(request, signature, with).map(Some)
    }

    fn exposure(&self) -> Exposure {
        Exposure { secret_headers: &["authorization"], plain_headers: &["x-bce-date"], ..Exposure::default() }
    }

    fn fields(&self) -> &'static [&'static str] {
        &["t", "e"]
    }

    fn keys(&self) -> &'static [KeyChoice] {
        &[KeyChoice::OtherAccount, KeyChoice::Disabled, KeyChoice::Wrong]
    }

    fn damages(&self) -> &'static [Damage] {
        &[Damage::FLIPPED_DIGEST_BIT, Damage::SHORT_DIGEST, Damage::CHANGED_AFTER_SIGNING]
    }
}

/// Puts `x-bce-date` and `Authorization`; gives the text that was signed. The rule `t` sets the time of signing, `e` the
/// seconds of validity.
pub fn authorize(
    request: &mut Request,
    signature: &Signature,
    with: Circumstances<'_>,
) -> Result<String, Lacking> {
    let (id, secret) = with.key(signature.key)?;
    let life = signature.rule("e").map_or_else(|| LIFE.to_string(), |rule| rule.value.at(with.now));
    let date = timestamp(signed_at(signature, with));
    request.set_header("x-bce-date", Some(&date));
    let prefix = format!("{NAME}/{id}/{date}/{life}");
    let text = canonical(request, with.host, &date);
    let mut digest = hex_hmac(hex_hmac(secret.as_bytes(), &prefix).as_bytes(), &text);
    match signature.damage {
        Some(Damage::FLIPPED_DIGEST_BIT) => {
            let last = if digest.ends_with('0') { '1' } else { '0' };
            digest.pop();
            digest.push(last);
        }
        Some(Damage::SHORT_DIGEST) => digest.truncate(62),
        Some(Damage::CHANGED_AFTER_SIGNING) => request.set_query("later", Some("1")),
        _ => {}
    }
    request.set_header("Authorization", Some(&format!("{prefix}/host;x-bce-date/{digest}")));
    Ok(text)
}

/// When the signature says that it was made.
pub fn signed_at(signature: &Signature, with: Circumstances<'_>) -> i64 {
    signature.rule("t").and_then(|rule| rule.value.at(with.now).parse().ok()).unwrap_or(with.now)
}

/// The text that is signed: method, path, sorted query and sorted headers, a line each.
pub fn canonical(request: &Request, host: &str, date: &str) -> String {
    canonical_of(request, &[("host", host), ("x-bce-date", date)])
}

/// The text that is signed with these headers, names in lower case.
pub fn canonical_of(request: &Request, headers: &[(&str, &str)]) -> String {
    let path = request.target.split('?').next().unwrap_or_default();
    let mut query: Vec<_> =
        request.query().iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    query.sort_unstable();
    let mut lines: Vec<_> =
        headers.iter().map(|(name, value)| format!("{}:{}", escaped(name), escaped(value.trim()))).collect();
    lines.sort_unstable();
    format!(
        "{}\n{}\n{}\n{}",
        request.method,
        escaped(path).replace("%2F", "/"),
        query.join("&"),
        lines.join("\n")
    )
}

/// A time of signing, such as `2026-11-20T21:14:24Z`.
pub fn timestamp(seconds: i64) -> String {
    Timestamp::from_second(seconds.max(0)).unwrap_or(Timestamp::MAX).strftime("%FT%TZ").to_string()
}

/// Everything but letters, digits and `-._~` as `%XX`.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let escape = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect::<Vec<_>>().concat()
}

/// A keyed digest in 64 hex digits.
pub fn hex_hmac(key: &[u8], text: &str) -> String {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    hmac.update(text.as_bytes());
    hex::encode(hmac.finalize().into_bytes())
}
