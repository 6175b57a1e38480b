//! `serve`: the bundled engine alone.

use lianpu_engine::cli::serve::{self, ServeArgs};

use super::error::CliError;
use super::exit::ExitStatus;

/// Runs the engine until it is told to stop; prints its ready line.
pub fn run(args: &ServeArgs) -> Result<ExitStatus, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve::run(args, &mut std::io::stdout()));
    // The grace is over: a picture that is still being looked at is not waited for.
    runtime.shutdown_background();
    served.map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(ExitStatus::AsExpected)
}
