//! What all scenarios of a run share.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use super::album::Album;
use super::budget::Budget;
use super::client::{Client, SendError};
use super::offered::Offers;
use super::only::Only;
use super::origin::Origin;
use super::pacer::Pacer;
use super::pictures::Pictures;
use super::target::Target;
use super::tokens::Tokens;
use super::transcript::Keeper;
use crate::report::{Event, Leftover, Shard};

/// So many requests without a connection, one after the other, and the target counts as gone.
const GONE: u32 = 20;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Scenarios at once.
    pub jobs: usize,
    /// For one request and its answer.
    pub timeout: Duration,
    /// The most requests a second that an account may send, where the user says so.
    pub rate: Option<f64>,
    /// Seed of nonces.
    pub seed: u64,
    /// Whether messages are held against the tables.
    pub strict: bool,
    /// The dialect of scenarios that name none.
    pub dialect: String,
    /// The part of the scenarios that runs.
    pub shard: Option<Shard>,
    /// The scenarios that run, where not all do.
    pub only: Option<Only>,
    /// Set from outside to stop early.
    pub stop: Stop,
    /// Photographs of real people, in the place of drawn ones.
    pub album: Option<Arc<Album>>,
    /// Who keeps what failing scenarios sent.
    pub keeper: Option<Keeper>,
}

/// Stops a run early: nothing new is begun, what runs is finished and cleaned up.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

/// What all scenarios share. One thread runs them all, so cells suffice.
pub(super) struct Context {
    pub(super) target: Target,
    pub(super) client: Client,
    pub(super) options: Options,
    pub(super) origin: Origin,
    pub(super) pictures: Pictures,
    pub(super) tokens: Tokens,
    pub(super) pacer: Pacer,
    pub(super) offers: Offers,
    pub(super) budget: Arc<Budget>,
    /// Distinguishes this run's names from those of all others.
    pub(super) run: String,
    pub(super) sink: RefCell<Box<dyn FnMut(Event)>>,
    pub(super) leftovers: RefCell<Vec<Leftover>>,
    /// Requests one after the other for which there was no connection.
    unconnected: Cell<u32>,
    scenarios: Cell<u64>,
    nonces: RefCell<SplitMix64>,
}

impl Stop {
    /// Stops the run.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the run is to stop.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Context {
    pub(super) fn new(
        target: Target,
        client: Client,
        options: Options,
        origin: Origin,
        sink: Box<dyn FnMut(Event)>,
    ) -> Self {
        Self {
            target,
            client,
            origin,
            pictures: Pictures::new(options.album.clone()),
            tokens: Tokens::default(),
            pacer: Pacer::default(),
            offers: Offers::default(),
            budget: Arc::default(),
            run: name_of_run(),
            sink: RefCell::new(sink),
            leftovers: RefCell::default(),
            unconnected: Cell::default(),
            scenarios: Cell::default(),
            nonces: RefCell::new(SplitMix64::seed_from_u64(options.seed)),
            options,
        }
    }

    /// Notes whether somebody listened. Where nobody did for many requests, the run stops: the target is gone.
    pub(super) fn note_connection<T>(&self, answer: &Result<T, SendError>) {
        let unconnected = match answer {
            Err(SendError::Connect(_)) => self.unconnected.get() + 1,
            _ => 0,
        };
        self.unconnected.set(unconnected);
        if self.is_gone() {
            self.options.stop.now();
        }
    }

    /// Whether the target is gone.
    pub(super) fn is_gone(&self) -> bool {
        self.unconnected.get() >= GONE
    }

    /// The prefix of everything that the next scenario names.
    pub(super) fn next_namespace(&self) -> String {
        let number = self.scenarios.get() + 1;
        self.scenarios.set(number);
        format!("lp{}_{number}", self.run)
    }

    /// A number of at most ten digits that follows from the seed.
    pub(super) fn next_nonce(&self) -> u64 {
        self.nonces.borrow_mut().next_u64() % 10_000_000_000
    }

    /// Seconds since 1970.
    pub(super) fn now() -> i64 {
        since_epoch().as_secs().cast_signed()
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    since_epoch().as_millis() as u64
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Unique among runs that a target may see together: time and process, in base 36.
fn name_of_run() -> String {
    let mut number = since_epoch().as_millis() as u64 ^ (u64::from(std::process::id()) << 24);
    let mut digits = VecDeque::new();
    for _ in 0..6 {
        digits.push_front(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.into_iter().collect()
}
