//! In place of the bundled engine in a build without it: a target must be named.

use crate::cli::error::CliError;
use crate::run::Target;

/// Never there in such a build.
pub(in crate::cli) struct Bundled {
    /// What the user should know of it.
    pub(in crate::cli) notes: Vec<String>,
}

/// Says that there is no engine to start.
pub(in crate::cli) fn start(_setup: bool) -> Result<(Bundled, Target), CliError> {
    Err(CliError::Usage("this build has no bundled engine; name a target with --target".to_owned()))
}
