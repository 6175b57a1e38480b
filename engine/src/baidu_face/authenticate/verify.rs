//! Why a signature, a token or a key is not believed, for those who write clients. Judges nothing:
//! [`BaiduFace::authenticate`] does.

use hyper::header;

use super::super::condition::Condition;
use super::super::query;
use super::super::request::ApiRequest;
use super::super::state::BaiduFace;
use super::bce;
use crate::front::{SignatureStage, Verification};

impl BaiduFace {
    /// What is found of how a request proves whose it is, the first stage that differs.
    pub(in super::super) fn explain(&self, request: &ApiRequest) -> Verification {
        let now = (self.clock)();
        let pairs = query::pairs(request.query.as_bytes());
        if let Some(token) = query::access_token(&pairs).filter(|token| !token.is_empty()) {
            return self.verify_token(token, now);
        }
        let mut values = request.headers.get_all(header::AUTHORIZATION).iter();
        let value = values.next().and_then(|value| value.to_str().ok()).map(str::trim);
        let Some(authorization) = value.filter(|text| !text.is_empty()) else {
            let why = "there is neither access_token in the query nor an Authorization header";
            return Verification::of("access-token").failing(SignatureStage::Presence, why);
        };
        if let Some(key) = authorization.strip_prefix("Bearer ") {
            let verification = Verification::of("bearer");
            let known = self.accounts.iter().any(|account| account.api_key == key.trim());
            return if known {
                verification
            } else {
                verification.failing(SignatureStage::Key, "the key is unknown")
            };
        }
        self.verify_bce(authorization, request, now)
    }

    fn verify_token(&self, token: &str, now: u64) -> Verification {
        let verification = Verification::of("access-token");
        match self.tokens.app_of(token, now) {
            Ok(app) if self.accounts.iter().any(|account| account.app_id == app) => verification,
            Ok(_) => verification.failing(SignatureStage::Key, "the token's application is unknown"),
            Err(Condition::TokenExpired) => verification
                .failing(SignatureStage::Time, "the token has expired")
                .hinting(Some("ask for a new one")),
            Err(Condition::TokenMissing) => {
                let hint = token.contains('%').then_some("it is percent-encoded twice");
                verification
                    .failing(SignatureStage::Decoding, "the token has characters that no token has")
                    .hinting(hint)
            }
            Err(_) => verification
                .failing(
                    SignatureStage::Digest,
                    "no such token was given out: it is altered, or that of another server",
                )
                .hinting(Some("tokens hold until the server ends; ask for one at /oauth/2.0/token")),
        }
    }

    fn verify_bce(&self, authorization: &str, request: &ApiRequest, now: u64) -> Verification {
        let verification = Verification::of("bce-auth-v1");
        let Some(signature) = bce::Signature::parse(authorization) else {
            let parts = authorization.split('/').count();
            let why = format!(
                "bce-auth-v1/<access key>/<time>/<life>/<signed headers>/<digest> has 6 parts; this has {parts}, and begins with `{}`",
                authorization.split('/').next().unwrap_or_default().chars().take(20).collect::<String>()
            );
            return verification.failing(SignatureStage::Decoding, why);
        };
        let host =
            request.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let verification = verification
            .showing("canonical_request", signature.canonical(request, host))
            .showing("signing_key_of", signature.prefix());
        if signature.made().is_none() || signature.life().is_none() {
            let why = "time and life are to be read as 2026-11-20T21:14:24Z and 1800";
            return verification
                .failing(SignatureStage::Plaintext, why)
                .hinting(Some("the time is UTC, to the second, with T and Z"));
        }
        let Some(account) = self.accounts.iter().find(|account| account.api_key == signature.access_key)
        else {
            return verification.failing(SignatureStage::Key, "the access key is unknown");
        };
        if !signature.is_made_with(&account.secret_key, request) {
            let why = "the digest is not HMAC-SHA256 of the canonical request as the server reads it";
            return verification
                .failing(SignatureStage::Digest, why)
                .hinting(signature.mistake(&account.secret_key, request));
        }
        if !signature.is_in_time(now, self.settings.signature_seconds) {
            let (made, life) = (signature.made().unwrap_or_default(), signature.life().unwrap_or_default());
            let longest = self.settings.signature_seconds;
            let why = format!(
                "now is {now}, signed at {made}: {} seconds apart; the life is {life}, at most {longest}",
                now.abs_diff(made)
            );
            let hint = if life > longest {
                "the life is longer than allowed"
            } else {
                "sign anew, or set the clock to UTC"
            };
            return verification.failing(SignatureStage::Time, why).hinting(Some(hint));
        }
        verification
    }
}
