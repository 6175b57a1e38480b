//! Access and refresh tokens: they say themselves for whom and until when, and prove it.
//!
//! Shaped like the vendor's samples, `24.<32 hex digits>.<life>.<expiry>.282335-<app id>`; the digits are a keyed digest
//! of the rest, under a key of this process. Nothing is kept, so any number of tokens is valid at the same time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::super::condition::Condition;

/// What stands before the application's number in the vendor's samples.
const BEFORE_APP: &str = "282335-";

/// What a token is for: the number it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Access = 24,
    Refresh = 25,
}

/// Makes and judges tokens.
pub(in super::super) struct AccessTokens {
    key: [u8; 32],
}

impl AccessTokens {
    /// With a fresh key.
    pub(in super::super) fn new() -> Self {
        let mut key = [0; 32];
        if getrandom::fill(&mut key).is_err() {
            tracing::warn!("no randomness from the system: access tokens can be guessed");
        }
        Self { key }
    }

    /// A token of an application that lives so many seconds from now.
    pub(super) fn issue(&self, kind: TokenKind, app_id: &str, life: u64, now: u64) -> String {
        self.token(kind, life, now.saturating_add(life), app_id)
    }

    /// An access token of an application whose time is over.
    pub(in super::super) fn expired(&self, app_id: &str, now: u64) -> String {
        self.issue(TokenKind::Access, app_id, 60, now.saturating_sub(3600))
    }

    /// The application of an access token.
    pub(in super::super) fn app_of<'a>(&self, token: &'a str, now: u64) -> Result<&'a str, Condition> {
        self.app(TokenKind::Access, token, now)
    }

    /// The application of a token of a kind, unless it is forged or its time has passed.
    pub(super) fn app<'a>(&self, kind: TokenKind, token: &'a str, now: u64) -> Result<&'a str, Condition> {
        let can_be = |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
        if token.is_empty() || !token.chars().all(can_be) {
            return Err(Condition::TokenMissing);
        }
        let parts: Vec<&str> = token.splitn(5, '.').collect();
        let [_, _, life, expiry, app] = parts.as_slice() else { return Err(Condition::TokenUnknown) };
        let (Ok(life), Ok(expiry), Some(app)) = (life.parse(), expiry.parse(), app.strip_prefix(BEFORE_APP))
        else {
            return Err(Condition::TokenUnknown);
        };
        // Compared as a whole, so that nothing about the digest can be learnt from another spelling of the rest.
        if !same(token, &self.token(kind, life, expiry, app)) {
            return Err(Condition::TokenUnknown);
        }
        if expiry <= now { Err(Condition::TokenExpired) } else { Ok(app) }
    }

    fn token(&self, kind: TokenKind, life: u64, expiry: u64, app_id: &str) -> String {
        let kind = kind as u8;
        let rest = format!("{life}.{expiry}.{BEFORE_APP}{app_id}");
        let digest = self.digest(&format!("{kind}.{rest}"));
        format!("{kind}.{digest}.{rest}")
    }

    /// 32 hex digits.
    fn digest(&self, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of any length is taken");
        mac.update(text.as_bytes());
        hex::encode(&mac.finalize().into_bytes()[..16])
    }
}

/// Whether two texts are the same, in a time that tells nothing of where they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is_until_its_time_has_passed() {
        let tokens = AccessTokens::new();
        let token = tokens.issue(TokenKind::Access, "10000001", 60, 1000);
        assert!(token.starts_with("24.") && token.ends_with(".60.1060.282335-10000001"), "{token}");
        assert_eq!(tokens.app_of(&token, 1059), Ok("10000001"));
        assert_eq!(tokens.app_of(&token, 1060), Err(Condition::TokenExpired));
    }

    #[test]
    fn forged_foreign_and_impossible_tokens_are_told_apart() {
        let tokens = AccessTokens::new();
        let token = tokens.issue(TokenKind::Access, "10000001", 60, 1000);
        let longer = token.replace(".1060.", ".9060.");
        let refresh = tokens.issue(TokenKind::Refresh, "10000001", 60, 1000);
        let foreign = AccessTokens::new().issue(TokenKind::Access, "10000001", 60, 1000);
        for unknown in [longer.as_str(), &refresh, &foreign, "24.x", "x", &token.replace(".60.", ".060.")] {
            assert_eq!(tokens.app_of(unknown, 1000), Err(Condition::TokenUnknown), "{unknown}");
        }
        for impossible in ["", "a b", "24.\u{4e2d}", "{}"] {
            assert_eq!(tokens.app_of(impossible, 1000), Err(Condition::TokenMissing), "{impossible}");
        }
    }
}
