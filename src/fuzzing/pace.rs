//! So many cases a second, and no more.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// Hands out moments.
#[derive(Debug)]
pub(super) struct Pace {
    apart: Option<Duration>,
    next: Cell<Instant>,
}

impl Pace {
    /// At most `rate` moments a second; without a rate, at once.
    pub(super) fn new(rate: Option<f64>) -> Self {
        let apart = rate.map(|rate| Duration::from_secs_f64(1.0 / rate));
        Self { apart, next: Cell::new(Instant::now()) }
    }

    /// Waits for the next moment.
    pub(super) async fn wait(&self) {
        let Some(apart) = self.apart else { return };
        let now = Instant::now();
        // What was missed is not made up for: a target that was slow is not flooded afterwards.
        let moment = self.next.get().max(now);
        self.next.set(moment + apart);
        if moment > now {
            tokio::time::sleep_until(moment.into()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn moments_are_apart_and_nothing_is_made_up_for() {
        let pace = Pace::new(Some(100.0));
        tokio::time::sleep(Duration::from_millis(60)).await;
        let begun = Instant::now();
        for _ in 0..6 {
            pace.wait().await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(49), "{:?}", begun.elapsed());
        assert_eq!(Pace::new(None).wait().now_or_never(), Some(()), "without a rate nobody waits");
    }
}
