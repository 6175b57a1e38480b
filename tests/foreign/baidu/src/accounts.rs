//! The two test accounts, their access tokens and the rate at which they may call.

use std::{
    collections::HashMap,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::{
    codes::{Refusal, refuse},
    defects::Defects,
};

/// How long an access token lives, in seconds: 30 days.
pub const TOKEN_LIFE: u64 = 2_592_000;

/// A test account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Number of the application.
    pub app_id: String,
    /// API Key.
    pub api_key: String,
    /// Secret Key.
    pub secret_key: String,
}

/// The accounts with what changes about them.
#[derive(Debug)]
pub struct Accounts {
    /// The accounts; their place is their number.
    pub all: Vec<Account>,
    tokens: HashMap<String, (usize, Instant)>,
    calls: Vec<Bucket>,
    rate: Option<f64>,
}

/// How many calls an account has left.
#[derive(Clone, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Accounts {
    /// Two new accounts.
    pub fn new(rate: Option<f64>) -> Self {
        let all: Vec<Account> = (0..2)
            .map(|index| Account {
                app_id: (18_270_001 + index * 4_711).to_string(),
                api_key: letters(24),
                secret_key: letters(32),
            })
            .collect();
        let bucket = Bucket { left: rate.unwrap_or(0.0), at: Instant::now() };
        Self { calls: vec![bucket; all.len()], all, tokens: HashMap::new(), rate }
    }

    /// The account with this API Key.
    pub fn by_key(&self, api_key: &str) -> Option<usize> {
        self.all.iter().position(|account| account.api_key == api_key)
    }

    /// Issues an access token; earlier ones stay valid.
    pub fn issue(&mut self, account: usize, defects: &Defects) -> String {
        if defects.on("new-access-token-ends-old") {
            self.tokens.retain(|_, (of, _)| *of != account);
        }
        let token = format!("at.{}.{}-{}", hex(40), now() + TOKEN_LIFE, self.all[account].app_id);
        self.tokens.insert(token.clone(), (account, Instant::now()));
        token
    }

    /// Whose access token this is. What follows a second question mark is cut off: one client writes that.
    pub fn by_token(&self, token: Option<&str>, defects: &Defects) -> Result<usize, Refusal> {
        let token = token.unwrap_or_default();
        let token = token.split('?').next().unwrap_or_default();
        let sound = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
        if token.is_empty() && defects.on("no-access-token-needed") {
            return Ok(0);
        }
        if token.is_empty() || !token.chars().all(sound) {
            return refuse(if defects.on("missing-access-token-is-110") { 110 } else { 100 });
        }
        let by_end = self.all.iter().position(|account| token.ends_with(&account.app_id));
        if let Some(index) = by_end.filter(|_| defects.on("access-token-by-its-end")) {
            return Ok(index);
        }
        match self.tokens.get(token) {
            Some((_, at)) if at.elapsed() > Duration::from_secs(TOKEN_LIFE) => refuse(111),
            Some((account, _)) => Ok(*account),
            None if defects.on("unknown-access-token-is-111") => refuse(111),
            None => refuse(110),
        }
    }

    /// Takes one call from the account's rate.
    pub fn take_call(&mut self, account: usize, defects: &Defects) -> Result<(), Refusal> {
        let Some(rate) = self.rate else { return Ok(()) };
        let bucket = if defects.on("rate-shared-by-accounts") { 0 } else { account };
        let bucket = &mut self.calls[bucket];
        bucket.left = (bucket.left + bucket.at.elapsed().as_secs_f64() * rate).min(rate.max(1.0));
        bucket.at = Instant::now();
        if bucket.left < 1.0 {
            return refuse(if defects.on("rate-is-17") { 17 } else { 18 });
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Bytes as hexadecimal digits.
pub fn digits(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Random letters and digits.
pub fn letters(count: usize) -> String {
    (0..count).map(|_| fastrand::alphanumeric()).collect()
}

/// Random hexadecimal digits.
pub fn hex(count: usize) -> String {
    (0..count).map(|_| char::from(b"0123456789abcdef"[fastrand::usize(..16)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_known_and_cut_at_a_question_mark() {
        let none = Defects::default();
        let mut accounts = Accounts::new(None);
        let token = accounts.issue(1, &none);
        assert_eq!(accounts.by_token(Some(&token), &none), Ok(1));
        assert_eq!(accounts.by_token(Some(&format!("{token}?aipSdk=node")), &none), Ok(1));
        assert_eq!(accounts.by_token(Some("24.no"), &none), Err(Refusal(110)));
        assert_eq!(accounts.by_token(None, &none), Err(Refusal(100)));
    }

    #[test]
    fn the_rate_is_each_accounts_own() {
        let none = Defects::default();
        let mut accounts = Accounts::new(Some(2.0));
        let taken: Vec<bool> = (0..3).map(|_| accounts.take_call(0, &none).is_ok()).collect();
        assert_eq!(taken, [true, true, false]);
        assert!(accounts.take_call(1, &none).is_ok());
    }
}
