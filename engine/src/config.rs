//! What an engine is started with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lianpu_corpus::LoadError;

use crate::defect;
use crate::fetch::{FetchError, FetchLimits, Fetcher};
use crate::front::{Clock, Context, Defects, Section, Sections};
use crate::fronts;
use crate::gallery::MemoryStore;
use crate::http::HttpLimits;
use crate::vision::{Analyser, Workers, models};

/// What an engine is started with. [`Config::documented`] is the place to start from.
#[derive(Clone)]
pub struct Config {
    /// What each front reads, by the front's name: its accounts, its limits and what else it needs.
    pub sections: Sections,
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
    pub defects: Defects,
}

/// A limit that no front has.
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
        Ok(Self {
            sections: fronts::documented()?,
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
            defects: Defects::default(),
        })
    }

    /// The section of this type, if there is one: each front has a type of its own.
    pub fn section<S: Section>(&self) -> Option<&S> {
        self.sections.values().find_map(|section| section.get())
    }

    /// The section of this type, to be changed.
    pub fn section_mut<S: Section>(&mut self) -> Option<&mut S> {
        self.sections.values_mut().find_map(|section| section.get_mut())
    }

    /// Sets a limit in every section that has one of this name.
    pub fn set_limit(&mut self, name: &str, value: u64) -> Result<(), UnknownLimit> {
        let mut found = false;
        for section in self.sections.values_mut() {
            if let Some(limit) = section.limits_mut().get_mut(name) {
                *limit = value;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let limits = self.sections.values().map(|section| section.limits());
        let mut known: Vec<_> = limits.flat_map(BTreeMap::keys).map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        Err(UnknownLimit { name: name.to_owned(), known: known.join(", ") })
    }

    /// Limits every account to so many requests a second; `None` lifts all such limits.
    pub fn set_requests_per_second(&mut self, requests: impl Into<Option<u32>>) {
        let requests = requests.into();
        for section in self.sections.values_mut() {
            section.set_requests_per_second(requests);
        }
    }

    /// What fronts of this configuration work with; a store in memory is made for them.
    pub fn context(&self, analyser: Arc<dyn Analyser>) -> Result<Context, FetchError> {
        let analyser = defect::eyes::seeing(analyser, &self.defects);
        Ok(Context {
            clock: Arc::clone(&self.clock),
            workers: Workers::new(Arc::clone(&analyser)),
            analyser,
            fetcher: Fetcher::new(self.fetch.clone(), self.allow_private_urls)?,
            store: Arc::new(MemoryStore::default()),
            allow_faults: self.allow_faults,
            defects: self.defects.clone(),
        })
    }
}

fn system_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
