//! Whose request it is: by an access token in the query, by a signature, or by a bearer key.

mod bce;
mod oauth;
mod token;
mod verify;

use axum::http::header;

use super::condition::Condition;
use super::fault::Fault;
use super::query;
use super::{BaiduFace, Request};
use crate::defect::Defect;

pub(super) use token::AccessTokens;

/// How far ahead the clock runs when it is asked to.
const CENTURY: u64 = 100 * 365 * 86_400;

impl BaiduFace {
    /// The place of the application that the request proves to come from. A token in the query counts first.
    pub(super) fn authenticate(&self, request: &Request, fault: Option<Fault>) -> Result<usize, Condition> {
        let now = match fault {
            Some(Fault::AuthClock) => (self.clock)().saturating_add(CENTURY),
            _ => (self.clock)(),
        };
        let pairs = query::pairs(request.query.as_bytes());
        let token = query::access_token(&pairs);
        if let Some(token) = token.filter(|token| !token.is_empty()) {
            let app_id = match token.rsplit_once('-') {
                Some((_, app_id)) if self.has(Defect::TokenUnverified) => app_id,
                _ => self.tokens.app_of(token, if self.has(Defect::TokenExpiryIgnored) { 0 } else { now })?,
            };
            return self.account(|account| account.app_id == app_id).ok_or(Condition::TokenUnknown);
        }
        let authorization = request.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(authorization) = authorization.map(str::trim).filter(|text| !text.is_empty()) else {
            return Err(Condition::TokenMissing);
        };
        if let Some(key) = authorization.strip_prefix("Bearer ") {
            let key = key.trim();
            let begins = |whole: &str| self.has(Defect::BearerByPrefix) && whole.starts_with(key);
            let account = self.account(|account| account.api_key == key || begins(&account.api_key));
            return account.ok_or(Condition::BearerKeyWrong);
        }
        let signature = bce::Signature::parse(authorization).ok_or(Condition::SignatureWrong)?;
        let index = self.account(|account| account.api_key == signature.access_key);
        let index = index.ok_or(Condition::SignatureWrong)?;
        let made = if self.has(Defect::BceQueryIgnored) {
            let without_query = Request { query: String::new(), ..request.clone() };
            signature.is_made_with(&self.accounts[index].secret_key, &without_query)
        } else {
            signature.is_made_with(&self.accounts[index].secret_key, request)
        };
        let in_time = signature.is_in_time(now, self.settings.signature_seconds)
            || self.has(Defect::BceExpiredAccepted);
        if made && in_time { Ok(index) } else { Err(Condition::SignatureWrong) }
    }

    fn account(&self, is: impl Fn(&super::AppAccount) -> bool) -> Option<usize> {
        self.accounts.iter().position(is)
    }
}
