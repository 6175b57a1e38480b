//! Before a run: is the target there, and does it accept the good signature?

use std::time::Duration;

use lianpu_corpus::Dialect;
use tokio::net::TcpStream;

use super::client::{Client, SendError};
use super::context::Context;
use super::target::Target;
use super::tokens::{TokenError, Tokens};
use crate::judge::read;
use crate::request::Draft;
use crate::sign::{self, Circumstances, UnknownScheme};

/// Why a run is not begun. Says nothing about conformance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreflightError {
    /// The dialect names a signature scheme that there is not.
    #[error(transparent)]
    UnknownScheme(#[from] UnknownScheme),
    /// Nobody is there, or nobody answers in time.
    #[error("target {target} is not reachable: {why}")]
    Unreachable {
        /// Its address.
        target: String,
        /// What the system says.
        why: SendError,
    },
    /// It refuses a good request's signature.
    #[error(
        "target {target} refuses the {dialect} credentials: code {code} {meaning} ({gloss}), message «{message}»"
    )]
    Refused {
        /// Its address.
        target: String,
        /// The dialect asked in.
        dialect: String,
        /// The code seen.
        code: String,
        /// What the vendor says of the code.
        meaning: String,
        /// In English.
        gloss: String,
        /// The message seen.
        message: String,
    },
    /// It gives no access token for the key pair.
    #[error("target {target} refuses the {dialect} credentials: {why}")]
    NoToken {
        /// Its address.
        target: String,
        /// The dialect asked in.
        dialect: String,
        /// What came instead.
        why: String,
    },
    /// There are no credentials for a dialect.
    #[error(
        "target {target} has no {dialect} account; name one in lianpu.toml, with --credentials or in the environment"
    )]
    NoAccount {
        /// Its name.
        target: String,
        /// The dialect.
        dialect: String,
    },
}

/// Whether anybody listens at the target's address, or at that of the proxy before it. Sends nothing.
pub async fn connect(target: &Target, timeout: Duration) -> Result<(), PreflightError> {
    let unreachable = |why: String| PreflightError::Unreachable {
        target: target.base_url.clone(),
        why: SendError::Connect(why),
    };
    let address = target.route.proxy.as_ref().unwrap_or(&target.base_url);
    let url = reqwest::Url::parse(address).map_err(|error| unreachable(error.to_string()))?;
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return Err(unreachable("the address names no host".to_owned()));
    };
    let connecting = TcpStream::connect((host.trim_matches(['[', ']']), port));
    match tokio::time::timeout(timeout, connecting).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(unreachable(error.to_string())),
        Err(_) => Err(unreachable(format!("nobody answered within {timeout:?}"))),
    }
}

/// Sends the dialect's harmless question with good credentials. Any answer will do but a refusal of the signature.
pub async fn preflight(
    target: &Target,
    dialect: &'static Dialect,
    timeout: Duration,
) -> Result<(), PreflightError> {
    let manifest = &dialect.manifest;
    let Some(preflight) = &manifest.preflight else { return Ok(()) };
    let Some(operation) = dialect.operation(&preflight.operation) else { return Ok(()) };
    let account = target.account(&manifest.name).ok_or_else(|| PreflightError::NoAccount {
        target: target.name.clone(),
        dialect: manifest.name.clone(),
    })?;
    let unreachable = |why| PreflightError::Unreachable { target: target.base_url.clone(), why };
    let client = Client::new(target).map_err(unreachable)?;
    let tokens = Tokens::default();
    tokens.renew(manifest, target, &client, timeout).await.map_err(|why| match why {
        TokenError::Send(why @ (SendError::Connect(_) | SendError::TimedOut(_))) => unreachable(why),
        why => PreflightError::NoToken {
            target: target.base_url.clone(),
            dialect: manifest.name.clone(),
            why: why.to_string(),
        },
    })?;
    let token = tokens.of(&manifest.name, account);
    let circumstances = Circumstances {
        account,
        other: None,
        now: Context::now(),
        nonce: 1,
        token: token.as_deref(),
        host: target.host(),
    };
    let draft = Draft::of_account(manifest, operation, Some(account));
    let prepared = draft.prepare(sign::of_dialect(manifest)?, circumstances, false);
    let prepared = prepared.map_err(|what| PreflightError::NoToken {
        target: target.base_url.clone(),
        dialect: manifest.name.clone(),
        why: format!("there is no {what}"),
    })?;
    let reply = match client.send(&prepared.request, timeout).await {
        Ok(reply) => reply,
        // Somebody is there and answers what is no answer: that is for the scenarios to find.
        Err(SendError::Broken(_) | SendError::Endless) => return Ok(()),
        Err(why) => return Err(unreachable(why)),
    };
    let answer = read(&reply, dialect, operation);
    let Some(code) = answer.code.clone() else { return Ok(()) }; // not an answer of this dialect: the scenarios will say so
    let mut rows = dialect.rows_of(operation, &code);
    let refused = rows.find(|row| row.condition.as_ref().is_some_and(|c| preflight.refused.contains(c)));
    match refused {
        Some(row) => Err(PreflightError::Refused {
            target: target.base_url.clone(),
            dialect: manifest.name.clone(),
            code: code.to_string(),
            meaning: row.meaning.clone(),
            gloss: row.gloss.clone(),
            message: answer.message(dialect, operation).chars().take(200).collect(),
        }),
        None => Ok(()),
    }
}
