//! The signature scheme: `Base64(HMAC-SHA1(key, plaintext) ‖ plaintext)`.
//!
//! The plaintext is `a=…&b=…&k=…`, its fields in any order and number, as the vendor's own clients differ in both. The
//! digest is over the bytes as received, never over a rewritten text. Pure: knows no accounts and no clock.

use std::str;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

const DIGEST: usize = 20;

/// A signature taken apart; nothing of it is trusted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) digest: [u8; DIGEST],
    plaintext: Vec<u8>,
    /// `a`: the appid.
    pub(super) appid: String,
    /// `b`: the bucket; empty where the form has none.
    pub(super) bucket: String,
    /// `k`: the public half of the key.
    pub(super) secret_id: String,
    /// `e`: when it expires, in seconds since 1970; 0 for one use.
    pub(super) expires: u64,
    /// `t`: when it was made, in seconds since 1970.
    pub(super) made: u64,
    /// `f`: the file it is bound to; empty for none.
    pub(super) file: String,
}

/// Why a text is no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum SignatureError {
    #[error("not standard Base64 with padding")]
    Base64,
    #[error("not more than the {DIGEST} bytes of a digest")]
    Short,
    #[error("the plaintext is not UTF-8")]
    Text,
    #[error("the field {0} is absent, empty or there twice")]
    Field(char),
    #[error("the field {0} is not a decimal number")]
    Number(char),
}

impl Signature {
    /// Takes the value of an `Authorization` header apart; the scheme word `QCloud` may stand before it.
    pub(super) fn parse(authorization: &str) -> Result<Self, SignatureError> {
        let decoded = STANDARD.decode(Self::bare(authorization)).map_err(|_| SignatureError::Base64)?;
        let (digest, plaintext) = decoded.split_first_chunk::<DIGEST>().ok_or(SignatureError::Short)?;
        if plaintext.is_empty() {
            return Err(SignatureError::Short);
        }
        let fields = str::from_utf8(plaintext).map_err(|_| SignatureError::Text)?;
        Ok(Self {
            digest: *digest,
            appid: required(fields, 'a')?.to_owned(),
            bucket: optional(fields, 'b')?.to_owned(),
            secret_id: required(fields, 'k')?.to_owned(),
            expires: number(fields, 'e')?,
            made: number(fields, 't')?,
            file: optional(fields, 'f')?.to_owned(),
            plaintext: plaintext.to_vec(),
        })
    }

    /// The header's value without the scheme word.
    pub(super) fn bare(authorization: &str) -> &str {
        let text = authorization.trim();
        match text.split_once(' ') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("QCloud") => rest.trim_start(),
            _ => text,
        }
    }

    /// What is signed, as it came.
    pub(super) fn plaintext_text(&self) -> String {
        String::from_utf8_lossy(&self.plaintext).into_owned()
    }

    /// Whether the digest was made with this key; compares in constant time.
    pub(super) fn is_made_with(&self, secret_key: &str) -> bool {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret_key.as_bytes()) else { return false };
        mac.update(&self.plaintext);
        mac.verify_slice(&self.digest).is_ok()
    }

    /// The bytes that its canonical form encodes.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(super) fn bytes(&self) -> Vec<u8> {
        [&self.digest[..], &self.plaintext].concat()
    }

    /// Whether it serves for one request only.
    pub(super) fn is_for_one_use(&self) -> bool {
        self.expires == 0
    }
}

fn optional(fields: &str, name: char) -> Result<&str, SignatureError> {
    let mut values = fields.split('&').filter_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    let value = values.next().unwrap_or_default();
    if values.next().is_some() { Err(SignatureError::Field(name)) } else { Ok(value) }
}

fn required(fields: &str, name: char) -> Result<&str, SignatureError> {
    optional(fields, name)
        .and_then(|value| if value.is_empty() { Err(SignatureError::Field(name)) } else { Ok(value) })
}

fn number(fields: &str, name: char) -> Result<u64, SignatureError> {
    let digits = required(fields, name)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SignatureError::Number(name));
    }
    digits.parse().map_err(|_| SignatureError::Number(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::super::fuzzing::fuzz_authorization;
    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        vector: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        id: String,
        secret_key: String,
        inputs: Vec<(String, String)>,
        plaintext: String,
        sign: String,
    }

    fn vectors() -> Vec<Vector> {
        let text = include_str!("../../../corpus/dialects/tencent-ci/vectors.toml");
        toml::from_str::<Vectors>(text).expect("the vectors").vector
    }

    fn signed(plaintext: &str) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(b"key").expect("any length");
        mac.update(plaintext.as_bytes());
        STANDARD.encode([&mac.finalize().into_bytes()[..], plaintext.as_bytes()].concat())
    }

    #[test]
    fn the_golden_vectors_verify() {
        let vectors = vectors();
        assert_eq!(vectors.len(), 5);
        for vector in vectors {
            let id = &vector.id;
            let signature = Signature::parse(&vector.sign).expect(id);
            let field = |name: &str| {
                vector.inputs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
            };
            assert_eq!(signature.plaintext, vector.plaintext.as_bytes(), "{id}");
            assert_eq!(signature.appid, field("a"), "{id}");
            assert_eq!(signature.bucket, field("b"), "{id}");
            assert_eq!(signature.secret_id, field("k"), "{id}");
            assert_eq!(signature.expires.to_string(), field("e"), "{id}");
            assert_eq!(signature.made.to_string(), field("t"), "{id}");
            assert_eq!(signature.file, field("f"), "{id}");
            assert!(signature.is_made_with(&vector.secret_key), "{id}");
            assert!(!signature.is_made_with("another key"), "{id}");
            assert_eq!(Signature::parse(&format!("QCloud {}", vector.sign)).as_ref(), Ok(&signature), "{id}");
        }
    }

    #[test]
    fn fields_may_stand_in_any_order_and_lack_what_is_optional() {
        for plaintext in
            ["a=1&b=&k=id&e=9&t=1&r=2&u=0&f=", "k=id&a=1&t=1&e=9", "a=1&k=id&t=1&r=2&u=0&b=&e=9&x=y"]
        {
            let signature = Signature::parse(&signed(plaintext)).expect(plaintext);
            assert!(signature.is_made_with("key"), "{plaintext}");
            assert_eq!(
                (signature.appid.as_str(), signature.expires, signature.made),
                ("1", 9, 1),
                "{plaintext}"
            );
        }
    }

    #[test]
    fn what_is_no_signature_is_said_to_be_none() {
        let error = |text: &str| Signature::parse(text).expect_err(text);
        assert_eq!(error("abc"), SignatureError::Base64);
        assert_eq!(error(&signed("a=1&k=i&e=9&t=1").replace('=', "")), SignatureError::Base64);
        assert_eq!(error(&STANDARD.encode([0; 10])), SignatureError::Short);
        assert_eq!(error(&STANDARD.encode([0; 20])), SignatureError::Short);
        assert_eq!(error(&STANDARD.encode([255; 30])), SignatureError::Text);
        assert_eq!(error(&signed("k=i&e=9&t=1")), SignatureError::Field('a'));
        assert_eq!(error(&signed("a=1&k=i&e=9&t=1&a=2")), SignatureError::Field('a'));
        assert_eq!(error(&signed("a=1&k=i&e=+9&t=1")), SignatureError::Number('e'));
        assert_eq!(error(&signed("a=1&k=i&e=9&t=99999999999999999999999")), SignatureError::Number('t'));
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_refused(data in prop::collection::vec(any::<u8>(), 0..200)) {
            fuzz_authorization(&data);
            fuzz_authorization(STANDARD.encode(&data).as_bytes());
        }

        #[test]
        fn any_plaintext_is_read_or_refused(plaintext in "(&|=|a|b|k|e|t|f|[0-9]){0,40}") {
            fuzz_authorization(signed(&plaintext).as_bytes());
        }
    }
}
