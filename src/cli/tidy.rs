//! `lianpu tidy`: deletes what a run made at its target and could not delete then.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::config;
use super::error::CliError;
use super::exit::ExitStatus;
use super::way::WayArgs;
use super::{stream, terminal};
use crate::cli::columns::count;
use crate::report::Leftover;
use crate::report::printable;
use crate::run::{self, Options, Session, Stop, Target};

/// The arguments of `tidy`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  lianpu tidy lianpu-report/events.ndjson      at the target of that run, unless another is named

Exit codes:
  0    nothing is left
  1    something is still there
  2    the events do not tell what is left, or a usage error
  3    target unreachable, or it refuses the credentials")]
pub struct TidyArgs {
    /// The events of the run
    #[arg(value_name = "EVENTS")]
    events: PathBuf,
    #[command(flatten)]
    way: WayArgs,
    /// Requests a second at most
    #[arg(long, value_name = "N", value_parser = config::rate)]
    rate: Option<f64>,
}

/// Runs the verb.
pub fn run(args: &TidyArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let usage = |why: &str| CliError::Usage(format!("{}: {why}", args.events.display()));
    let summary = stream::read(&args.events)?;
    let finished = summary
        .finished
        .ok_or_else(|| usage("the run did not come to its end, so that nobody knows what is left of it"))?;
    if finished.left.is_empty() && finished.leftovers.is_empty() {
        writeln!(out, "nothing was left")?;
        return Ok(ExitStatus::AsExpected);
    }
    let way = args.way.clone().or_of(summary.started.as_ref());
    let config = config::load(way.config.as_deref())?;
    let Some((target, _)) = way.target(config.as_ref())? else {
        return Err(usage("its target was the bundled engine, which kept nothing"));
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let still = runtime.block_on(tidy(target, &finished.left, args.rate))?;
    writeln!(out, "deleted   {}", count(finished.left.len() - still.len(), "thing"))?;
    for line in &still {
        terminal::write_note(&format!("still there: {}", printable(line)), &mut terminal::stderr())?;
    }
    Ok(if still.is_empty() { ExitStatus::AsExpected } else { ExitStatus::Deviations })
}

/// Deletes them; what is still there, a line each.
async fn tidy(target: Target, left: &[Leftover], rate: Option<f64>) -> Result<Vec<String>, CliError> {
    let timeout = Duration::from_secs(10);
    for dialect in target.accounts.keys().filter(|name| left.iter().any(|one| one.dialect == **name)) {
        run::preflight(&target, lianpu_corpus::dialect(dialect)?, timeout).await?;
    }
    let options = Options {
        jobs: 1,
        timeout,
        rate,
        seed: run::now_ms(),
        strict: false,
        dialect: left.first().map_or_else(String::new, |one| one.dialect.clone()),
        stop: Stop::default(),
        album: None,
        shard: None,
        only: None,
        keeper: None,
    };
    let session = Session::open(target, options).await.map_err(|error| CliError::Other(error.into()))?;
    session.tidy(left).await.map_err(CliError::Other)?;
    Ok(session.leftovers())
}
