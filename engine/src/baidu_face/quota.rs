//! How much an application may ask: in a second, in a day, ever.

use std::sync::{Mutex, PoisonError};

use super::account::{AppAccount, Quota};
use super::condition::Condition;

const DAY: u64 = 86_400;

/// What every application has used up, in the order of the accounts.
#[derive(Debug)]
pub(super) struct Quotas {
    used: Vec<(Quota, Mutex<Used>)>,
}

#[derive(Debug, Default)]
struct Used {
    second: (u64, u32),
    day: (u64, u64),
    total: u64,
}

impl Quotas {
    pub(super) fn new(accounts: &[AppAccount]) -> Self {
        Self { used: accounts.iter().map(|account| (account.quota, Mutex::default())).collect() }
    }

    /// Takes one request of the application at this place at a time in seconds since 1970. What is refused is not
    /// counted.
    pub(super) fn take(&self, account: usize, now: u64) -> Result<(), Condition> {
        let Some((quota, used)) = self.used.get(account) else { return Ok(()) };
        used.lock().unwrap_or_else(PoisonError::into_inner).take(*quota, now)
    }
}

impl Used {
    fn take(&mut self, quota: Quota, now: u64) -> Result<(), Condition> {
        let day = now / DAY;
        let in_second = if self.second.0 == now { self.second.1 } else { 0 };
        let in_day = if self.day.0 == day { self.day.1 } else { 0 };
        if quota.total.is_some_and(|most| self.total >= most) {
            return Err(Condition::TotalLimitReached);
        }
        if quota.day.is_some_and(|most| in_day >= most) {
            return Err(Condition::DailyLimitReached);
        }
        if quota.second.is_some_and(|most| in_second >= most) {
            return Err(Condition::RateExceeded);
        }
        self.second = (now, in_second + 1);
        self.day = (day, in_day + 1);
        self.total += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_its_own_refusal() {
        let quota = Quota { second: Some(2), day: Some(3), total: Some(4) };
        let mut used = Used::default();
        let take = |used: &mut Used, now| used.take(quota, now).err();
        assert_eq!([take(&mut used, 10), take(&mut used, 10)], [None, None]);
        assert_eq!(take(&mut used, 10), Some(Condition::RateExceeded));
        assert_eq!([take(&mut used, 11), take(&mut used, 12)], [None, Some(Condition::DailyLimitReached)]);
        assert_eq!(
            [take(&mut used, DAY), take(&mut used, DAY + 1)],
            [None, Some(Condition::TotalLimitReached)]
        );
    }
}
