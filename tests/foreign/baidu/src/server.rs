//! What all calls share: accounts, libraries, the eyes and the switches.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    accounts::Accounts,
    codes::Refusal,
    defects::Defects,
    library::{Library, Rules},
    options::Options,
    picture::{self, Sighting},
};

/// How many pictures are kept in mind.
const MOST_SEEN: usize = 400;

/// The state of the server.
#[derive(Debug)]
pub struct Server {
    /// The command line.
    pub options: Options,
    /// What is planted.
    pub defects: Defects,
    accounts: Mutex<Accounts>,
    libraries: Vec<Mutex<Library>>,
    seen: Mutex<HashMap<[u8; 32], Vec<Sighting>>>,
    eyes: Semaphore,
}

impl Server {
    /// A server with empty libraries.
    pub fn new(options: Options, defects: Defects) -> Self {
        let accounts = Accounts::new(options.requests_per_second);
        let rules = Rules {
            defects: defects.clone(),
            search_delay: options.search_delay(),
            group_delete_delay: options.group_delete_delay(),
            same: options.same_likeness,
        };
        let libraries = accounts.all.iter().map(|_| Mutex::new(Library::new(rules.clone()))).collect();
        let (accounts, seen) = (Mutex::new(accounts), Mutex::new(HashMap::new()));
        Self { options, defects, accounts, libraries, seen, eyes: Semaphore::new(2) }
    }

    /// The accounts.
    pub fn accounts(&self) -> MutexGuard<'_, Accounts> {
        open(&self.accounts)
    }

    /// The library of an account.
    pub fn library(&self, account: usize) -> MutexGuard<'_, Library> {
        open(&self.libraries[if self.defects.on("one-library-for-all") { 0 } else { account }])
    }

    /// The face that a token stands for.
    pub fn known(&self, account: usize, token: &str) -> Result<Sighting, Refusal> {
        let own = self.library(account).known(token);
        if own.is_err() && self.defects.on("face-tokens-of-all-accounts") {
            let others = (0..self.libraries.len()).filter(|other| *other != account);
            return others.map(|other| self.library(other).known(token)).find(Result::is_ok).unwrap_or(own);
        }
        own
    }

    /// Keeps the tokens of a picture's faces.
    pub fn remember(&self, account: usize, seen: &[Sighting]) {
        if !self.defects.on("face-tokens-not-kept") {
            self.library(account).remember(seen);
        }
    }

    /// Looks at a picture, or remembers what was seen in it.
    pub async fn look(self: &Arc<Self>, bytes: Vec<u8>) -> Result<Vec<Sighting>, Refusal> {
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        if let Some(seen) = open(&self.seen).get(&digest) {
            return Ok(seen.clone());
        }
        let _turn = self.eyes.acquire().await.map_err(|_| Refusal(1))?;
        let server = Arc::clone(self);
        let looked = tokio::task::spawn_blocking(move || picture::look(&bytes, &server)).await;
        let sightings = looked.map_err(|_| Refusal(222_203))??;
        let mut seen = open(&self.seen);
        if seen.len() >= MOST_SEEN {
            seen.clear();
        }
        if !self.defects.on("face-token-changes") {
            seen.insert(digest, sightings.clone());
        }
        Ok(sightings)
    }
}

/// Locks, also after another thread fell over.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
