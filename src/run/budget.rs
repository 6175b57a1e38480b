//! How many scenarios are handed out and not yet done.
//!
//! Cucumber's runner looks through all waiting scenarios after each finished one, which makes it quadratic; so the feed
//! hands out a window of them only, and is woken when one is done.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Waker;

/// Scenarios handed out and not done before the feed pauses; a few times the usual number at once.
const WINDOW: usize = 64;

/// Shared by the feed, which hands out, and the hook, which counts what is done.
#[derive(Debug, Default)]
pub(super) struct Budget {
    out: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

impl Budget {
    /// Whether the feed should pause; if so, the waker is kept for when a scenario is done.
    pub(super) fn spent(&self, waker: &Waker) -> bool {
        if self.out.load(Ordering::Relaxed) < WINDOW {
            return false;
        }
        *self.waker.lock().expect("nothing panics while it is held") = Some(waker.clone());
        true
    }

    pub(super) fn hand_out(&self, scenarios: usize) {
        self.out.fetch_add(scenarios, Ordering::Relaxed);
    }

    pub(super) fn done(&self) {
        self.out.fetch_sub(1, Ordering::Relaxed);
        if let Some(waker) = self.waker.lock().expect("nothing panics while it is held").take() {
            waker.wake();
        }
    }
}
