//! Who asks, when and where.

use std::collections::BTreeMap;

use lianpu_corpus::{Account, Dialect};

use crate::sign::Circumstances;

/// Who asks, when, and where.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The dialect: which parts of an account are secret is its data.
    pub dialect: &'static Dialect,
    /// The tenant.
    pub account: Account,
    /// Another tenant of the same target, where there is one.
    pub other: Option<Account>,
    /// The access token in force, where the dialect has tokens.
    pub token: Option<String>,
    /// The other tenant's access token.
    pub other_token: Option<String>,
    /// Host and port, as the `Host` header names them.
    pub host: String,
    /// Seconds since 1970.
    pub now: i64,
    /// A random number of at most ten digits.
    pub nonce: u64,
    /// The limits in force by name: the target's own, else the documented ones.
    pub limits: BTreeMap<String, u64>,
}

impl Caller {
    /// What signing needs.
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            account: &self.account,
            other: self.other.as_ref(),
            now: self.now,
            nonce: self.nonce,
            token: self.token.as_deref(),
            host: &self.host,
        }
    }
}
