//! The front's section of the configuration: applications, the register of citizens, limits and settings.

use lianpu_corpus::{LoadError, bundled};

use super::account::AppAccount;
use super::citizens::{RegisteredCitizen, test_citizens};
use super::names::NAME;
use super::settings::DEFAULTS;
use crate::front::{Limits, Section};

/// What the front reads of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaiduFaceSection {
    /// The applications.
    pub apps: Vec<AppAccount>,
    /// The register of citizens that the identity check asks.
    pub citizens: Vec<RegisteredCitizen>,
    /// The limits and settings by name, such as `faces-per-user`.
    pub limits: Limits,
}

impl BaiduFaceSection {
    /// The applications and limits that the dialect documents, and the test citizens.
    pub(super) fn documented() -> Result<Box<dyn Section>, LoadError> {
        let manifest = &bundled(NAME)?.manifest;
        let mut limits = manifest.limits.clone();
        for (name, value) in DEFAULTS {
            limits.entry((*name).to_owned()).or_insert(*value);
        }
        let apps = manifest.accounts.iter().map(AppAccount::from).collect();
        limits.insert("search-settling-seconds".to_owned(), 0); // a face is found as soon as it is added
        Ok(Box::new(Self { apps, citizens: test_citizens(), limits }))
    }
}

impl Section for BaiduFaceSection {
    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    fn set_requests_per_second(&mut self, requests: Option<u32>) {
        for app in &mut self.apps {
            app.quota.second = requests;
        }
    }

    fn boxed(&self) -> Box<dyn Section> {
        Box::new(self.clone())
    }
}
