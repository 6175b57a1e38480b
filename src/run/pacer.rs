//! How fast each account may ask: as declared, as the user says, or as the target's refusals teach.
//!
//! A refusal for the rate is no answer to the question that was asked. Who asks waits for its [`Pacer::turn`], tells what
//! came, and asks again where it was refused. One thread asks everything, so cells suffice.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// The time in which no more are sent than a second's rate: what leaves here a second apart may arrive closer.
const WINDOW: Duration = Duration::from_millis(1100);

/// How long an account is left alone after a refusal that does not say how long.
const PAUSE: Duration = Duration::from_millis(1100);

/// The longest that a target's `Retry-After` is believed.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Refusals closer together than this are of requests that were under way together: they teach one thing.
const TOGETHER: Duration = Duration::from_secs(1);

/// The slowest that refusals teach: requests a second.
const SLOWEST: f64 = 0.2;

/// Who is paced: a dialect's first account, or its second.
pub(super) type Lane = (&'static str, bool);

/// The pace of every account.
#[derive(Debug, Default)]
pub(super) struct Pacer(RefCell<HashMap<Lane, Pace>>);

#[derive(Debug, Default)]
struct Pace {
    /// Requests a second; none: not limited, as far as is known.
    rate: Option<f64>,
    /// Whether requests keep a distance, and do not come in bursts.
    is_spaced: bool,
    /// When the last ones were sent or will be, as many as a window may hold.
    sent: VecDeque<Instant>,
    /// When the last ones were answered otherwise than by a refusal, within a second.
    taken: VecDeque<Instant>,
    /// Nothing is sent before.
    free_at: Option<Instant>,
    last_refused: Option<Instant>,
}

impl Pacer {
    /// Waits until the account may ask. `declared`: requests a second, where they are known.
    pub(super) async fn turn(&self, lane: Lane, declared: Option<f64>) {
        let now = Instant::now();
        let at = self.0.borrow_mut().entry(lane).or_default().reserve(now, declared);
        if at > now {
            tokio::time::sleep(at - now).await;
        }
    }

    /// A request was sent out of turn.
    pub(super) fn sent_at_once(&self, lane: Lane) {
        self.0.borrow_mut().entry(lane).or_default().send(Instant::now());
    }

    /// The account was answered, and not refused.
    pub(super) fn taken(&self, lane: Lane) {
        self.0.borrow_mut().entry(lane).or_default().take(Instant::now());
    }

    /// The account was refused for its rate.
    pub(super) fn refused(&self, lane: Lane, retry_after: Option<Duration>) {
        self.0.borrow_mut().entry(lane).or_default().refuse(Instant::now(), retry_after);
    }
}

impl Pace {
    fn reserve(&mut self, now: Instant, declared: Option<f64>) -> Instant {
        if self.rate.is_none() {
            self.rate = declared;
        }
        let mut at = self.free_at.map_or(now, |free| free.max(now));
        if let Some(rate) = self.rate {
            if self.is_spaced || rate < 1.0 {
                let gap = WINDOW.div_f64(rate);
                at = self.sent.back().map_or(at, |last| at.max(*last + gap));
            } else if let Some(first) = self.sent.len().checked_sub(rate as usize) {
                at = at.max(self.sent[first] + WINDOW);
            }
        }
        self.send(at);
        at
    }

    fn send(&mut self, at: Instant) {
        let most = self.rate.map_or(1, |rate| rate.max(1.0) as usize);
        self.sent.push_back(at);
        self.sent.drain(..self.sent.len().saturating_sub(most));
    }

    fn take(&mut self, now: Instant) {
        self.taken.push_back(now);
        self.forget(now);
    }

    fn forget(&mut self, now: Instant) {
        while self.taken.front().is_some_and(|first| now - *first > TOGETHER) {
            self.taken.pop_front();
        }
    }

    fn refuse(&mut self, now: Instant, retry_after: Option<Duration>) {
        let free_at = now + retry_after.map_or(PAUSE, |told| told.min(LONGEST_PAUSE).max(PAUSE));
        self.free_at = Some(self.free_at.map_or(free_at, |known| known.max(free_at)));
        if self.last_refused.is_some_and(|last| now - last < TOGETHER) {
            return;
        }
        self.last_refused = Some(now);
        self.forget(now);
        match self.rate {
            // What was taken in the second before is what the target takes in a second.
            None => self.rate = Some((self.taken.len() as f64).max(1.0)),
            Some(_) if !self.is_spaced => self.is_spaced = true,
            Some(rate) => self.rate = Some((rate * 0.75).max(SLOWEST)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks a target that takes so many requests in any second: how often it refused, and when it took each.
    fn ask(
        pace: &mut Pace,
        now: &mut Instant,
        requests: usize,
        declared: Option<f64>,
        takes: usize,
    ) -> (usize, Vec<Instant>) {
        let (mut refused, mut taken): (usize, Vec<Instant>) = (0, Vec::new());
        while taken.len() < requests {
            *now = pace.reserve(*now, declared);
            if taken.iter().filter(|at| *now - **at < Duration::from_secs(1)).count() < takes {
                taken.push(*now);
                pace.take(*now);
            } else {
                refused += 1;
                pace.refuse(*now, None);
            }
        }
        (refused, taken)
    }

    #[test]
    fn a_declared_rate_is_never_passed_and_bursts_are_used() {
        let begun = Instant::now();
        let (refused, taken) = ask(&mut Pace::default(), &mut begun.clone(), 50, Some(5.0), 5);
        assert_eq!(refused, 0);
        assert_eq!(taken[4], begun, "the first five need no pause");
        assert_eq!(taken[49] - begun, WINDOW * 9);
    }

    #[test]
    fn a_rate_that_nobody_declared_is_learned_from_one_refusal() {
        assert_eq!(ask(&mut Pace::default(), &mut Instant::now(), 200, None, 7).0, 1);
    }

    #[test]
    fn a_target_that_takes_less_than_it_declares_slows_it_down_until_nothing_is_refused() {
        let (mut pace, mut now) = (Pace::default(), Instant::now());
        ask(&mut pace, &mut now, 40, Some(20.0), 2);
        assert_eq!(ask(&mut pace, &mut now, 20, Some(20.0), 2).0, 0);
    }

    #[test]
    fn retry_after_is_kept_within_reason() {
        for (told, kept) in [(9, 9), (86_400, 60)] {
            let (mut pace, now) = (Pace::default(), Instant::now());
            pace.refuse(now, Some(Duration::from_secs(told)));
            assert_eq!(pace.reserve(now, None) - now, Duration::from_secs(kept));
        }
    }

    #[test]
    fn less_than_one_a_second_is_kept_too() {
        let (mut pace, begun) = (Pace::default(), Instant::now());
        let taken = ask(&mut pace, &mut begun.clone(), 3, Some(0.5), 1).1;
        assert_eq!(taken[2] - begun, WINDOW * 4);
    }
}
