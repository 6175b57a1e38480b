//! The options for what runs again, and for stopping early.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::earlier::{Again, Earlier};
use crate::cli::error::CliError;

/// The options for what runs again, and for stopping early.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Again")]
pub(super) struct AgainArgs {
    /// Run again what failed, or could not be judged, in these events; the reports hold all of that run
    #[arg(long, value_name = "EVENTS", conflicts_with_all = ["resume", "shard"])]
    rerun: Option<PathBuf>,
    /// Go on with a run that was broken off: what its events hold is not asked again
    #[arg(long, value_name = "EVENTS", conflicts_with = "shard")]
    resume: Option<PathBuf>,
    /// Run what fails so many times more; what passes then is `flaky`, which is no success
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=100))]
    pub(super) retries: u32,
    /// Stop once so many scenarios have failed
    #[arg(long, value_name = "N")]
    pub(super) max_fail: Option<NonZeroUsize>,
}

impl AgainArgs {
    /// The run that is taken up again.
    pub(super) fn earlier(&self) -> Result<Option<Earlier>, CliError> {
        let named = [(&self.rerun, Again::Failed), (&self.resume, Again::Left)];
        let named = named.into_iter().find_map(|(path, again)| Some((path.as_ref()?, again)));
        named.map(|(path, again)| Earlier::read(path, again)).transpose()
    }
}
