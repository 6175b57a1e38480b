//! What an engine is started with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lianpu_corpus::{Account, Dialect, LoadError, bundled};

use crate::baidu_face::{self, AppAccount, RegisteredCitizen};
use crate::defect::Defects;
use crate::fetch::FetchLimits;
use crate::http::HttpLimits;
use crate::tencent_ci;
use crate::vision::models;

/// The dialects that the engine answers.
pub const DIALECTS: &[&str] = &[tencent_ci::NAME, baidu_face::NAME];

/// Tells the time for signatures: seconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What an engine is started with. [`Config::documented`] is the place to start from.
#[derive(Clone)]
pub struct Config {
    /// The accounts of each dialect whose accounts have a bucket and a key.
    pub accounts: BTreeMap<String, Vec<Account>>,
    /// The applications of baidu-face.
    pub apps: Vec<AppAccount>,
    /// The register of citizens that baidu-face asks.
    pub citizens: Vec<RegisteredCitizen>,
    /// The limits of each dialect by name, such as `faces-per-person`.
    pub limits: BTreeMap<String, BTreeMap<String, u64>>,
    /// Whether the fault hook is honoured.
    pub allow_faults: bool,
    /// Whether pictures are fetched from loopback and private addresses.
    pub allow_private_urls: bool,
    /// The folder of the nets' weights; without one, or without weights in it, faces are seen without nets.
    pub models: Option<PathBuf>,
    /// The time by which signatures are judged.
    pub clock: Clock,
    /// Bounds of fetching pictures.
    pub fetch: FetchLimits,
    /// Bounds of connections.
    pub http: HttpLimits,
    /// What is done wrongly on purpose.
    #[cfg(feature = "defects")]
    pub defects: Defects,
}

/// A limit that no dialect has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no limit named {name}; there are: {known}")]
pub struct UnknownLimit {
    /// The name that was asked for.
    pub name: String,
    /// The names that exist.
    pub known: String,
}

impl Config {
    /// The accounts and limits as the dialects document them; no faults, no private addresses, the system's clock.
    pub fn documented() -> Result<Self, LoadError> {
        let dialects = DIALECTS.iter().map(|name| bundled(name)).collect::<Result<Vec<_>, _>>()?;
        let named = |dialect: &Dialect| dialect.manifest.name.clone();
        let mut limits: BTreeMap<_, _> =
            dialects.iter().map(|d| (named(d), d.manifest.limits.clone())).collect();
        let settings = limits.entry(baidu_face::NAME.to_owned()).or_default();
        for (name, value) in baidu_face::DEFAULTS {
            settings.entry((*name).to_owned()).or_insert(*value);
        }
        let (of_apps, with_buckets): (Vec<&Dialect>, Vec<_>) =
            dialects.iter().copied().partition(|d| d.manifest.name == baidu_face::NAME);
        Ok(Self {
            accounts: with_buckets.iter().map(|d| (named(d), d.manifest.accounts.clone())).collect(),
            apps: of_apps.iter().flat_map(|d| &d.manifest.accounts).map(AppAccount::from).collect(),
            citizens: baidu_face::test_citizens(),
            limits,
            allow_faults: false,
            allow_private_urls: false,
            models: models::default_dir().ok(),
            clock: Arc::new(system_time),
            fetch: FetchLimits {
                connect: Duration::from_secs(3),
                total: Duration::from_secs(5),
                most_bytes: 6 << 20,
                most_redirects: 3,
            },
            http: HttpLimits {
                head_timeout: Duration::from_secs(30),
                piece_timeout: Duration::from_secs(10),
                body_timeout: Duration::from_secs(60),
                most_connections: 4096,
                grace: Duration::from_secs(10),
            },
            #[cfg(feature = "defects")]
            defects: Defects::default(),
        })
    }

    /// Sets a limit in every dialect that has one of this name.
    pub fn set_limit(&mut self, name: &str, value: u64) -> Result<(), UnknownLimit> {
        let mut found = false;
        for limits in self.limits.values_mut() {
            if let Some(limit) = limits.get_mut(name) {
                *limit = value;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let mut known: Vec<_> = self.limits.values().flat_map(BTreeMap::keys).map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        Err(UnknownLimit { name: name.to_owned(), known: known.join(", ") })
    }

    /// What is done wrongly on purpose: nothing, but for a build that can.
    #[cfg_attr(
        not(feature = "defects"),
        expect(clippy::unused_self, reason = "there is nothing to ask without the feature")
    )]
    pub(crate) fn defects(&self) -> Defects {
        #[cfg(feature = "defects")]
        return self.defects;
        #[cfg(not(feature = "defects"))]
        Defects::default()
    }

    /// Limits every account to so many requests a second.
    pub fn set_requests_per_second(&mut self, requests: u32) {
        for account in self.accounts.values_mut().flatten() {
            account.requests_per_second = Some(requests);
        }
        for app in &mut self.apps {
            app.quota.second = Some(requests);
        }
    }
}

fn system_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
