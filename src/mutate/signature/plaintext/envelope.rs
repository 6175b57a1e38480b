//! Mutations between the text and the header: what is signed, the digest, the Base64 around both.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use lianpu_corpus::Certainty::{Documented, Inferred};
use lianpu_corpus::ConditionClass as Class;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::mutation::PlaintextMutation as Is;
use super::parameters::{AfterSigning, SignedInstead};
use super::signing::EnvelopeWriter;
use crate::mutate::effect::Effect;
use crate::sign::plaintext;

/// The finished signature.
pub(super) struct SignedEnvelope {
    /// The text that was signed.
    pub(super) signed: Vec<u8>,
    /// What travels.
    pub(super) text: String,
}

const CORRUPT: &[Class] = &[Class::CredentialsMalformed, Class::CredentialsWrong];
const CORRUPT_RULE: &str = "the documents do not divide a corrupt signature from a wrong one";
/// Of bytes that may have moved into the text or out of it, so that its fields say something else, or nothing.
const SHIFTED: &[Class] = &[
    Class::CredentialsMalformed,
    Class::CredentialsWrong,
    Class::CredentialsUnknown,
    Class::CredentialsExpired,
    Class::CredentialsMisdirected,
    Class::TenantUnknown,
    Class::TenantMismatch,
];
const SHIFTED_RULE: &str =
    "a signature that gained or lost bytes is corrupt or wrong, or names another key or tenant";
const WRONG_RULE: &str =
    "a signature of the right form whose digest is not that of the text is wrong, and nothing else";

/// Signs the text and puts it into its envelope, rightly or as the mutation wants it.
pub(super) fn write(mutation: &Is, writer: &EnvelopeWriter<'_>) -> (SignedEnvelope, Option<Effect>) {
    let right = writer.text();
    let digest_of = |text: &[u8]| plaintext::digest(text, writer.secret_key);
    // What is signed, the digest, what is sent.
    let (signed, sent): (Vec<u8>, Vec<u8>) = match mutation {
        Is::ChangedAfterSigning { what } => (right.clone().into(), what.of(writer).into()),
        Is::SignedOtherwise { text } => (text.of(writer).into(), right.clone().into()),
        Is::TextPercentEncoded {} => twice(percent_encoded(&right)),
        Is::ForeignByte { byte } => twice([right.as_bytes(), b"&c=", &[byte.byte()]].concat()),
        Is::EnvelopeUrlSafe {} => twice(format!("{right}&c=??>>??>>??>>")), // so that both letters show
        Is::EnvelopeUnpadded {} => twice(with_padding(&right)),
        _ => twice(right.clone()),
    };
    let digest = digest_of(&signed);
    let (bytes, effect) = bytes(mutation, &signed, &digest, &sent);
    let (text, encoding) = encode(mutation, &bytes);
    (SignedEnvelope { signed, text }, effect.or(encoding))
}

/// Digest and text, put together as the mutation wants it.
fn bytes(mutation: &Is, signed: &[u8], digest: &[u8], sent: &[u8]) -> (Vec<u8>, Option<Effect>) {
    let corrupt = || Some(Effect::refused(CORRUPT, CORRUPT_RULE, Documented));
    let shifted = || Some(Effect::refused(SHIFTED, SHIFTED_RULE, Inferred));
    let wrong = || Some(Effect::refused([Class::CredentialsWrong], WRONG_RULE, Documented));
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
            shifted()
        }
        Is::DigestExtended { bytes } => {
            changed.extend((0..bytes.size()).map(|at| digest[at % digest.len()] | 0x80)); // no byte of a field
            shifted()
        }
        Is::DigestInHex {} => {
            changed = hex::encode(digest).into_bytes();
            shifted()
        }
        Is::DigestOfSha256 {} => {
            let mut hmac = Hmac::<Sha256>::new_from_slice(digest).expect("HMAC takes a key of any length");
            hmac.update(signed);
            changed = hmac.finalize().into_bytes().to_vec();
            shifted()
        }
        Is::DigestAfterText {} => return ([sent, digest].concat(), shifted()),
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
            (right[..kept].to_owned(), Some(Effect::refused(SHIFTED, SHIFTED_RULE, Inferred)))
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
    fn of(self, writer: &EnvelopeWriter<'_>) -> String {
        let mut fields = writer.fields.clone();
        let mut put = |wanted: &str, value: String| {
            for (_, old) in fields.iter_mut().filter(|(name, _)| name == wanted) {
                old.clone_from(&value);
            }
        };
        match self {
            Self::Expiry => put("e", (writer.with.now + 4200).to_string()),
            Self::Random => put("r", (writer.with.nonce % 1_000_000 + 1).to_string() + "7"),
            Self::Added => fields.push(("c".to_owned(), "later".to_owned())),
            Self::Dropped => fields.truncate(fields.len() - 1),
            Self::Order => fields.reverse(),
        }
        joined(&fields)
    }
}

impl SignedInstead {
    fn of(self, writer: &EnvelopeWriter<'_>) -> String {
        let text = writer.text();
        match self {
            Self::LineFeed => text + "\n",
            Self::PercentEncoded => percent_encoded(&text),
            Self::Sorted => {
                let mut fields = writer.fields.clone();
                fields.sort();
                joined(&fields)
            }
            Self::WithoutLast => joined(&writer.fields[..writer.fields.len() - 1]),
            Self::WithPath => format!("POST\n{text}"),
            Self::UpperCase => text.to_ascii_uppercase(),
            Self::Nothing => String::new(),
        }
    }
}
