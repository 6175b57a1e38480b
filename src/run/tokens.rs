//! Access tokens: a key pair is exchanged for one before its first use, and again before it expires.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use lianpu_corpus::{Account, Manifest, TokenSource};

use super::client::{Client, SendError};
use super::target::Target;
use crate::request::{token_in, token_request};
use crate::wire::Reply;

/// A token is renewed when so much of its life is left, or half of a shorter life.
const MARGIN: Duration = Duration::from_secs(600);

/// The tokens of a run, by dialect and public half of the key.
#[derive(Debug, Default)]
pub(super) struct Tokens(RefCell<HashMap<(String, String), Token>>);

struct Token {
    text: String,
    until: Instant,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("until", &self.until).finish_non_exhaustive()
    }
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokenError {
    /// No answer.
    #[error("no access token: {0}")]
    Send(#[from] SendError),
    /// An answer without one.
    #[error("no access token: HTTP {} {}", .0.status, .0.excerpt(160))]
    Refused(Reply),
}

impl Tokens {
    /// The token of an account, if one was got.
    pub(super) fn of(&self, dialect: &str, account: &Account) -> Option<String> {
        let tokens = self.0.borrow();
        tokens
            .get(&(dialect.to_owned(), account.part("secret_id").to_owned()))
            .map(|token| token.text.clone())
    }

    /// Sees to it that every account of the dialect has a token with some life left.
    pub(super) async fn renew(
        &self,
        manifest: &Manifest,
        target: &Target,
        client: &Client,
        within: Duration,
    ) -> Result<(), TokenError> {
        let Some(source) = &manifest.token else { return Ok(()) };
        for account in target.accounts.get(&manifest.name).into_iter().flatten() {
            let key = (manifest.name.clone(), account.part("secret_id").to_owned());
            let fresh = self.0.borrow().get(&key).is_some_and(|token| token.until > Instant::now());
            if fresh {
                continue;
            }
            let token = exchange(source, account, client, within).await?;
            self.0.borrow_mut().insert(key, token);
        }
        Ok(())
    }
}

async fn exchange(
    source: &TokenSource,
    account: &Account,
    client: &Client,
    within: Duration,
) -> Result<Token, TokenError> {
    let reply = client.send(&token_request(source, account), within).await?;
    let Some(token) = token_in(source, &reply.body) else { return Err(TokenError::Refused(reply)) };
    let life = Duration::from_secs(token.seconds);
    Ok(Token { text: token.text, until: Instant::now() + life.saturating_sub(MARGIN.min(life / 2)) })
}
