//! Mutations between the text and the header: what is signed, the digest, the Base64 around both.

use arbitrary::Arbitrary;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use lianpu_corpus::Certainty::{Documented, Inferred};
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::super::effect::Effect;
use super::SignatureMutation as Is;
use super::plaintext::Seal;
use crate::sign::plaintext;

/// What is changed after signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterSigning {
    /// It expires an hour later.
    Expiry,
    /// The random number.
    Random,
    /// A field is added.
    Added,
    /// The last field is left out.
    Dropped,
    /// The fields stand in the opposite order.
    Order,
}

/// What is signed in place of the text that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedInstead {
    /// The text with a line feed after it.
    LineFeed,
    /// The text, percent-encoded.
    PercentEncoded,
    /// The fields sorted by name.
    Sorted,
    /// The text without its last field.
    WithoutLast,
    /// Method and path before the text.
    WithPath,
    /// The text in upper case.
    UpperCase,
    /// Nothing.
    Nothing,
}

/// What the envelope is made of.
pub(super) struct Sealed {
    /// The text that was signed.
    pub(super) signed: Vec<u8>,
    /// What travels.
    pub(super) envelope: String,
}

const CORRUPT: &[&str] = &["signature-malformed", "signature-wrong"];
const CORRUPT_RULE: &str = "the documents do not divide a corrupt signature from a wrong one";
const WRONG_RULE: &str =
    "a signature of the right form whose digest is not that of the text is wrong, and nothing else";

/// Signs the text and puts it into its envelope, rightly or as the mutation wants it.
pub(super) fn seal(mutation: Option<&Is>, seal: &Seal<'_>) -> (Sealed, Option<Effect>) {
    let right = seal.text();
    let digest_of = |text: &[u8]| plaintext::digest(text, seal.secret_key);
    // What is signed, the digest, what is sent.
    let (signed, sent): (Vec<u8>, Vec<u8>) = match mutation {
        Some(Is::ChangedAfterSigning { what }) => (right.clone().into(), what.of(seal).into()),
        Some(Is::SignedOtherwise { text }) => (text.of(seal).into(), right.clone().into()),
        Some(Is::TextPercentEncoded {}) => twice(percent_encoded(&right)),
        Some(Is::ForeignByte { byte }) => twice([right.as_bytes(), b"&c=", &[byte.byte()]].concat()),
        Some(Is::EnvelopeUrlSafe {}) => twice(format!("{right}&c=??>>??>>??>>")), // so that both letters show
        Some(Is::EnvelopeUnpadded {}) => twice(with_padding(&right)),
        _ => twice(right.clone()),
    };
    let digest = digest_of(&signed);
    let (bytes, effect) = match mutation {
        Some(mutation) => bytes(mutation, &signed, &digest, &sent),
        None => ([&digest, &sent[..]].concat(), None),
    };
    let (envelope, encoding) = match mutation {
        Some(mutation) => encode(mutation, &bytes),
        None => (STANDARD.encode(bytes), None),
    };
    (Sealed { signed, envelope }, effect.or(encoding))
}

/// Digest and text, put together as the mutation wants it.
fn bytes(mutation: &Is, signed: &[u8], digest: &[u8], sent: &[u8]) -> (Vec<u8>, Option<Effect>) {
    let corrupt = || Some(Effect::refused(CORRUPT, CORRUPT_RULE, Documented));
    let wrong = || Some(Effect::refused(&["signature-wrong"], WRONG_RULE, Documented));
    let mut changed = digest.to_vec();
    let effect = match mutation {
        Is::ChangedAfterSigning { .. } | Is::SignedOtherwise { .. } => wrong(),
        Is::DigestFlipped { bit } => {
            changed[bit.size() / 8] ^= 1 << (bit.size() % 8);
            wrong()
        }
        Is::DigestWithoutKey {} => {
            changed = Sha1::digest(signed).to_vec();
            wrong()
        }
        Is::DigestTruncated { bytes } => {
            changed.truncate(digest.len() - bytes.size());
            corrupt()
        }
        Is::DigestExtended { bytes } => {
            changed.extend((0..bytes.size()).map(|at| digest[at % digest.len()] | 0x80)); // no byte of a field
            corrupt()
        }
        Is::DigestInHex {} => {
            changed = digest.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
            corrupt()
        }
        Is::DigestOfSha256 {} => {
            let mut hmac = Hmac::<Sha256>::new_from_slice(digest).expect("HMAC takes a key of any length");
            hmac.update(signed);
            changed = hmac.finalize().into_bytes().to_vec();
            corrupt()
        }
        Is::DigestAfterText {} => return ([sent, digest].concat(), corrupt()),
        Is::TextPercentEncoded {} => corrupt(),
        Is::ForeignByte { .. } => {
            let rule = "fields that are unknown are passed over; whether a text may hold such a byte, no document says";
            Some(Effect::refused_or_taken(CORRUPT, rule, Inferred))
        }
        _ => None,
    };
    ([&changed, sent].concat(), effect)
}

/// The Base64 text.
fn encode(mutation: &Is, bytes: &[u8]) -> (String, Option<Effect>) {
    let right = STANDARD.encode(bytes);
    let corrupt = || Some(Effect::refused(CORRUPT, CORRUPT_RULE, Documented));
    match mutation {
        Is::EnvelopeCut { permille } => {
            let kept = (right.len() * permille.size() / 1000).clamp(1, right.len() - 4);
            (right[..kept].to_owned(), corrupt())
        }
        Is::EnvelopeUrlSafe {} => {
            let rule = "the documents ask for the standard alphabet; they do not divide a corrupt signature from a wrong one";
            (URL_SAFE.encode(bytes), Some(Effect::refused(CORRUPT, rule, Documented)))
        }
        Is::EnvelopeUnpadded {} => {
            let rule = "the documents ask for padding; whether a server insists on it, they do not say";
            (STANDARD_NO_PAD.encode(bytes), Some(Effect::refused_or_taken(CORRUPT, rule, Inferred)))
        }
        Is::EnvelopeTwice {} => (STANDARD.encode(right), corrupt()),
        _ => (right, None),
    }
}

fn twice(text: impl Into<Vec<u8>>) -> (Vec<u8>, Vec<u8>) {
    let text = text.into();
    (text.clone(), text)
}

fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte.is_ascii_alphanumeric() {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// The text with a field that makes its envelope end in padding.
fn with_padding(text: &str) -> String {
    let mut padded = format!("{text}&c=");
    while (20 + padded.len()).is_multiple_of(3) {
        padded.push('x');
    }
    padded
}

fn joined(fields: &[(String, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    fields.join("&")
}

impl AfterSigning {
    fn of(self, seal: &Seal<'_>) -> String {
        let mut fields = seal.fields.clone();
        let mut put = |wanted: &str, value: String| {
            for (_, old) in fields.iter_mut().filter(|(name, _)| name == wanted) {
                old.clone_from(&value);
            }
        };
        match self {
            Self::Expiry => put("e", (seal.with.now + 4200).to_string()),
            Self::Random => put("r", (seal.with.nonce % 1_000_000 + 1).to_string() + "7"),
            Self::Added => fields.push(("c".to_owned(), "later".to_owned())),
            Self::Dropped => fields.truncate(fields.len() - 1),
            Self::Order => fields.reverse(),
        }
        joined(&fields)
    }
}

impl SignedInstead {
    fn of(self, seal: &Seal<'_>) -> String {
        let text = seal.text();
        match self {
            Self::LineFeed => text + "\n",
            Self::PercentEncoded => percent_encoded(&text),
            Self::Sorted => {
                let mut fields = seal.fields.clone();
                fields.sort();
                joined(&fields)
            }
            Self::WithoutLast => joined(&seal.fields[..seal.fields.len() - 1]),
            Self::WithPath => format!("POST\n{text}"),
            Self::UpperCase => text.to_ascii_uppercase(),
            Self::Nothing => String::new(),
        }
    }
}
