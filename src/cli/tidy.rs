//! `lianpu tidy`: deletes what a run made at its target and could not delete then.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::asked::Way;
use super::config::{self, RouteArgs};
use super::error::CliError;
use super::exit::ExitStatus;
use super::run::resolve;
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
    /// Address, or name in lianpu.toml, of the target [default: that of the run]
    #[arg(long, value_name = "URL|NAME")]
    target: Option<String>,
    /// File with the ready line of `lianpu serve`: address, accounts, capabilities, limits
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// Configuration [default: that of the run, or lianpu.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Requests a second at most
    #[arg(long, value_name = "N", value_parser = config::rate)]
    rate: Option<f64>,
    #[command(flatten)]
    route: RouteArgs,
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
    let given = Way {
        target: args.target.clone(),
        credentials: args.credentials.clone(),
        config: args.config.clone(),
        route: args.route.clone(),
    };
    let way = given.or_of(summary.started.as_ref());
    if way.target.is_none() && way.credentials.is_none() {
        return Err(usage("its target was the bundled engine, which kept nothing"));
    }
    let config = config::load(way.config.as_deref())?;
    let (target, _) =
        resolve(way.target.as_deref(), way.credentials.as_deref(), config.as_ref(), &way.route)?;
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
