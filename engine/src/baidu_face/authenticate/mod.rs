//! Whose request it is: by an access token in the query, by a signature, or by a bearer key.

mod bce;
mod oauth;
pub(super) mod token;
mod verify;

use hyper::header;

use super::account::AppAccount;
use super::condition::Condition;
use super::fault::Fault;
use super::query;
use super::request::ApiRequest;
use super::state::BaiduFace;

pub(super) use bce::Signature;

/// How far ahead the clock runs when it is asked to.
const CENTURY: u64 = 100 * 365 * 86_400;

impl BaiduFace {
    /// The place of the application that the request proves to come from. A token in the query counts first.
    pub(super) fn authenticate(
        &self,
        request: &ApiRequest,
        fault: Option<Fault>,
    ) -> Result<usize, Condition> {
        let now = match fault {
            Some(Fault::AuthClock) => (self.clock)().saturating_add(CENTURY),
            _ => (self.clock)(),
        };
        let pairs = query::pairs(request.query.as_bytes());
        let token = query::access_token(&pairs);
        if let Some(token) = token.filter(|token| !token.is_empty()) {
            let app_id = self.tokens.app_of(token, now)?;
            return self.account(|account| account.app_id == app_id).ok_or(Condition::TokenUnknown);
        }
        let authorization = request.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(authorization) = authorization.map(str::trim).filter(|text| !text.is_empty()) else {
            return Err(Condition::TokenMissing);
        };
        if let Some(key) = authorization.strip_prefix("Bearer ") {
            let key = key.trim();
            let account = self.account(|account| account.api_key == key);
            return account.ok_or(Condition::BearerKeyWrong);
        }
        let signature = Signature::parse(authorization).ok_or(Condition::SignatureWrong)?;
        let index = self.account(|account| account.api_key == signature.access_key);
        let index = index.ok_or(Condition::SignatureWrong)?;
        let made = signature.is_made_with(&self.accounts[index].secret_key, request);
        let in_time = signature.is_in_time(now, self.settings.signature_seconds);
        if made && in_time { Ok(index) } else { Err(Condition::SignatureWrong) }
    }

    fn account(&self, is: impl Fn(&AppAccount) -> bool) -> Option<usize> {
        self.accounts.iter().position(is)
    }
}
