//! The accounts: a tenant each, with a bucket and the keys that prove it.
//!
//! The only file that knows how the bundled data write an account.

use std::fmt;

use lianpu_corpus::Account;
use serde::Serialize;

/// One account. Its `Debug` keeps the secrets; serialised it is what a client must know.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct BucketAccount {
    /// The account's public number, as text.
    pub appid: String,
    /// The bucket that belongs to it.
    pub bucket: String,
    /// The public half of its key.
    pub secret_id: String,
    /// The secret half of its key.
    pub secret_key: String,
    /// A further key pair that has been disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<DisabledKey>,
    /// The requests a second it may send, where limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_per_second: Option<u32>,
}

/// A key that proves nothing any more. Its `Debug` keeps the secret.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DisabledKey {
    /// The public half.
    pub secret_id: String,
    /// The secret half.
    pub secret_key: String,
}

impl From<&Account> for BucketAccount {
    /// A documented account.
    fn from(account: &Account) -> Self {
        let disabled = account.disabled.as_ref().map(|pair| DisabledKey {
            secret_id: pair.part("secret_id").to_owned(),
            secret_key: pair.part("secret_key").to_owned(),
        });
        Self {
            appid: account.part("appid").to_owned(),
            bucket: account.part("bucket").to_owned(),
            secret_id: account.part("secret_id").to_owned(),
            secret_key: account.part("secret_key").to_owned(),
            disabled,
            requests_per_second: account.requests_per_second,
        }
    }
}

impl fmt::Debug for BucketAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { appid, bucket, secret_id, secret_key: _, disabled, requests_per_second } = self;
        f.debug_struct("BucketAccount")
            .field("appid", appid)
            .field("bucket", bucket)
            .field("secret_id", secret_id)
            .field("secret_key", &"…")
            .field("disabled", disabled)
            .field("requests_per_second", requests_per_second)
            .finish()
    }
}

impl fmt::Debug for DisabledKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisabledKey").field("secret_id", &self.secret_id).field("secret_key", &"…").finish()
    }
}
