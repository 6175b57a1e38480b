//! The token endpoint.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{
    accounts::{Accounts, TOKEN_LIFE, hex, letters},
    defects::Defects,
};

/// Answers a request for an access token: HTTP status and body.
#[expect(clippy::implicit_hasher, reason = "one caller, one kind of map")]
pub fn token(
    accounts: &mut Accounts,
    parameters: &HashMap<String, String>,
    defects: &Defects,
) -> (u16, Value) {
    let given = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
    if given("grant_type") != "client_credentials" && !defects.on("any-grant-type") {
        return refusal(400, "unsupported_grant_type", "The authorization grant type is not supported");
    }
    let status = if defects.on("token-refusal-is-200") { 200 } else { 401 };
    let Some(account) = accounts.by_key(given("client_id")) else {
        return refusal(status, "invalid_client", "unknown client id");
    };
    let secret = &accounts.all[account].secret_key;
    let right = match defects.on("secret-by-its-start") {
        true => given("client_secret").starts_with(&secret[..6]),
        false => given("client_secret") == secret,
    };
    if !right && !defects.on("any-secret-key") {
        let error =
            if defects.on("token-refusal-code-as-number") { json!(401) } else { json!("invalid_client") };
        return (status, json!({ "error": error, "error_description": "Client authentication failed" }));
    }
    let life =
        if defects.on("expires-in-as-text") { json!(TOKEN_LIFE.to_string()) } else { json!(TOKEN_LIFE) };
    let mut body = json!({
        "access_token": accounts.issue(account, defects),
        "expires_in": life,
        "refresh_token": format!("rt.{}", hex(48)),
        "scope": "public vis-faceverify_faceverify_v3 brain_all_scope vis-faceverify_FACE_V3 wise_adapt",
        "session_key": letters(56),
        "session_secret": hex(32),
        "token_type": "bearer",
        "issued_to": accounts.all[account].app_id,
    });
    if defects.on("scope-without-brain") {
        body["scope"] = json!("public wise_adapt");
    }
    if defects.on("token-answer-lacks-refresh") {
        body.as_object_mut().map(|map| map.remove("refresh_token"));
    }
    (200, body)
}

fn refusal(status: u16, error: &str, description: &str) -> (u16, Value) {
    (status, json!({ "error": error, "error_description": description }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_and_a_wrong_secret_are_told_apart() {
        let none = Defects::default();
        let mut accounts = Accounts::new(None);
        let mut ask = |key: &str, secret: &str| {
            let pairs = [("grant_type", "client_credentials"), ("client_id", key), ("client_secret", secret)];
            let parameters = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            token(&mut accounts, &parameters, &none)
        };
        let (status, body) = ask("nobody", "x");
        assert_eq!((status, &body["error_description"]), (401, &json!("unknown client id")));
        let accounts = Accounts::new(None);
        assert_ne!(accounts.all[0].api_key, accounts.all[1].api_key);
    }
}
