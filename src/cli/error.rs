//! What ends a verb early.

use std::path::PathBuf;

use lianpu_corpus::LoadError;

use super::catalog::CatalogError;
use super::config::ConfigError;
use super::exit::ExitStatus;
use super::portrait::PortraitError;
use crate::bundle::BundleError;
use crate::fuzzing::JournalError;
use crate::provoke::ProvokeError;
use crate::report::ReadError;
use crate::run::{AlbumError, PreflightError};

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
    /// The catalogue's verbs: import, lint, diff.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A file that is not a stream of events.
    #[error("{path}")]
    Events {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: Box<ReadError>,
    },
    /// The target cannot be reached, or refuses the signature of a good request.
    #[error(transparent)]
    Preflight(Box<PreflightError>),
    /// The target went away in the middle.
    #[error("target {0} is gone: nobody listens there any more; the reports hold what was judged until then")]
    Gone(String),
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
    /// A folder or file that is not a bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A campaign's journal that cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A report cannot be written any more, though its file could be created.
    #[error("{path}: the report cannot be written")]
    Report {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Standard output or error is gone.
    #[error("cannot write the results")]
    Output(#[from] std::io::Error),
    /// `portrait` could not draw or write.
    #[error(transparent)]
    Portrait(#[from] PortraitError),
    /// A folder of photographs that cannot stand for the drawn people.
    #[error(transparent)]
    Album(#[from] AlbumError),
    /// Anything else that keeps us from our work.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl From<PreflightError> for CliError {
    fn from(error: PreflightError) -> Self {
        Self::Preflight(Box::new(error))
    }
}

impl CliError {
    /// What the exit says.
    pub fn exit_status(&self) -> ExitStatus {
        match self {
            Self::Usage(_)
            | Self::Config(_)
            | Self::Load(_)
            | Self::Catalogue(_)
            | Self::Catalog(_)
            | Self::File { .. }
            | Self::Album(_)
            | Self::Bundle(_)
            | Self::Events { .. }
            | Self::Portrait(_) => ExitStatus::Usage,
            Self::Journal(error) => match error {
                JournalError::Write { .. } => ExitStatus::Deviations,
                _ => ExitStatus::Usage,
            },
            Self::Preflight(error) => match **error {
                PreflightError::NoAccount { .. } => ExitStatus::Usage,
                _ => ExitStatus::Unreachable,
            },
            Self::Gone(_) => ExitStatus::Unreachable,
            Self::Report { .. } | Self::Output(_) | Self::Other(_) => ExitStatus::Deviations,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_error_has_its_exit() {
        let account = PreflightError::NoAccount { target: "t".into(), dialect: "d".into() };
        let refused = PreflightError::Unreachable {
            target: "t".into(),
            why: crate::run::SendError::Connect("refused".into()),
        };
        let gone = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        for (error, status) in [
            (CliError::Usage("x".into()), ExitStatus::Usage),
            (ConfigError::NoTarget.into(), ExitStatus::Usage),
            (LoadError::NoSuchDialect("x".into()).into(), ExitStatus::Usage),
            (CliError::Catalogue(Vec::new()), ExitStatus::Usage),
            (
                CliError::File { path: "x".into(), doing: "cannot be written", source: gone() },
                ExitStatus::Usage,
            ),
            (CliError::Report { path: "x".into(), source: gone() }, ExitStatus::Deviations),
            (account.into(), ExitStatus::Usage),
            (refused.into(), ExitStatus::Unreachable),
            (gone().into(), ExitStatus::Deviations),
        ] {
            assert_eq!(error.exit_status(), status, "{error}");
        }
        assert!(CliError::from(gone()).is_broken_pipe());
        assert_eq!(ExitStatus::Interrupted as u8, 130);
    }
}
