//! The front's section of the configuration: accounts and limits.

use lianpu_corpus::{LoadError, bundled};

use super::account::BucketAccount;
use super::names::NAME;
use crate::front::{Limits, Section};

/// What the front reads of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TencentCiSection {
    /// The accounts.
    pub accounts: Vec<BucketAccount>,
    /// The limits by name, such as `faces-per-person`.
    pub limits: Limits,
}

impl TencentCiSection {
    /// The accounts and limits that the dialect documents.
    pub(super) fn documented() -> Result<Box<dyn Section>, LoadError> {
        let manifest = &bundled(NAME)?.manifest;
        let accounts = manifest.accounts.iter().map(BucketAccount::from).collect();
        Ok(Box::new(Self { accounts, limits: manifest.limits.clone() }))
    }
}

impl Section for TencentCiSection {
    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    fn set_requests_per_second(&mut self, requests: Option<u32>) {
        for account in &mut self.accounts {
            account.requests_per_second = requests;
        }
    }

    fn boxed(&self) -> Box<dyn Section> {
        Box::new(self.clone())
    }
}
