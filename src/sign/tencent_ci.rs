//! 万象优图: base64( HMAC-SHA1(secret key, text) ‖ text ), text = `a=…&b=…&k=…&e=…&t=…&r=…&u=…&f=…`.
//!
//! Source: the vendor's signature documents in their three revisions; the fields are order-free, the digest covers the
//! text as sent.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::{Circumstances, Damage, Lacking, Signature, key};

/// Seconds a signature of ours is valid for.
pub const LIFE: i64 = 600;

/// The fields of the full form, in the order of the vendor's template.
const FORM: [&str; 8] = ["a", "b", "k", "e", "t", "r", "u", "f"];

/// The value of the `Authorization` header.
pub fn authorize(signature: &Signature, with: Circumstances<'_>) -> Result<String, Lacking> {
    let (secret_id, secret_key) = key(signature.key, with)?;
    let text = plaintext(signature, with, secret_id);
    Ok(encode(&text, secret_key, signature.damage))
}

/// The text whose digest is taken, with what a damage puts into it before.
pub fn text(signature: &Signature, with: Circumstances<'_>) -> Result<String, Lacking> {
    let (secret_id, _) = key(signature.key, with)?;
    Ok(forced(plaintext(signature, with, secret_id), signature.damage))
}

/// The text that is signed.
pub fn plaintext(signature: &Signature, with: Circumstances<'_>, secret_id: &str) -> String {
    let right = fields(with, secret_id);
    let value = |name: &str| -> String {
        if let Some(rule) = signature.says.iter().rev().find(|rule| rule.name == name) {
            return rule.value.at(with.now);
        }
        right.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let form: Vec<&str> = match &signature.form {
        Some(form) => form.iter().map(String::as_str).collect(),
        None => FORM.to_vec(),
    };
    form.iter().map(|name| format!("{name}={}", value(name))).collect::<Vec<_>>().join("&")
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
    if damage == Some(Damage::UrlSafeAlphabet) { format!("{text}&c=??>>??>>??>>") } else { text }
}

/// Signs a text and puts it into its envelope.
pub fn encode(text: &str, secret_key: &str, damage: Option<Damage>) -> String {
    let text = forced(text.to_owned(), damage);
    let mut digest = digest(text.as_bytes(), secret_key);
    match damage {
        Some(Damage::FlippedDigestBit) => digest[0] ^= 1,
        Some(Damage::ShortDigest) => digest.truncate(19),
        Some(Damage::UrlSafeAlphabet | Damage::ChangedAfterSigning) | None => {}
    }
    let mut bytes = digest;
    bytes.extend_from_slice(text.as_bytes());
    match damage {
        Some(Damage::UrlSafeAlphabet) => URL_SAFE.encode(bytes),
        Some(Damage::ChangedAfterSigning) => STANDARD.encode([bytes.as_slice(), b"&c=later"].concat()),
        _ => STANDARD.encode(bytes),
    }
}
