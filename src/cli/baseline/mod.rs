//! `lianpu baseline`: keeps an expectations file. Only these verbs change it, and only what they are about.

mod capture;
mod change;
mod check;
mod prune;
mod update;

use std::io::Write;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::exit::ExitStatus;
use super::expectations::today;

/// The arguments of `baseline`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu run --target staging
  lianpu baseline capture lianpu-report/events.ndjson --reason 'before 2.0' --expires 2027-06-30
  lianpu run --target staging --expectations expectations.toml       # exits 0 now
  lianpu baseline prune lianpu-report/events.ndjson                  # what is mended goes")]
pub struct BaselineArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add an entry for every deviation of a run that has none
    Capture(capture::CaptureArgs),
    /// Pin anew what deviates otherwise than its entry says
    Update(update::UpdateArgs),
    /// Take out the entries whose scenarios all ran and passed
    Prune(prune::PruneArgs),
    /// Say whether a file is sound, and what of it has expired
    Check(check::CheckArgs),
}

/// Runs the verb.
pub fn run(args: &BaselineArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    match &args.verb {
        Verb::Capture(args) => capture::run(args, today(), out),
        Verb::Update(args) => update::run(args, today(), out),
        Verb::Prune(args) => prune::run(args, out),
        Verb::Check(args) => check::run(args, today(), out),
    }
}
