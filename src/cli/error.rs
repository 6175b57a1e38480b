//! What ends a verb early, and what the command's exit says.

use std::path::PathBuf;
use std::process::ExitCode;

use lianpu_corpus::LoadError;

use super::config::ConfigError;
use crate::provoke::ProvokeError;
use crate::report::ReadError;

/// What the command's exit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// Everything is as expected.
    AsExpected = 0,
    /// There are deviations; of `features --check`: a file is stale.
    Deviations = 1,
    /// A usage, configuration or catalogue error; nothing was sent.
    Usage = 2,
    /// The target cannot be reached, or refuses the authentication of a good request.
    Unreachable = 3,
    /// No deviation but stale or expired expectations.
    StaleExpectations = 4,
    /// Fewer scenarios ran than the canonical set has.
    FewerScenarios = 5,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

/// What ends a verb early.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The command line asks for what is not there.
    #[error("{0}")]
    Usage(String),
    /// `lianpu.toml`, a credentials file or the environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A dialect cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Recipes that make no scenario.
    #[error("{}", lines("recipes that make no scenario:", .0))]
    Catalogue(Vec<ProvokeError>),
    /// A stream of events that is none.
    #[error("{path}")]
    Events {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: ReadError,
    },
    /// The target cannot be reached.
    #[error("the target at {base_url} cannot be reached")]
    Unreachable {
        /// Its address.
        base_url: String,
        /// What the client says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The target refuses a request that is good.
    #[error("the target at {base_url} refuses the authentication of a good request: {why}")]
    Authentication {
        /// Its address.
        base_url: String,
        /// What it answered, without secrets.
        why: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {doing}")]
    File {
        /// The file.
        path: PathBuf,
        /// `cannot be read`, `cannot be written`.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// Standard output or error is gone.
    #[error("cannot write the results")]
    Output(#[from] std::io::Error),
    /// Anything else that keeps us from our work.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl CliError {
    /// What the exit says.
    pub fn exit_status(&self) -> ExitStatus {
        match self {
            Self::Usage(_) | Self::Config(_) | Self::Load(_) | Self::Catalogue(_) => ExitStatus::Usage,
            Self::Unreachable { .. } | Self::Authentication { .. } => ExitStatus::Unreachable,
            Self::Events { .. } | Self::File { .. } | Self::Output(_) | Self::Other(_) => {
                ExitStatus::Deviations
            }
        }
    }

    /// Whether the reader of our output went away, as `head` does: then there is nobody to complain to.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

fn lines(heading: &str, errors: &[ProvokeError]) -> String {
    let lines: Vec<_> = errors.iter().map(|error| format!("\n{error}")).collect();
    format!("{heading}{}", lines.concat())
}
