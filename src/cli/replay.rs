//! `replay`: sends again what a finding of the fuzzer, or a failing scenario, sent, and says whether it still shows.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::config;
use super::error::CliError;
use super::exit::ExitStatus;
use super::run::bundled;
use super::terminal;
use super::way::WayArgs;
use crate::bundle::{self, Bundle, BundleSubject, Mode, ReplayError, Replayed, read_bundle};
use crate::report::{Palette, printable};
use crate::run::{self, Options, Session, Stop, Target, Trouble};

/// The arguments of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu replay lianpu-fuzz/20261121-081500/001-tencent-ci-detect-expired --target staging
  lianpu replay lianpu-report/reproducers/1302-newperson-1d02c8
  lianpu replay BUNDLE --exact    the same bytes, for what depends on every one of them

Exit codes:
  0    it is gone
  1    it is still there
  2    no bundle, an edited one, or a usage error; nothing was sent
  3    target unreachable, or it refuses good requests
  5    the bytes say nothing any more: their signature has expired, or they name what the target gave then")]
pub struct ReplayArgs {
    /// The bundle: its folder or its bundle.json
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    #[command(flatten)]
    way: WayArgs,
    /// Send the same bytes, with the target's secrets put in
    #[arg(long, conflicts_with = "resign")]
    exact: bool,
    /// Make the request anew: new time, new names, new signature [default]
    #[arg(long)]
    resign: bool,
    /// Time for one request and its answer, such as 10s or 500ms [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration)]
    timeout: Option<Duration>,
}

/// Runs the verb.
pub fn run(args: &ReplayArgs) -> Result<ExitStatus, CliError> {
    let bundle = read_bundle(&args.bundle)?;
    let config = config::load(args.way.config.as_deref())?;
    // It is sent where it was sent then, unless the command line says another way to get there.
    let (engine, target) = match args.way.clone().or_to(Some(&bundle.target)).target(config.as_ref())? {
        None => {
            let (engine, target) = bundled::start(false)?;
            (Some(engine), target)
        }
        Some((target, notes)) => {
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
    let name = bundle.subject.dialect().to_owned();
    run::preflight(&target, lianpu_corpus::dialect(&name)?, timeout).await?;
    let options = Options {
        jobs: 1,
        timeout,
        rate: None,
        seed: run::now_ms(),
        strict: bundle.subject.is_strict(),
        dialect: name,
        stop: Stop::default(),
        album: None,
        shard: None,
        only: None,
        keeper: None,
    };
    let session = Session::open(target, options).await.map_err(|error| CliError::Other(error.into()))?;
    let replayed = bundle::replay(&session, bundle, mode).await;
    for line in session.leftovers() {
        terminal::write_note(&format!("left over: {line}"), &mut terminal::stderr())?;
    }
    match replayed {
        Ok(replayed) => tell(bundle, session.target(), replayed),
        Err(ReplayError::Trouble(Trouble::Lacking(what))) => {
            Err(CliError::Usage(format!("the target has no {what}, which this finding needs")))
        }
        Err(why @ (ReplayError::Unfilled(_) | ReplayError::Lacks(_) | ReplayError::NotSo(_))) => {
            Err(CliError::Usage(why.to_string()))
        }
        Err(ReplayError::Trouble(why)) => {
            terminal::write_error(&why, &mut terminal::stderr())?;
            Ok(ExitStatus::Unreachable)
        }
    }
}

fn tell(bundle: &Bundle, target: &Target, replayed: Replayed) -> Result<ExitStatus, CliError> {
    let out = &mut terminal::stdout();
    writeln!(out, "target    {} at {}", printable(&target.name), target.base_url)?;
    let palette = Palette::COLOUR;
    let (what, shows) = words(&bundle.subject);
    let what = printable(&what);
    match replayed {
        Replayed::StillThere(findings) => {
            let still = Palette::paint(palette.bad, &format!("{shows} is still there"));
            writeln!(out, "{what}: {still}")?;
            for finding in findings {
                writeln!(out, "  {}", printable(&finding.to_string()))?;
            }
            Ok(ExitStatus::Deviations)
        }
        Replayed::Gone(came) => {
            writeln!(out, "{what}: {}", Palette::paint(palette.good, &format!("{shows} is gone")))?;
            writeln!(out, "  came {}", printable(&came))?;
            Ok(ExitStatus::AsExpected)
        }
        Replayed::Over(why) => {
            writeln!(out, "{what}: {}", Palette::paint(palette.warn, &why))?;
            Ok(ExitStatus::FewerScenarios)
        }
    }
}

/// What is replayed, and what shows or is gone.
fn words(subject: &BundleSubject) -> (String, &'static str) {
    match subject {
        BundleSubject::Mutations(mutations) => {
            (format!("{}/{}", mutations.plan.dialect, mutations.plan.operation), "the finding")
        }
        BundleSubject::Scenario(scenario) => (scenario.id.clone(), "the failure"),
    }
}
