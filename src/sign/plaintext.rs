//! The signature that carries the text it was made of (万象优图): base64( HMAC-SHA1(secret key, text) ‖ text ), with
//! text = `a=…&b=…&k=…&e=…&t=…&r=…&u=…&f=…`.
//!
//! Source: the vendor's signature documents in their three revisions; the fields are order-free, the digest covers the
//! text as sent.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::circumstances::{Circumstances, Lacking};
use super::damage::Damage;
use super::key::KeyChoice;
use super::scheme::{Exposure, Scheme, Signature};
use crate::wire::Request;

/// The scheme's name: that of the API which has it.
pub const NAME: &str = "tencent-ci";

/// Seconds a signature of ours is valid for.
pub const LIFE: i64 = 600;

/// The fields of the full form, in the order of the vendor's template.
const FORM: [&str; 8] = ["a", "b", "k", "e", "t", "r", "u", "f"];

/// The scheme.
#[derive(Debug)]
pub struct Plaintext;

impl Scheme for Plaintext {
    fn name(&self) -> &'static str {
        NAME
    }

    fn sign(
        &self,
        request: &mut Request,
        signature: &Signature,
        with: Circumstances<'_>,
    ) -> Result<Option<String>, Lacking> {
        let (text, value) = signed(signature, with)?;
        request.set_header("Authorization", Some(&value));
        Ok(Some(text))
    }

    fn exposure(&self) -> Exposure {
        // In the query it stands for downloads.
        Exposure { secret_headers: &["authorization"], secret_query: &["sign"], ..Exposure::default() }
    }

    fn fields(&self) -> &'static [&'static str] {
        &FORM
    }

    fn sends_chosen_fields(&self) -> bool {
        true
    }

    fn keys(&self) -> &'static [KeyChoice] {
        &[KeyChoice::OtherAccount, KeyChoice::Disabled, KeyChoice::Wrong]
    }

    fn damages(&self) -> &'static [Damage] {
        &[
            Damage::FLIPPED_DIGEST_BIT,
            Damage::SHORT_DIGEST,
            Damage::URL_SAFE_ALPHABET,
            Damage::CHANGED_AFTER_SIGNING,
        ]
    }
}

/// The value of the `Authorization` header.
pub fn authorize(signature: &Signature, with: Circumstances<'_>) -> Result<String, Lacking> {
    signed(signature, with).map(|(_, value)| value)
}

/// The text whose digest is taken, with what a damage puts into it before, and the value of the `Authorization` header.
fn signed(signature: &Signature, with: Circumstances<'_>) -> Result<(String, String), Lacking> {
    let (secret_id, secret_key) = with.key(signature.key)?;
    let text = forced(plaintext(signature, with, secret_id), signature.damage);
    let value = encode(&text, secret_key, signature.damage);
    Ok((text, value))
}

/// The text that is signed.
pub fn plaintext(signature: &Signature, with: Circumstances<'_>, secret_id: &str) -> String {
    let right = fields(with, secret_id);
    let form: Vec<&str> = match &signature.form {
        Some(form) => form.iter().map(String::as_str).collect(),
        None => FORM.to_vec(),
    };
    let mut text = String::new();
    for (place, name) in form.into_iter().enumerate() {
        if place > 0 {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        if let Some(rule) = signature.rule(name) {
            text.push_str(&rule.value.at(with.now));
        } else if let Some((_, value)) = right.iter().find(|(known, _)| known == name) {
            text.push_str(value);
        }
    }
    text
}

/// The fields of the full form with their right values, in the order of the vendor's template.
pub fn fields(with: Circumstances<'_>, secret_id: &str) -> Vec<(String, String)> {
    let value = |name| match name {
        "a" => with.account.part("appid").to_owned(),
        "b" => with.account.part("bucket").to_owned(),
        "k" => secret_id.to_owned(),
        "e" => (with.now + LIFE).to_string(),
        "t" => with.now.to_string(),
        "r" => with.nonce.to_string(),
        "u" => "0".to_owned(),
        _ => String::new(),
    };
    FORM.iter().map(|name| ((*name).to_owned(), value(name))).collect()
}

/// The digest of a text: 20 bytes.
pub fn digest(text: &[u8], secret_key: &str) -> Vec<u8> {
    let mut hmac =
        Hmac::<Sha1>::new_from_slice(secret_key.as_bytes()).expect("HMAC takes a key of any length");
    hmac.update(text);
    hmac.finalize().into_bytes().to_vec()
}

/// Two of the three bytes before "?>" in the text decide whether + or / appear; a comment field forces them.
fn forced(text: String, damage: Option<Damage>) -> String {
    if damage == Some(Damage::URL_SAFE_ALPHABET) { format!("{text}&c=??>>??>>??>>") } else { text }
}

/// Signs a text and puts it into its envelope.
fn encode(text: &str, secret_key: &str, damage: Option<Damage>) -> String {
    let mut digest = digest(text.as_bytes(), secret_key);
    match damage {
        Some(Damage::FLIPPED_DIGEST_BIT) => digest[0] ^= 1,
        Some(Damage::SHORT_DIGEST) => digest.truncate(19),
        _ => {}
    }
    let mut bytes = digest;
    bytes.extend_from_slice(text.as_bytes());
    match damage {
        Some(Damage::URL_SAFE_ALPHABET) => URL_SAFE.encode(bytes),
        Some(Damage::CHANGED_AFTER_SIGNING) => STANDARD.encode([bytes.as_slice(), b"&c=later"].concat()),
        _ => STANDARD.encode(bytes),
    }
}
