//! Signatures: one file a scheme.
//!
//! Pure: the time, the nonce and the keys are arguments. The engine verifies with code of its own; both are held to the
//! vectors in the corpus, which neither of them made. [`Signature`] says how a signature is to be made, also wrongly.

pub mod bce_auth;
pub mod tencent_ci;

use lianpu_corpus::Account;

use crate::wire::Request;

/// Signs a request by the scheme of this name, or the one that the signature asks for; a dialect without a scheme stays
/// unsigned.
pub fn sign(
    request: &mut Request,
    scheme: Option<&str>,
    signature: &Signature,
    with: Circumstances<'_>,
) -> Result<(), Lacking> {
    match signature.scheme.as_deref().or(scheme) {
        Some("tencent-ci") => {
            let value = tencent_ci::authorize(signature, with)?;
            request.set_header("Authorization", Some(&value));
        }
        Some("access-token") => {
            let token = match signature.key {
                KeyChoice::Own => with.token.ok_or(Lacking::Token)?.to_owned(),
                KeyChoice::Wrong => format!("{}0", with.token.ok_or(Lacking::Token)?),
                KeyChoice::Expired => {
                    with.account.get("expired_token").ok_or(Lacking::ExpiredToken)?.to_owned()
                }
                KeyChoice::OtherAccount | KeyChoice::Disabled => return Err(Lacking::Token),
            };
            request.set_query("access_token", Some(&token));
        }
        Some("bce-auth-v1") => bce_auth::authorize(request, signature, with)?,
        Some("bearer") => {
            let key = match signature.key {
                KeyChoice::Wrong => "a-key-that-nobody-was-given",
                _ => with.account.part("secret_id"),
            };
            request.set_header("Authorization", Some(&format!("Bearer {key}")));
        }
        _ => {}
    }
    Ok(())
}

/// The text that [`sign`] signs of this request, as it is before it is signed; none where the scheme signs no text, or where
/// the request cannot be signed.
pub fn string_to_sign(
    request: &Request,
    scheme: Option<&str>,
    signature: &Signature,
    with: Circumstances<'_>,
) -> Option<String> {
    match signature.scheme.as_deref().or(scheme)? {
        "tencent-ci" => tencent_ci::text(signature, with).ok(),
        "bce-auth-v1" => {
            let date = bce_auth::timestamp(bce_auth::signed_at(signature, with));
            Some(bce_auth::canonical(request, with.host, &date))
        }
        _ => None,
    }
}

/// The same as `tencent_ci`, under the name of the scheme's mechanism.
pub use tencent_ci as plaintext;

/// The scheme whose signature carries the text that was signed: the digest and, after it, the text.
pub const PLAINTEXT_SCHEME: &str = "tencent-ci";

/// The scheme that sends an access token in the query, and knows two more ways to sign a request.
pub const TOKEN_SCHEME: &str = "access-token";

/// The schemes that a request can be signed with.
pub const SCHEMES: [&str; 4] = ["access-token", "bce-auth-v1", "bearer", "tencent-ci"];

/// How a signature is to be made. The default is a right one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Fields of the signed text put to another value before signing; see [`FieldRule`].
    pub says: Vec<FieldRule>,
    /// The fields to send, in order, instead of the scheme's own.
    pub form: Option<Vec<String>>,
    /// Whose key signs.
    pub key: KeyChoice,
    /// Another scheme than the dialect's own.
    pub scheme: Option<String>,
    /// What is done to the finished signature.
    pub damage: Option<Damage>,
}

/// One field of the signed text put to another value: `e=now-3600`, `f=photo`, `r=` (empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRule {
    /// The field's name.
    pub name: String,
    /// Its value.
    pub value: FieldText,
}

/// The value of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldText {
    /// This text.
    Literal(String),
    /// The time of signing plus so many seconds.
    Now(i64),
}

/// Whose key signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyChoice {
    /// The account's own.
    #[default]
    Own,
    /// The other account's key pair: its public half is named, its secret half signs.
    OtherAccount,
    /// The account's disabled key pair.
    Disabled,
    /// The account's public half is named, but another secret signs; or a token that was never given out.
    Wrong,
    /// A token whose time is over.
    Expired,
}

/// What is done to the finished signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// One bit of the digest is flipped.
    FlippedDigestBit,
    /// The digest lacks its last byte.
    ShortDigest,
    /// The URL-safe alphabet is used; the signed text is chosen so that it shows.
    UrlSafeAlphabet,
    /// A field is changed after signing.
    ChangedAfterSigning,
}

/// What signing needs from outside.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The tenant.
    pub account: &'a Account,
    /// Another tenant of the same target, where there is one.
    pub other: Option<&'a Account>,
    /// Seconds since 1970.
    pub now: i64,
    /// A random number of at most ten digits.
    pub nonce: u64,
    /// The access token in force, where the dialect has tokens.
    pub token: Option<&'a str>,
    /// Host and port, as the `Host` header names them.
    pub host: &'a str,
}

/// Why a signature cannot be made for this target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lacking {
    /// There is no second account.
    #[error("second-account")]
    SecondAccount,
    /// There is no disabled key.
    #[error("disabled-key")]
    DisabledKey,
    /// There is no access token.
    #[error("access-token")]
    Token,
    /// There is no expired access token.
    #[error("expired-token")]
    ExpiredToken,
}

/// A sentence that describes no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SignatureError(String);

/// The key pair that a choice names.
fn key(choice: KeyChoice, with: Circumstances<'_>) -> Result<(&str, &str), Lacking> {
    let own = with.account;
    match choice {
        KeyChoice::Own => Ok((own.part("secret_id"), own.part("secret_key"))),
        KeyChoice::Wrong => Ok((own.part("secret_id"), "a key that nobody was given")),
        KeyChoice::OtherAccount => {
            let other = with.other.ok_or(Lacking::SecondAccount)?;
            Ok((other.part("secret_id"), other.part("secret_key")))
        }
        KeyChoice::Disabled => {
            let pair = own.disabled.as_ref().ok_or(Lacking::DisabledKey)?;
            Ok((pair.part("secret_id"), pair.part("secret_key")))
        }
        KeyChoice::Expired => Err(Lacking::ExpiredToken),
    }
}

impl Damage {
    /// The words of every damage, as they stand in steps after "its signature has".
    pub const WORDS: [(&'static str, Self); 4] = [
        ("a flipped digest bit", Self::FlippedDigestBit),
        ("a short digest", Self::ShortDigest),
        ("the URL-safe alphabet", Self::UrlSafeAlphabet),
        ("a field changed after signing", Self::ChangedAfterSigning),
    ];

    /// Reads the words.
    pub fn parse(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == words).map(|(_, damage)| *damage)
    }
}

impl KeyChoice {
    /// The words of every choice, as they stand in steps after "its signature uses".
    pub const WORDS: [(&'static str, Self); 4] = [
        ("the key of the second account", Self::OtherAccount),
        ("the disabled key", Self::Disabled),
        ("a wrong key", Self::Wrong),
        ("an expired token", Self::Expired),
    ];

    /// Reads the words.
    pub fn parse(words: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == words).map(|(_, choice)| *choice)
    }
}

impl FieldRule {
    /// Reads `t=now-7200 e=now-3600 f=photo`: rules separated by single spaces.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, SignatureError> {
        text.split(' ').map(Self::parse).collect()
    }

    fn parse(text: &str) -> Result<Self, SignatureError> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(SignatureError(format!("«{text}» is no rule; write name=value, such as e=now-3600")));
        };
        let value = match value.strip_prefix("now") {
            Some("") => FieldText::Now(0),
            Some(offset) => FieldText::Now(offset.parse().map_err(|_| {
                SignatureError(format!("«{value}» is no time; write now, now+60 or now-3600"))
            })?),
            None => FieldText::Literal(value.to_owned()),
        };
        Ok(Self { name: name.to_owned(), value })
    }
}

impl FieldText {
    fn at(&self, now: i64) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Now(offset) => (now + offset).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read() {
        let rules = FieldRule::parse_all("e=now-3600 f=a r=").unwrap();
        assert_eq!(rules[0].value.at(10_000), "6400");
        assert_eq!(rules[1].value, FieldText::Literal("a".into()));
        assert_eq!(rules[2].value, FieldText::Literal(String::new()));
        assert!(FieldRule::parse_all("e").unwrap_err().to_string().contains("name=value"));
        assert!(FieldRule::parse_all("e=nowish").is_err());
    }
}
