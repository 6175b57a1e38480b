//! The applications: a tenant each, with the keys that prove it and what it may use.

use std::fmt;

use lianpu_corpus::Account;
use serde::Serialize;

/// One application. Its `Debug` keeps the secret; serialised it is what a client must know.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AppAccount {
    /// The application's number, as text.
    pub app_id: String,
    /// The public half of its key.
    pub api_key: String,
    /// The secret half of its key.
    pub secret_key: String,
    /// How much it may ask.
    #[serde(skip)]
    pub quota: Quota,
    /// The paths it may not use.
    #[serde(skip)]
    pub denied: Vec<String>,
    /// Whether it has been deleted, though its keys still are known.
    #[serde(skip)]
    pub deleted: bool,
}

/// How many requests are allowed; `None` is without limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quota {
    /// In a second.
    pub second: Option<u32>,
    /// In a day of 86400 seconds since 1970.
    pub day: Option<u64>,
    /// Ever.
    pub total: Option<u64>,
}

impl From<&Account> for AppAccount {
    /// A documented account, without limits.
    fn from(account: &Account) -> Self {
        Self {
            app_id: account.part("appid").to_owned(),
            api_key: account.part("secret_id").to_owned(),
            secret_key: account.part("secret_key").to_owned(),
            quota: Quota { second: account.requests_per_second, ..Quota::default() },
            denied: Vec::new(),
            deleted: false,
        }
    }
}

impl fmt::Debug for AppAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_id, api_key, secret_key: _, quota, denied, deleted } = self;
        f.debug_struct("AppAccount")
            .field("app_id", app_id)
            .field("api_key", api_key)
            .field("secret_key", &"…")
            .field("quota", quota)
            .field("denied", denied)
            .field("deleted", deleted)
            .finish()
    }
}
