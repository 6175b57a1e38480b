//! The implementation under test, as the harness knows it.

use std::collections::{BTreeMap, BTreeSet};

use lianpu_corpus::Account;

use super::route::Route;

/// An implementation under test.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its name in the configuration, or `bundled`, or its address.
    pub name: String,
    /// Scheme, host and port, without a slash at the end: `http://127.0.0.1:8080`.
    pub base_url: String,
    /// The accounts of each dialect; the first asks, the second is for what needs two.
    pub accounts: BTreeMap<String, Vec<Account>>,
    /// What it has: `fault-hook`, `face-nets`, `origin` (it can and may fetch from the harness's origin).
    pub capabilities: BTreeSet<String>,
    /// Those of the capabilities that nobody named.
    pub assumed: BTreeSet<String>,
    /// The operations that it says it has, such as `shape` or `tencent-ci/shape`; none: it does not say.
    pub operations: Option<BTreeSet<String>>,
    /// The operations that it says it lacks.
    pub without: BTreeSet<String>,
    /// Its limits by dialect and name, where they differ from the documented ones.
    pub limits: BTreeMap<String, BTreeMap<String, u64>>,
    /// The address under which it reaches the harness's origin; absent: the loopback address the origin listens on.
    pub origin: Option<String>,
    /// How requests get to it.
    pub route: Route,
}

impl Target {
    /// Whether it offers an operation of a dialect, where it says so.
    pub fn offers(&self, dialect: &str, operation: &str) -> Option<bool> {
        let names = |named: &BTreeSet<String>| {
            named.contains(operation) || named.contains(&format!("{dialect}/{operation}"))
        };
        if names(&self.without) {
            return Some(false);
        }
        self.operations.as_ref().map(names)
    }

    /// The limit in force for a dialect: the target's own, else the documented one.
    pub fn limit(&self, dialect: &lianpu_corpus::Dialect, name: &str) -> Option<u64> {
        let own = self.limits.get(&dialect.manifest.name).and_then(|limits| limits.get(name));
        own.or_else(|| dialect.manifest.limits.get(name)).copied()
    }

    /// Host and port, as a `Host` header names them.
    pub fn host(&self) -> &str {
        self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, host)| host)
    }

    /// The account that asks.
    pub fn account(&self, dialect: &str) -> Option<&Account> {
        self.accounts.get(dialect).and_then(|accounts| accounts.first())
    }

    /// The account for what needs two.
    pub fn second_account(&self, dialect: &str) -> Option<&Account> {
        self.accounts.get(dialect).and_then(|accounts| accounts.get(1))
    }
}
