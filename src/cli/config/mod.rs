//! `lianpu.toml`, credentials, and the target that they make.
//!
//! Flag over environment over file over default. Secrets never stand in `lianpu.toml`, only the names of the environment
//! variables that hold them. Start with [`Config::load`] and [`resolve`].

mod account;
pub(in crate::cli) mod document;
mod fault;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzzing;
mod read;
mod ready;
mod resolve;
mod route;
mod settings;

use std::path::Path;

pub use account::{AccountConfig, AccountPart};
pub use fault::{ConfigError, Fault};
#[cfg(any(test, feature = "fuzzing"))]
pub use fuzzing::fuzz_config;
pub use resolve::{from_ready, resolve};
pub use route::{RouteArgs, RouteConfig};
pub use settings::{CAPABILITIES, Config, RunConfig, TargetConfig, duration, rate};

/// The file that is read when none is named.
const DEFAULT_FILE: &str = "lianpu.toml";

/// Reads the file that is named; else `lianpu.toml`, where there is one.
pub fn load(named: Option<&Path>) -> Result<Option<Config>, ConfigError> {
    match named {
        Some(path) => Config::load(path).map(Some),
        None if Path::new(DEFAULT_FILE).exists() => Config::load(Path::new(DEFAULT_FILE)).map(Some),
        None => Ok(None),
    }
}

impl Config {
    /// Reads a file. All of its faults are collected.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::File { file: path.to_owned(), source })?;
        Self::parse(path, &text)
    }

    /// Reads the text of a file.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        read::config(file, text).map_err(ConfigError::Faults)
    }
}

#[cfg(test)]
mod tests;
