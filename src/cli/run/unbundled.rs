//! In place of the bundled engine in a build without it: a target must be named.

use crate::cli::error::CliError;
use crate::run::Target;

/// Never there in such a build.
pub(super) struct Bundled {
    /// What the user should know of it.
    pub(super) notes: Vec<String>,
}

/// Says that there is no engine to start.
pub(super) fn start(_setup: bool) -> Result<(Bundled, Target), CliError> {
    Err(CliError::Usage("this build has no bundled engine; name a target with --target".to_owned()))
}
