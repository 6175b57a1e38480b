//! What signing needs from outside, and what a target may lack of it.

use lianpu_corpus::Account;

use super::key::KeyChoice;

/// A secret that nobody was given.
pub const NO_SECRET: &str = "a key that nobody was given";

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
    /// The dialect names a scheme that there is not; no request goes unsigned for that.
    #[error("signature-scheme")]
    Scheme,
}

impl<'a> Circumstances<'a> {
    /// The key pair that a choice names: its public half and its secret half.
    pub fn key(&self, choice: KeyChoice) -> Result<(&'a str, &'a str), Lacking> {
        let own = self.account;
        match choice {
            KeyChoice::Own => Ok((own.part("secret_id"), own.part("secret_key"))),
            KeyChoice::Wrong => Ok((own.part("secret_id"), NO_SECRET)),
            KeyChoice::OtherAccount => {
                let other = self.other.ok_or(Lacking::SecondAccount)?;
                Ok((other.part("secret_id"), other.part("secret_key")))
            }
            KeyChoice::Disabled => {
                let pair = own.disabled.as_ref().ok_or(Lacking::DisabledKey)?;
                Ok((pair.part("secret_id"), pair.part("secret_key")))
            }
            KeyChoice::Expired => Err(Lacking::ExpiredToken),
        }
    }
}
