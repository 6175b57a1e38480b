//! Face ids as the vendors' examples show them: decimal numbers of 19 digits that fit 63 bits.

use std::sync::atomic::{AtomicU64, Ordering};

const LEAST: u64 = 1_000_000_000_000_000_000;
const SPREAD: u64 = 7_000_000_000_000_000_000;

/// Hands out face ids; they rise by one from a random start, so that a restart does not repeat them.
#[derive(Debug)]
pub struct FaceIds {
    next: AtomicU64,
}

impl FaceIds {
    /// Starts anywhere between 10^18 and 8·10^18.
    pub fn new() -> Self {
        let mut bytes = [0; 8];
        if getrandom::fill(&mut bytes).is_err() {
            tracing::warn!("no randomness from the system: face ids start from the least one");
        }
        Self { next: AtomicU64::new(LEAST + u64::from_le_bytes(bytes) % SPREAD) }
    }

    /// The next id.
    pub fn fresh(&self) -> String {
        self.next.fetch_add(1, Ordering::Relaxed).to_string()
    }
}

impl Default for FaceIds {
    fn default() -> Self {
        Self::new()
    }
}
