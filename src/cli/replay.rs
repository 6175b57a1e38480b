//! `replay`: sends a finding's request again and says whether the finding is still there.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::config;
use super::error::{CliError, ExitStatus};
use super::run::{bundled, resolve};
use super::terminal;
use crate::fuzzing::{self, Bundle, Mode, ReplayError, Replayed, read_bundle};
use crate::report::{Palette, printable};
use crate::run::{self, Options, Session, Stop, Target, Trouble};

/// The arguments of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu replay lianpu-fuzz/20261121-081500/001-tencent-ci-detect-expired --target staging
  lianpu replay BUNDLE --exact    the same bytes, for what depends on every one of them

Exit codes:
  0    the finding is gone
  1    it is still there
  2    no bundle, an edited one, or a usage error; nothing was sent
  3    target unreachable, or it refuses good requests
  5    the bytes say nothing any more: their signature has expired")]
pub struct ReplayArgs {
    /// The bundle: its folder or its bundle.json
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Send the same bytes, with the target's secrets put in
    #[arg(long, conflicts_with = "resign")]
    exact: bool,
    /// Make the request anew: new time, new names, new signature [default]
    #[arg(long)]
    resign: bool,
    /// Address, or name in lianpu.toml, of the implementation to test [default: the bundled engine]
    #[arg(long, value_name = "URL|NAME")]
    target: Option<String>,
    /// File with the ready line of `lianpu serve`: address, accounts, capabilities, limits
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// Configuration [default: lianpu.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Time for one request and its answer, such as 10s or 500ms [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration)]
    timeout: Option<Duration>,
}

/// Runs the verb.
pub fn run(args: &ReplayArgs) -> Result<ExitStatus, CliError> {
    let bundle = read_bundle(&args.bundle)?;
    let config = config::load(args.config.as_deref())?;
    let (engine, target) = match (&args.target, &args.credentials) {
        (None, None) => {
            let (engine, target) = bundled::start(false)?;
            (Some(engine), target)
        }
        (target, credentials) => {
            let (target, notes) = resolve(target.as_deref(), credentials.as_deref(), config.as_ref())?;
            for note in &notes {
                terminal::write_note(note, &mut terminal::stderr())?;
            }
            (None, target)
        }
    };
    let mode = if args.exact { Mode::Exact } else { Mode::Resign };
    let timeout =
        args.timeout.or(config.and_then(|config| config.run.timeout)).unwrap_or(Duration::from_secs(10));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(carry_out(&bundle, mode, target, timeout));
    drop(engine);
    status
}

async fn carry_out(
    bundle: &Bundle,
    mode: Mode,
    target: Target,
    timeout: Duration,
) -> Result<ExitStatus, CliError> {
    let dialect = lianpu_corpus::dialect(&bundle.plan.dialect)?;
    run::preflight(&target, dialect, timeout).await?;
    let options = Options {
        jobs: 1,
        timeout,
        seed: run::now_ms(),
        strict: false,
        dialect: bundle.plan.dialect.clone(),
        stop: Stop::default(),
        album: None,
        shard: None,
    };
    let session = Session::open(target, options).await.map_err(|error| CliError::Other(error.into()))?;
    let replayed = match fuzzing::replay(&session, bundle, mode).await {
        Ok(replayed) => replayed,
        Err(ReplayError::Trouble(Trouble::Lacking(what))) => {
            return Err(CliError::Usage(format!("the target has no {what}, which this finding needs")));
        }
        Err(ReplayError::Unfilled(why)) => return Err(CliError::Usage(why)),
        Err(ReplayError::Trouble(why)) => {
            terminal::write_error(&why, &mut terminal::stderr())?;
            return Ok(ExitStatus::Unreachable);
        }
    };
    let out = &mut terminal::stdout();
    for line in session.leftovers() {
        terminal::write_note(&format!("left over: {line}"), &mut terminal::stderr())?;
    }
    let palette = Palette::COLOUR;
    let what = format!("{}/{}", bundle.plan.dialect, bundle.plan.operation);
    match replayed {
        Replayed::StillThere(findings) => {
            writeln!(out, "{what}: {}", Palette::paint(palette.bad, "the finding is still there"))?;
            for finding in findings {
                writeln!(out, "  {}", printable(&finding.to_string()))?;
            }
            Ok(ExitStatus::Deviations)
        }
        Replayed::Gone(came) => {
            writeln!(out, "{what}: {}", Palette::paint(palette.good, "the finding is gone"))?;
            writeln!(out, "  came {}", printable(&came))?;
            Ok(ExitStatus::AsExpected)
        }
        Replayed::Over(why) => {
            writeln!(out, "{what}: {}", Palette::paint(palette.warn, &why))?;
            Ok(ExitStatus::FewerScenarios)
        }
    }
}
