//! `/oauth/2.0/token`: an access token for a pair of keys, or for a refresh token. Parameters by query, form or both.

use serde_json::json;

use super::super::query::{pairs, value};
use super::super::request::ApiRequest;
use super::super::state::BaiduFace;
use super::token::TokenKind;
use crate::front::Answer;

/// What the token may be used for. Without the first word the vendor's clients take the account for one of the cloud,
/// which signs.
const SCOPE: &str = "brain_all_scope public brain_face_scope wise_adapt lebo_resource_base";

/// The failures, in the words of OAuth: `error` and `error_description`. The texts were seen in reports; no document
/// has them.
#[derive(Debug, Clone, Copy)]
struct Refusal(u16, &'static str, &'static str);

const NO_GRANT_TYPE: Refusal =
    Refusal(400, "invalid_request", "The required parameter grant_type is missing");
const UNSUPPORTED: Refusal =
    Refusal(400, "unsupported_grant_type", "The authorization grant type is not supported");
const UNKNOWN_CLIENT: Refusal = Refusal(401, "invalid_client", "unknown client id");
const WRONG_SECRET: Refusal = Refusal(401, "invalid_client", "Client authentication failed");
const BAD_REFRESH: Refusal = Refusal(400, "invalid_grant", "Invalid refresh token");

impl BaiduFace {
    /// Answers a request for a token.
    pub(in super::super) fn oauth(&self, request: &ApiRequest) -> Answer {
        match self.grant(request) {
            Ok(app_id) => self.tokens_for(app_id),
            Err(Refusal(status, error, description)) => {
                Answer::json(status, json!({ "error": error, "error_description": description }).to_string())
            }
        }
    }

    /// The application that the request proves to be.
    fn grant(&self, request: &ApiRequest) -> Result<&str, Refusal> {
        let mut given = pairs(request.query.as_bytes());
        given.extend(pairs(request.body.as_deref().unwrap_or_default()));
        let given = |name| value(&given, name).filter(|text: &&str| !text.is_empty());
        let grant = given("grant_type").ok_or(NO_GRANT_TYPE)?;
        if !matches!(grant, "client_credentials" | "refresh_token") {
            return Err(UNSUPPORTED);
        }
        let key = given("client_id").unwrap_or_default();
        let account = self.accounts.iter().find(|account| account.api_key == key && !account.deleted);
        let account = account.ok_or(UNKNOWN_CLIENT)?;
        if given("client_secret") != Some(&account.secret_key) {
            return Err(WRONG_SECRET);
        }
        if grant == "refresh_token" {
            let token = given("refresh_token").unwrap_or_default();
            let app = self.tokens.app(TokenKind::Refresh, token, (self.clock)());
            if app.ok() != Some(account.app_id.as_str()) {
                return Err(BAD_REFRESH);
            }
        }
        Ok(&account.app_id)
    }

    fn tokens_for(&self, app_id: &str) -> Answer {
        let now = (self.clock)();
        let life = self.settings.access_token_seconds;
        let access = self.tokens.issue(TokenKind::Access, app_id, life, now);
        let refresh = self.tokens.issue(TokenKind::Refresh, app_id, self.settings.refresh_token_seconds, now);
        // Sessions belong to an older way of calling; clients only pass the two texts on.
        let session = |token: &str| token.split('.').nth(1).unwrap_or_default().to_owned();
        let body = json!({
            "access_token": access,
            "expires_in": life,
            "refresh_token": refresh,
            "scope": SCOPE,
            "session_key": session(&access),
            "session_secret": session(&refresh),
        });
        Answer::json(200, body.to_string())
    }
}
