//! Why a signature fails, stage by stage, for those who write clients. Judges nothing: [`TencentCi::authenticate`] does.

use std::str;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use hyper::{HeaderMap, header};
use sha1::{Digest as _, Sha1};

use super::authenticate::in_time;
use super::signature::{Signature, SignatureError};
use super::state::TencentCi;
use crate::front::{SignatureStage, Verification};

const SCHEME: &str = "tencent-ci";

/// How far a client's clock may be off before it is named.
const SKEW: u64 = 60;

impl TencentCi {
    /// What is found of the signature of a request, the first stage that differs. Uses nothing up.
    pub(super) fn explain(&self, headers: &HeaderMap) -> Verification {
        let verification = Verification::of(SCHEME);
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = values.next() else {
            return verification.failing(SignatureStage::Presence, "there is no Authorization header");
        };
        if values.next().is_some() {
            return verification
                .failing(SignatureStage::Presence, "there is more than one Authorization header");
        }
        let Ok(value) = value.to_str() else {
            return verification.failing(SignatureStage::Decoding, "the Authorization header is not ASCII");
        };
        let text = Signature::bare(value);
        if text.is_empty() {
            return verification.failing(SignatureStage::Presence, "the Authorization header is empty");
        }
        match Signature::parse(value) {
            Err(error @ (SignatureError::Base64 | SignatureError::Short)) => {
                verification.failing(SignatureStage::Decoding, error.to_string()).hinting(decoding_hint(text))
            }
            Err(error) => {
                let decoded = STANDARD.decode(text).unwrap_or_default();
                let rest = String::from_utf8_lossy(decoded.get(20..).unwrap_or_default()).into_owned();
                verification
                    .showing("plaintext", rest)
                    .failing(SignatureStage::Plaintext, error.to_string())
                    .hinting(plaintext_hint(&decoded))
            }
            Ok(signature) => self.verify_fields(verification, &signature),
        }
    }

    fn verify_fields(&self, verification: Verification, signature: &Signature) -> Verification {
        let verification = verification.showing("plaintext", signature.plaintext_text());
        let Some(account) = self.accounts.iter().find(|account| account.appid == signature.appid) else {
            let known: Vec<_> = self.accounts.iter().map(|account| account.appid.as_str()).collect();
            let why = format!("the appid a={} is unknown; there are: {}", signature.appid, known.join(", "));
            return verification.failing(SignatureStage::Key, why);
        };
        if account.secret_id != signature.secret_id {
            let why = format!(
                "the secret id k={} does not belong to the appid {}",
                signature.secret_id, account.appid
            );
            return verification.failing(SignatureStage::Key, why);
        }
        if !signature.is_made_with(&account.secret_key) {
            let others = self.accounts.iter().filter(|other| other.appid != account.appid);
            let hint =
                digest_hint(signature, &account.secret_key, others.map(|other| other.secret_key.as_str()));
            let why = "the digest is not HMAC-SHA1 of the plaintext as received, keyed with the secret key";
            return verification.failing(SignatureStage::Digest, why).hinting(hint);
        }
        let (now, longest) = ((self.clock)(), self.bounds.signature_seconds);
        let hint = time_hint(signature, now, longest);
        if in_time(signature, now, longest).is_ok() {
            return verification.hinting(hint);
        }
        let Signature { expires, made, .. } = *signature;
        let why = format!("now is {now}; made t={made}, expires e={expires}; e - t is at most {longest}");
        verification.failing(SignatureStage::Time, why).hinting(hint)
    }
}

/// How a text that is no Base64 may have come about.
fn decoding_hint(text: &str) -> Option<&'static str> {
    let looks = |decoded: &[u8]| decoded.windows(2).any(|pair| pair == b"a=");
    let decoded = |result: Result<Vec<u8>, base64::DecodeError>| result.is_ok_and(|decoded| looks(&decoded));
    if text.contains("a=") && text.contains('&') {
        Some("the plaintext is sent as it is; send Base64 of digest and plaintext together")
    } else if text.contains('%') {
        Some("the signature is percent-encoded; a header takes it as it is")
    } else if text.contains(char::is_whitespace) {
        Some("there is white space inside; write the Base64 in one line, and only QCloud may stand before it")
    } else if decoded(STANDARD_NO_PAD.decode(text))
        || decoded(URL_SAFE_NO_PAD.decode(text)) && !text.contains(['-', '_'])
    {
        Some("the padding `=` is missing")
    } else if decoded(URL_SAFE.decode(text)) || decoded(URL_SAFE_NO_PAD.decode(text)) {
        Some("it is Base64 for URLs; use the standard alphabet with `+` and `/`, and padding")
    } else if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Some("it is written in hex digits; write Base64")
    } else {
        None
    }
}

/// How something else than 20 bytes may have come to stand before the plaintext.
fn plaintext_hint(decoded: &[u8]) -> Option<&'static str> {
    let starts = |at: usize| {
        let rest = decoded.get(at..).and_then(|rest| str::from_utf8(rest).ok());
        rest.is_some_and(|rest| rest.len() > 3 && rest.as_bytes()[1] == b'=' && rest.contains('&'))
    };
    let hex = decoded.get(..40).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if hex && starts(40) {
        Some("the digest stands there as 40 hex digits; write its 20 bytes")
    } else if starts(32) {
        Some("32 bytes stand before the plaintext, as of SHA-256; the scheme is HMAC-SHA1, of 20 bytes")
    } else if starts(16) {
        Some("16 bytes stand before the plaintext, as of MD5; the scheme is HMAC-SHA1, of 20 bytes")
    } else if starts(0) {
        Some("the plaintext comes first; the 20 bytes of the digest stand before it")
    } else {
        None
    }
}

/// Which other way of making the digest gives the one that was sent.
fn digest_hint<'k>(
    signature: &Signature,
    key: &str,
    mut others: impl Iterator<Item = &'k str>,
) -> Option<&'static str> {
    let plaintext = signature.plaintext_text();
    let made = |key: &str, text: &[u8]| {
        Hmac::<Sha1>::new_from_slice(key.as_bytes()).is_ok_and(|mut mac| {
            mac.update(text);
            mac.verify_slice(&signature.digest).is_ok()
        })
    };
    let text = plaintext.as_bytes();
    let plain = |pieces: [&[u8]; 2]| Sha1::digest(pieces.concat())[..] == signature.digest[..];
    if made(&signature.secret_id, text) {
        Some("the key is the secret id; use the secret key")
    } else if others.any(|other| made(other, text)) {
        Some("the key is that of another account")
    } else if made(&format!("{key}\n"), text) || made(&format!("{key} "), text) {
        Some("the key ends in white space; trim it")
    } else if made(key, format!("{plaintext}\n").as_bytes()) {
        Some("the digest is over the plaintext and a line break; sign what is sent")
    } else if made(key, STANDARD.encode(text).as_bytes()) {
        Some("the digest is over the plaintext's Base64; sign the plaintext itself")
    } else if made(&plaintext, key.as_bytes()) {
        Some("key and text of the HMAC are swapped")
    } else if plain([key.as_bytes(), text]) || plain([text, key.as_bytes()]) || plain([text, b""]) {
        Some("it is a plain SHA-1; the scheme is HMAC-SHA1")
    } else {
        None
    }
}

fn time_hint(signature: &Signature, now: u64, longest: u64) -> Option<String> {
    let Signature { expires, made, .. } = *signature;
    if made > now.saturating_mul(100) || expires > now.saturating_mul(100) {
        Some("the times look like milliseconds; write seconds since 1970".to_owned())
    } else if signature.is_for_one_use() && signature.file.is_empty() {
        Some(
            "e=0 is for one use and needs the file f it is bound to; for more uses write e later than t"
                .to_owned(),
        )
    } else if expires != 0 && expires <= made {
        let lifetime = expires < 100 * 86_400;
        let hint = if lifetime {
            "e is a time since 1970, not a life: write t plus the life"
        } else {
            "e must lie after t"
        };
        Some(hint.to_owned())
    } else if expires != 0 && expires - made > longest {
        Some(format!("the life e - t is {}; at most {longest} seconds are allowed", expires - made))
    } else if now.abs_diff(made) > SKEW && expires != 0 && expires <= now {
        Some(format!("it expired {} seconds ago; sign anew, or set the clock", now - expires))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "the secret key";

    fn mac(key: &str, text: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    #[test]
    fn the_way_a_digest_was_made_is_found_again() {
        let text = "a=1&b=&k=the id&e=9&t=1&r=2&u=0&f=";
        let hint = |digest: Vec<u8>| {
            let signed = STANDARD.encode([&digest[..], text.as_bytes()].concat());
            digest_hint(&Signature::parse(&signed).expect("well formed"), KEY, ["another key"].into_iter())
        };
        assert_eq!(hint(mac(KEY, text)), None);
        assert_eq!(hint(mac("nobody's", text)), None);
        for (digest, part) in [
            (mac("the id", text), "secret id"),
            (mac("another key", text), "another account"),
            (mac("the secret key\n", text), "white space"),
            (mac(KEY, &format!("{text}\n")), "line break"),
            (mac(KEY, &STANDARD.encode(text)), "Base64"),
            (mac(text, KEY), "swapped"),
            (Sha1::digest(format!("{KEY}{text}")).to_vec(), "plain SHA-1"),
        ] {
            assert!(hint(digest).is_some_and(|hint| hint.contains(part)), "{part}");
        }
    }

    #[test]
    fn a_wrong_wrapping_is_recognised() {
        let text = b"a=1&b=&k=id&e=9&t=1";
        let before = |digest: &[u8]| plaintext_hint(&[digest, text].concat()).unwrap_or_default();
        assert!(before(&[7; 32]).contains("SHA-256") && before(&[7; 16]).contains("MD5"));
        assert!(before(&[b'a'; 40]).contains("hex") && before(b"").contains("comes first"));
        assert!(plaintext_hint(&[7; 40]).is_none());
        let bytes = [&[0xfb; 20][..], text].concat();
        assert!(decoding_hint(&URL_SAFE.encode(&bytes)).is_some_and(|hint| hint.contains("for URLs")));
        assert!(
            decoding_hint(STANDARD.encode([&bytes[..], b"x"].concat()).trim_end_matches('='))
                .is_some_and(|hint| hint.contains("padding"))
        );
        assert!(decoding_hint("a=1&b=2").is_some_and(|hint| hint.contains("as it is")));
        assert!(decoding_hint("AB%2B=").is_some_and(|hint| hint.contains("percent")));
        assert_eq!(decoding_hint("!"), None);
    }
}
