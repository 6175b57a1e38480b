//! What is wrong with a configuration: never with a secret in it.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A configuration that makes no target.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{file}: cannot be read")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What is wrong, all of it.
    #[error("{}", listed(.0))]
    Faults(Vec<Fault>),
    /// No target was named.
    #[error("no target: give --target with a name from lianpu.toml or an address, or --credentials FILE")]
    NoTarget,
    /// The target is neither configured nor an address.
    #[error("no target named {name}{hint}; an address begins with http:// or https://")]
    UnknownTarget {
        /// The name.
        name: String,
        /// What is there.
        hint: String,
    },
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, or `environment`, or `--target`.
    pub file: String,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// The key, such as `target.staging.base_url`; empty where there is none.
    pub key: String,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.why)
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
