//! What can be set in `lianpu.toml`, as values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use lianpu_corpus::Certainty;

use super::account::AccountConfig;
use super::route::RouteConfig;
use crate::report::Threshold;

/// What a target can be said to have.
pub const CAPABILITIES: [&str; 5] = ["content-markers", "face-nets", "fault-hook", "origin", "test-citizens"];

/// `lianpu.toml`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// Where it was read from.
    pub file: PathBuf,
    /// `[run]`.
    pub run: RunConfig,
    /// `[target.<name>]`.
    pub targets: BTreeMap<String, TargetConfig>,
}

/// `[run]`: what holds where the command line does not say otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunConfig {
    /// Scenarios at once.
    pub jobs: Option<u16>,
    /// For one request and its answer; in the file in seconds.
    pub timeout: Option<Duration>,
    /// The seed of nonces and names.
    pub seed: Option<u64>,
    /// The reports to write, each as `--report` takes it: `json=PATH`.
    pub reports: Vec<String>,
    /// The expectations file.
    pub expectations: Option<PathBuf>,
    /// The weakest certainty whose deviations fail a run.
    pub gate_on: Option<Certainty>,
    /// The figures that must be met.
    pub gate: Vec<Threshold>,
}

/// `[target.<name>]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TargetConfig {
    /// Scheme, host and port.
    pub base_url: String,
    /// The dialects it speaks; empty: all that have accounts.
    pub dialects: Vec<String>,
    /// What it has; `None`: as an address without configuration.
    pub capabilities: Option<BTreeSet<String>>,
    /// The operations it has; `None`: it does not say.
    pub operations: Option<BTreeSet<String>>,
    /// The operations it lacks.
    pub without: BTreeSet<String>,
    /// The address under which it reaches the harness's origin.
    pub origin: Option<String>,
    /// Its limits by dialect and name.
    pub limits: BTreeMap<String, BTreeMap<String, u64>>,
    /// `[target.<name>.account.<dialect>]`.
    pub accounts: BTreeMap<String, AccountConfig>,
    /// `[target.<name>.second_account.<dialect>]`.
    pub second_accounts: BTreeMap<String, AccountConfig>,
    /// How requests get to it.
    pub route: RouteConfig,
}

/// Reads a number a second as the command line takes it.
pub fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| format!("no number {text:?}"))?;
    if (0.001..=1e6).contains(&rate) { Ok(rate) } else { Err("must be from 0.001 to 1000000".to_owned()) }
}

/// Reads a time as the command line takes it: `500ms`, `10s`, `2.5s`, `1m`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("no time {text:?}; write such as 10s, 500ms or 1m");
    let digits = text.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(digits);
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    reasonable(number * seconds).ok_or_else(|| format!("{text}: must be more than 0 and at most an hour"))
}

/// A time that a request can be given, in seconds: from a millisecond to an hour.
pub(super) fn reasonable(seconds: f64) -> Option<Duration> {
    let time = Duration::try_from_secs_f64(seconds).ok()?;
    (1..=3_600_000).contains(&time.as_millis()).then_some(time)
}
