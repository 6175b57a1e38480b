//! Which signatures for one use have been used up.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::condition::Condition;

/// Remembers used signatures by digest for as long as their time would still allow them.
#[derive(Debug, Default)]
pub(super) struct Replays {
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    until: HashMap<[u8; 20], u64>,
    sweep_at: usize,
}

impl Replays {
    /// Uses a signature up, or finds that it was. `forgotten_at` is when its time alone refuses it.
    pub(super) fn use_up(&self, digest: [u8; 20], now: u64, forgotten_at: u64) -> Result<(), Condition> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.until.len() >= used.sweep_at {
            used.until.retain(|_, until| *until >= now);
            used.sweep_at = (used.until.len() * 2).max(1024);
        }
        match used.until.insert(digest, forgotten_at) {
            None => Ok(()),
            Some(_) => Err(Condition::SignatureReplayed),
        }
    }
}
