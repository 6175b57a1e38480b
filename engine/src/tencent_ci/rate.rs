//! How many requests a second an account may send: a token bucket that holds one second's worth.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use lianpu_corpus::Account;

use crate::condition::Condition;

/// A bucket for each limited account.
#[derive(Debug)]
pub(super) struct RateLimits {
    buckets: Vec<Option<Mutex<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    per_second: f64,
    tokens: f64,
    filled: Instant,
}

impl RateLimits {
    pub(super) fn new(accounts: &[Account]) -> Self {
        let now = Instant::now();
        let bucket = |account: &Account| {
            let per_second = f64::from(account.requests_per_second?);
            Some(Mutex::new(Bucket { per_second, tokens: per_second, filled: now }))
        };
        Self { buckets: accounts.iter().map(bucket).collect() }
    }

    /// Takes a token of the account at this place in the list.
    pub(super) fn take(&self, account: usize, now: Instant) -> Result<(), Condition> {
        let Some(Some(bucket)) = self.buckets.get(account) else { return Ok(()) };
        bucket.lock().unwrap_or_else(PoisonError::into_inner).take(now)
    }
}

impl Bucket {
    fn take(&mut self, now: Instant) -> Result<(), Condition> {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.per_second);
        self.filled = now;
        if self.tokens < 1.0 {
            return Err(Condition::RateExceeded);
        }
        self.tokens -= 1.0;
        Ok(())
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
            assert_eq!(bucket.take(start), Ok(()));
        }
        assert_eq!(bucket.take(start), Err(Condition::RateExceeded));
        assert_eq!(bucket.take(start + Duration::from_millis(100)), Err(Condition::RateExceeded));
        assert_eq!(bucket.take(start + Duration::from_millis(250)), Ok(()));
        for _ in 0..5 {
            assert_eq!(bucket.take(start + Duration::from_secs(60)), Ok(()));
        }
        assert_eq!(bucket.take(start + Duration::from_secs(60)), Err(Condition::RateExceeded));
    }
}
