//! The engine: what all requests share, and how a picture is got and looked at.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::download;
use crate::fields::Source;
use crate::found::Seen;
use crate::library::{Library, Tenant};
use crate::sight;
use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// The letters of ids.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) defects: Defects,
    /// Requests per second that an account may send, if there is a limit.
    rate: Option<u32>,
    library: Mutex<Library>,
    recent: Mutex<HashMap<String, VecDeque<Instant>>>,
    used: Mutex<HashSet<String>>,
    fetched: Mutex<HashMap<String, Vec<u8>>>,
    eyes: Semaphore,
    drawn: AtomicU64,
    chance: RandomState,
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    pub(crate) fn new(defects: Defects, rate: Option<u32>) -> Self {
        Engine {
            defects,
            rate,
            library: Mutex::default(),
            recent: Mutex::default(),
            used: Mutex::default(),
            fetched: Mutex::default(),
            eyes: Semaphore::new(2),
            drawn: AtomicU64::new(0),
            chance: RandomState::new(),
        }
    }

    /// An id that was never given: 13 letters, drawn from chance.
    pub(crate) fn new_id(&self, prefix: &str) -> String {
        let mut left = self.chance.hash_one(self.drawn.fetch_add(1, Ordering::Relaxed));
        let mut id = prefix.to_owned();
        for _ in 0..13 {
            id.push(char::from(LETTERS[(left % 32) as usize]));
            left /= 32;
        }
        id
    }

    /// Works on the library of an account, alone.
    pub(crate) fn with_tenant<T>(&self, appid: &str, work: impl FnOnce(&mut Tenant) -> T) -> T {
        work(lock(&self.library).tenant(appid, &self.defects))
    }

    /// Works on all libraries, alone.
    pub(crate) fn with_library<T>(&self, work: impl FnOnce(&mut Library) -> T) -> T {
        work(&mut lock(&self.library))
    }

    /// Counts a request of an account against its rate.
    pub(crate) fn count(&self, appid: &str) -> Result<(), Code> {
        let Some(rate) = self.rate.filter(|_| !self.defects.has(Defect::RateUnlimited)) else {
            return Ok(());
        };
        let mut recent = lock(&self.recent);
        let account = if self.defects.has(Defect::RateShared) { "" } else { appid };
        let times = recent.entry(account.to_owned()).or_default();
        let now = Instant::now();
        while times.front().is_some_and(|time| now.duration_since(*time) >= Duration::from_secs(1)) {
            times.pop_front();
        }
        if times.len() >= rate as usize {
            return Err(if self.defects.has(Defect::RateAs3) { Code::BAD_REQUEST } else { Code::TOO_OFTEN });
        }
        times.push_back(now);
        Ok(())
    }

    /// Whether a signature comes for the first time.
    pub(crate) fn is_first_use(&self, signature: &str) -> bool {
        lock(&self.used).insert(signature.to_owned())
    }

    /// Gets a picture and looks at it.
    pub(crate) async fn see(self: &Arc<Self>, source: Source) -> Result<Seen, Code> {
        let bytes = match source {
            Source::Bytes(bytes) => bytes,
            Source::Url(url) if url.is_empty() => return Err(Code::EMPTY_IMAGE),
            Source::Url(url) => self.fetch(&url).await?,
        };
        let Ok(_permit) = self.eyes.acquire().await else { return Err(Code::INTERNAL) };
        let engine = Arc::clone(self);
        let looking = tokio::task::spawn_blocking(move || sight::look(&bytes, &engine.defects));
        looking.await.unwrap_or(Err(Code::INTERNAL))
    }

    async fn fetch(&self, url: &str) -> Result<Vec<u8>, Code> {
        let stale = self.defects.has(Defect::StaleDownload);
        if stale && let Some(bytes) = lock(&self.fetched).get(url) {
            return Ok(bytes.clone());
        }
        let bytes = download::fetch(url).await.map_err(|code| match code {
            Code::BAD_URL if self.defects.has(Defect::BadUrlAs213) => Code::INTERNAL,
            Code::BAD_URL => code,
            _ if self.defects.has(Defect::DownloadFailureAs213) => Code::INTERNAL,
            _ => code,
        })?;
        if stale {
            lock(&self.fetched).insert(url.to_owned(), bytes.clone());
        }
        Ok(bytes)
    }
}
