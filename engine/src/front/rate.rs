//! How many requests a second an account may send: a token bucket that holds one second's worth.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A bucket for each limited account.
#[derive(Debug)]
pub struct RateLimits {
    buckets: Vec<Option<Mutex<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    per_second: f64,
    tokens: f64,
    filled: Instant,
}

impl RateLimits {
    /// Full buckets for accounts that may send so many requests a second each; `None` is without limit.
    pub fn new(per_second: impl IntoIterator<Item = Option<u32>>) -> Self {
        let now = Instant::now();
        let bucket = |per_second: u32| {
            let per_second = f64::from(per_second);
            Mutex::new(Bucket { per_second, tokens: per_second, filled: now })
        };
        Self { buckets: per_second.into_iter().map(|limit| limit.map(bucket)).collect() }
    }

    /// Takes a token of the account at this place in the list, if there is one.
    pub fn take(&self, account: usize, now: Instant) -> bool {
        let Some(Some(bucket)) = self.buckets.get(account) else { return true };
        bucket.lock().unwrap_or_else(PoisonError::into_inner).take(now)
    }
}

impl Bucket {
    fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.per_second);
        self.filled = now;
        let allowed = self.tokens >= 1.0;
        if allowed {
            self.tokens -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_second_of_requests_passes_at_once_and_the_rest_must_wait() {
        let start = Instant::now();
        let mut bucket = Bucket { per_second: 5.0, tokens: 5.0, filled: start };
        for _ in 0..5 {
            assert!(bucket.take(start));
        }
        assert!(!bucket.take(start));
        assert!(!bucket.take(start + Duration::from_millis(100)));
        assert!(bucket.take(start + Duration::from_millis(250)));
        for _ in 0..5 {
            assert!(bucket.take(start + Duration::from_secs(60)));
        }
        assert!(!bucket.take(start + Duration::from_secs(60)));
    }
}
