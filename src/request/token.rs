//! The exchange of a key pair for an access token: the question, and the token in its answer.

use lianpu_corpus::{Account, TokenSource};
use serde_json::Value;

use crate::wire::{Request, read_json};

/// An access token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What is sent.
    pub text: String,
    /// Its life in seconds from now on.
    pub seconds: u64,
}

/// The question that a token answers.
pub fn token_request(source: &TokenSource, account: &Account) -> Request {
    let mut request = Request {
        method: source.method.clone(),
        target: source.path.clone(),
        headers: Vec::new(),
        body: Vec::new(),
    };
    for (name, value) in &source.query {
        request.set_query(name, Some(value.strip_prefix('=').unwrap_or_else(|| account.part(value))));
    }
    request
}

/// The token in the body of the answer; `None`: there is none.
pub fn token_in(source: &TokenSource, body: &[u8]) -> Option<Token> {
    let body = read_json(body).ok()?;
    let text = body.pointer(&source.token)?.as_str()?.to_owned();
    let seconds = body.pointer(&source.seconds).and_then(Value::as_u64).unwrap_or_default();
    Some(Token { text, seconds })
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("seconds", &self.seconds).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pair_is_exchanged() {
        let manifest = &lianpu_corpus::bundled("baidu-face").unwrap().manifest;
        let (source, account) = (manifest.token.as_ref().unwrap(), &manifest.accounts[0]);
        let query = token_request(source, account).query();
        assert_eq!(query[0].1, "client_credentials");
        assert_eq!((&*query[1].1, &*query[2].1), (account.part("secret_id"), account.part("secret_key")));
        let answer = br#"{"access_token":"24.a","expires_in":2592000}"#;
        assert_eq!(token_in(source, answer), Some(Token { text: "24.a".into(), seconds: 2_592_000 }));
        assert_eq!(token_in(source, b"{}"), None);
    }
}
