//! `fuzz`: changes requests on purpose, sends them, and holds the answers against what the oracle allows.

mod scope;
mod summary;

use std::cell::RefCell;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::{Span, SpanRelativeTo, Timestamp};

use super::config;
use super::error::CliError;
use super::exit::ExitStatus;
use super::run::{FACES, bundled, stop_on_interrupt};
use super::terminal::{self, Cases};
use super::way::WayArgs;
use crate::fuzzing::{self, Campaign, CampaignOutcome, Ended, Journal, Resumed};
use crate::report::Palette;
use crate::run::{self, Album, Options, RunError, Session, Stop, Target};
use crate::shell::quoted;

/// How long a campaign takes when nothing else is said.
const TIME: Duration = Duration::from_secs(60);

/// The arguments of `fuzz`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu fuzz                                      a minute, on the bundled engine
  lianpu fuzz --target staging --subject signature --time 10m
  lianpu fuzz --op detect --mutator expired --cases 100
  lianpu fuzz --seed 42 --cases 200000             the same requests every time, but for time, names and tokens
  lianpu fuzz --resume lianpu-fuzz/20261121-081500 go on where a campaign was killed

Exit codes:
  0    every answer was one that the oracle allows
  1    findings; each has a bundle that `lianpu replay` sends again
  2    usage or configuration error; nothing was sent
  3    target unreachable, or it refuses good requests
  5    no case was judged
  130  interrupted; findings so far are written")]
pub struct FuzzArgs {
    #[command(flatten)]
    way: WayArgs,
    #[command(flatten)]
    scope: scope::ScopeArgs,
    /// Seed of the cases [default: another one each time]
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    seed: Option<u64>,
    /// How long, such as 90s, 10m or 8h [default: 60s, where --cases is not given]
    #[arg(long, value_name = "TIME", value_parser = time)]
    time: Option<Duration>,
    /// How many cases, those before a --resume included
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    cases: Option<u64>,
    /// Cases a second at most
    #[arg(long, value_name = "N", value_parser = config::rate)]
    rate: Option<f64>,
    /// Cases at once [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time for one request and its answer, such as 10s or 500ms [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration)]
    timeout: Option<Duration>,
    /// Folder for the journal and the bundles [default: lianpu-fuzz/TIME]
    #[arg(long, value_name = "DIR", conflicts_with = "resume")]
    out: Option<PathBuf>,
    /// Go on with the campaign in this folder: same seed, same scope, the next case
    #[arg(long, value_name = "DIR", conflicts_with_all = ["dialect", "op", "subject", "mutator"])]
    resume: Option<PathBuf>,
    /// Build the pictures from photographs of your own: one folder a person, as in DIR/anna/1.jpg
    #[arg(long, value_name = "DIR", long_help = FACES)]
    faces: Option<PathBuf>,
    /// No progress
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the verb.
pub fn run(args: &FuzzArgs) -> Result<ExitStatus, CliError> {
    let config = config::load(args.way.config.as_deref())?;
    let resumed = args.resume.as_deref().map(fuzzing::resume).transpose()?;
    // A campaign goes on where it began, unless the command line says another way to get there.
    let began_at = resumed.as_ref().map(|resumed| resumed.begun.target.as_str());
    let named = args.way.clone().or_to(began_at).target(config.as_ref())?;
    // Words are checked before anything is started.
    let asked = args.scope.read(resumed.as_ref().map(|resumed| &resumed.begun))?;
    let album = args.faces.as_deref().map(album).transpose()?;
    let (engine, (target, mut notes)) = match named {
        Some(named) => (None, named),
        None => {
            let (engine, target) = bundled::start(false)?;
            let notes = engine.notes.clone();
            (Some(engine), (target, notes))
        }
    };
    let scope = asked.at(&target, &mut notes)?;
    let folder = args.resume.clone().or_else(|| args.out.clone()).unwrap_or_else(folder_of_now);
    let journal = match &resumed {
        Some(_) => Journal::append(&folder)?,
        None => Journal::create(&folder)?,
    };
    for note in &notes {
        terminal::write_note(note, &mut terminal::stderr())?;
    }
    let seed = resumed.as_ref().map(|resumed| resumed.begun.seed).or(args.seed).unwrap_or_else(run::now_ms);
    let campaign = Campaign {
        scope,
        seed,
        cases: args.cases,
        time: args.time.or_else(|| args.cases.is_none().then_some(TIME)),
        rate: args.rate,
        jobs: args.jobs.unwrap_or(8).into(),
        folder,
        stop: Stop::default(),
    };
    let configured = config.as_ref().map(|config| &config.run);
    let options = Options {
        jobs: campaign.jobs,
        timeout: args.timeout.or(configured.and_then(|run| run.timeout)).unwrap_or(Duration::from_secs(10)),
        rate: None,          // the campaign has a pace of its own
        seed: run::now_ms(), // of nonces, which must differ from one campaign to the next
        dialect: campaign.scope.operations[0].0.manifest.name.clone(),
        strict: false,
        stop: campaign.stop.clone(),
        album: album.map(Arc::new),
        shard: None,
        only: None,
        keeper: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(carry_out(args, campaign, resumed, journal, target, options));
    // Its threads must not be waited for by a picture that is still being changed.
    runtime.shutdown_background();
    drop(engine);
    status
}

async fn carry_out(
    args: &FuzzArgs,
    campaign: Campaign,
    resumed: Option<Resumed>,
    journal: Journal,
    target: Target,
    options: Options,
) -> Result<ExitStatus, CliError> {
    let dialects = scope::dialects(&campaign.scope);
    for dialect in &dialects {
        run::preflight(&target, dialect, options.timeout).await?;
    }
    let out = &mut terminal::stdout();
    writeln!(out, "seed      {}", campaign.seed)?;
    out.flush()?;
    let session =
        Session::open(target, options).await.map_err(|error: RunError| CliError::Other(error.into()))?;
    stop_on_interrupt(campaign.stop.clone());
    let by_name = args.scope.names_operations();
    let (offered, lacking) = scope::offered(campaign.scope, &session, by_name).await?;
    let campaign = Campaign { scope: offered, ..campaign };
    for note in &lacking {
        terminal::write_note(note, &mut terminal::stderr())?;
    }
    let before = resumed.as_ref().map_or(0, |resumed| resumed.tally.cases);
    let progress = RefCell::new(Cases::new(before, args.quiet));
    let watch = |tally: &fuzzing::Tally, findings: &[fuzzing::FindingRecord]| {
        progress.borrow_mut().show(tally.cases, findings.len());
    };
    let outcome = fuzzing::fuzz(&session, &campaign, resumed, journal, &watch).await?;
    progress.borrow().finish();
    let shown = summary::Shown {
        outcome: &outcome,
        seed: campaign.seed,
        folder: &campaign.folder,
        target: session.target(),
        replay: replay_words(args),
        width: terminal::width(),
        palette: Palette::COLOUR,
    };
    summary::write(&shown, out)?;
    ended(outcome, &campaign.folder)
}

fn ended(outcome: CampaignOutcome, folder: &Path) -> Result<ExitStatus, CliError> {
    if let Some(error) = outcome.unwritten {
        return Err(error.into());
    }
    let again = format!("lianpu fuzz --resume {} goes on where it ended", folder.display());
    match &outcome.ended {
        Ended::Gone(_) | Ended::SetUp(_) => {
            terminal::write_note(&format!("{}; {again}", outcome.ended.words()), &mut terminal::stderr())?;
            Ok(ExitStatus::Unreachable)
        }
        Ended::Stopped => {
            terminal::write_note(&again, &mut terminal::stderr())?;
            Ok(ExitStatus::Interrupted)
        }
        Ended::Done if !outcome.findings.is_empty() => Ok(ExitStatus::Deviations),
        Ended::Done if outcome.tally.cases == 0 => Ok(ExitStatus::FewerScenarios),
        Ended::Done => Ok(ExitStatus::AsExpected),
    }
}

/// What `replay` needs to find the same target.
fn replay_words(args: &FuzzArgs) -> String {
    let asked = args.way.words();
    asked.iter().fold(String::new(), |said, word| said + " " + &quoted(word))
}

/// `lianpu-fuzz/20261121-081500`.
fn folder_of_now() -> PathBuf {
    Path::new("lianpu-fuzz").join(Timestamp::now().strftime("%Y%m%d-%H%M%S").to_string())
}

/// Reads how long a campaign goes on.
fn time(text: &str) -> Result<Duration, String> {
    let wrong = || format!("no time {text:?}; write such as 90s, 10m or 8h");
    let span: Span = text.parse().map_err(|_| wrong())?;
    let time = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
    Duration::try_from(time).map_err(|_| wrong())
}

/// The photographs of the two people whom requests show.
fn album(folder: &Path) -> Result<Album, CliError> {
    let shown = ["anna", "bea"].map(str::to_owned);
    Ok(Album::read(folder, &shown.into())?)
}
