//! `run`: provokes rows and judges the answers.

mod again;
#[cfg_attr(not(feature = "bundled"), path = "unbundled.rs")]
pub(super) mod bundled;
mod earlier;
mod gate;
mod rounds;
mod sink;
mod sources;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use lianpu_corpus::Dialect;

use self::again::AgainArgs;
use self::earlier::Earlier;
use self::gate::GateArgs;
use self::rounds::run_rounds;
use self::sink::{Reports, Sink};
use self::sources::Plan;
pub(super) use self::sources::own_scenarios;
use super::config::{self, Config};
use super::error::CliError;
use super::exit::ExitStatus;
use super::expectations::{self, Book};
use super::select::SelectArgs;
use super::way::WayArgs;
use super::{outcome, terminal};
use crate::bundle::{BundleFolder, KeptBundles, RunOrigin};
use crate::report::{
    Console, EVENT_SCHEMA, Event, Format, GateInfo, Palette, ScenarioRecord, Started, TargetInfo, ToolInfo,
    write_console,
};
use crate::run::{self, Album, Options, RunError, Stop, Target};

/// The arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu run --setup             every row, on the bundled engine with face nets
  lianpu run --row -1302         one row, on the bundled engine
  lianpu run --target http://127.0.0.1:8080 --credentials ready.json
  lianpu run --target staging --tags '@reach:wire and not @op:shape'
  lianpu run --target staging --expectations expectations.toml --gate-on documented
  lianpu run --target staging --features my-features
                                 your own files, of `lianpu list steps`

Exit codes:
  0    everything judged is as expected
  1    deviations, or scenarios that could not be judged
  2    usage, configuration or feature file error; nothing was sent
  3    target unreachable, or it refuses the credentials
  4    only known deviations that are gone, or whose last day is over
  5    nothing that gates was judged, or fewer scenarios than selected
  130  interrupted; the reports hold what was judged until then")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct RunArgs {
    #[command(flatten)]
    way: WayArgs,
    /// Run the feature files of this folder instead of the catalogue's scenarios
    #[arg(long, value_name = "DIR", conflicts_with_all = ["table", "row", "op"])]
    features: Option<PathBuf>,
    /// Fetch the face nets for the bundled engine first, where they are missing
    #[arg(long)]
    setup: bool,
    /// Scenarios at once [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time for one request and its answer, such as 10s or 500ms [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration)]
    timeout: Option<Duration>,
    /// Build the pictures from photographs of your own: one folder a person, as in DIR/anna/1.jpg
    #[arg(long, value_name = "DIR", long_help = FACES)]
    faces: Option<PathBuf>,
    /// Requests a second that an account may send at most [default: what lianpu.toml or the ready line says of the account;
    /// otherwise what the target's refusals teach]
    #[arg(long, value_name = "N", value_parser = config::rate)]
    rate: Option<f64>,
    /// Seed of nonces [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Also hold messages against the tables, byte by byte; a client should not read them
    #[arg(long)]
    strict: bool,
    /// Write a report; may be repeated. Formats: html, json, junit, events (NDJSON, written as it happens), markdown, tap,
    /// sarif, github, badge, cucumber [default for the catalogue: html, json, junit and events under lianpu-report/]
    #[arg(long = "report", value_name = "FORMAT=PATH", value_parser = sink::report)]
    reports: Vec<(Format, PathBuf)>,
    /// Keep what failing scenarios sent, a folder each, for `lianpu replay` [default: reproducers beside the events]
    #[arg(long, value_name = "DIR", conflicts_with = "faces")]
    reproducers: Option<PathBuf>,
    /// Say what would run, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// No progress
    #[arg(long, short)]
    quiet: bool,
    /// No summary either: somebody else tells what came of it
    #[arg(skip)]
    is_silent: bool,
    #[command(flatten)]
    gate: GateArgs,
    #[command(flatten)]
    again: AgainArgs,
    #[command(flatten)]
    select: SelectArgs,
}

pub(super) const FACES: &str = "\
Build the pictures from photographs of your own: one folder a person, as in DIR/anna/1.jpg (the layout of LFW and ORL)

BMP, GIF, JPEG, PNG, PNM and WebP are read. The people of the scenarios, by name, are the folders in the order of their \
names; the first picture of a folder is the person, another one the person in another moment. Covers and crops go where \
DIR/landmarks.jsonl says that the face is: one JSON object a picture and line, as printed by

  lianpu-engine inspect --json DIR/*/* > DIR/landmarks.jsonl

or written by hand: {\"file\": \"anna/1.jpg\", \"faces\": [{\"left_eye\": {\"x\": 90, \"y\": 120}, \"right_eye\": …, \"nose\": …, \
\"mouth\": …, \"chin\": …}]}. What photographs cannot show (closed eyes, glasses, large angles) is not provoked.";

/// Runs the verb.
pub fn run(args: &RunArgs) -> Result<ExitStatus, CliError> {
    let earlier = args.again.earlier()?;
    let way = args.way.clone().or_of(earlier.as_ref().map(Earlier::started));
    let config = config::load(way.config.as_deref())?;
    let named = way.target(config.as_ref())?;
    // The bundled engine speaks every dialect that is built in.
    let speaks = |dialect: &str| match &named {
        Some((target, _)) => target.accounts.contains_key(dialect),
        None => lianpu_corpus::bundled(dialect).is_ok(),
    };
    let chosen = Chosen::of(args, earlier.as_ref());
    let mut plan = Plan::new(chosen.features.as_deref(), &chosen.select, speaks, args.gate.shard)?;
    if let Some(earlier) = &earlier {
        plan.take_up(earlier)?;
    }
    if let Some(own) = plan
        .dialects
        .iter()
        .find(|own| named.is_none() && lianpu_corpus::bundled(&own.manifest.name).is_err())
    {
        let name = &own.manifest.name;
        return Err(CliError::Usage(format!(
            "the bundled engine does not speak {name}; name an implementation with --target"
        )));
    }
    if args.dry_run {
        plan.describe(&mut terminal::stdout())?;
        return Ok(ExitStatus::AsExpected);
    }
    let album = args.faces.as_deref().map(|faces| Album::read(faces, &run::people_shown(&plan.sources)));
    let album = album.transpose()?.map(Arc::new);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (engine, (target, notes)) = match named {
        Some(named) => (None, named),
        None => {
            let (engine, target) = bundled::start(args.setup)?;
            (Some(engine), (target, Vec::new()))
        }
    };
    if let Some(earlier) = &earlier {
        earlier.check_target(&target)?;
    }
    let mut gate = args.gate.info(config.as_ref(), engine.is_some());
    let known = args.gate.book(config.as_ref(), &plan, &info(&target))?;
    let book = known.map(|(book, digest)| {
        gate.expectations = Some(digest);
        book
    });
    let mut options = Options { album, ..options(args, &chosen.select, config.as_ref(), &plan)? };
    if let Some(earlier) = &earlier {
        options.seed = args.seed.unwrap_or(earlier.seed());
        options.only = Some(match options.only.take() {
            Some(only) => only.and(earlier.only()),
            None => earlier.only(),
        });
        // The reports may stand in the place of those of then: these stay until somebody is there to ask.
        runtime.block_on(check_target(&target, &plan, options.timeout))?;
    }
    let reports = Reports::open(&args.reports, config.as_ref(), &plan)?;
    let left_out = plan
        .left_out
        .iter()
        .map(|dialect| format!("{dialect} is left out: the target has no account for it"));
    let notes: Vec<_> = notes.into_iter().chain(left_out).collect();
    for note in notes.iter().chain(engine.iter().flat_map(|engine| &engine.notes)) {
        terminal::write_note(note, &mut terminal::stderr())?;
    }
    let bundles = bundles(args, &reports, &target, &options);
    options.keeper = bundles.as_ref().map(BundleFolder::keeper);
    let run =
        Gated { chosen, plan, target, way, gate, book, bundles, kept: earlier.map(|earlier| earlier.kept) };
    let status = runtime.block_on(carry_out(args, reports, run, options));
    drop(engine);
    status
}

/// A run of several, whose events are all that is wanted.
#[derive(Debug)]
pub(super) struct OneOfMany {
    /// Name or address; absent: the bundled engine.
    pub(super) target: Option<String>,
    /// The configuration.
    pub(super) config: Option<PathBuf>,
    /// The file of its events.
    pub(super) events: PathBuf,
    /// Scenarios at once.
    pub(super) jobs: Option<u16>,
    /// For one request and its answer.
    pub(super) timeout: Option<Duration>,
    /// What to run.
    pub(super) select: SelectArgs,
}

/// Runs one of several, without a word of its own on standard output.
pub(super) fn run_one(one: OneOfMany) -> Result<ExitStatus, CliError> {
    run(&RunArgs {
        way: WayArgs { target: one.target, config: one.config, ..WayArgs::default() },
        features: None,
        setup: false,
        jobs: one.jobs,
        timeout: one.timeout,
        rate: None,
        faces: None,
        seed: None,
        strict: false,
        reports: vec![(Format::Events, one.events)],
        reproducers: None,
        dry_run: false,
        quiet: false,
        is_silent: true,
        gate: GateArgs::default(),
        again: AgainArgs::default(),
        select: one.select,
    })
}

/// What runs, against what, and what of it may fail.
struct Gated {
    plan: Plan,
    target: Target,
    chosen: Chosen,
    way: WayArgs,
    gate: GateInfo,
    book: Option<Book>,
    bundles: Option<BundleFolder>,
    /// The verdicts of an earlier run that stand, where one is taken up again.
    kept: Option<Vec<ScenarioRecord>>,
}

/// Which scenarios run.
struct Chosen {
    features: Option<PathBuf>,
    select: SelectArgs,
}

impl Chosen {
    /// Those that are asked for, or else those of the run that is taken up again.
    fn of(args: &RunArgs, earlier: Option<&Earlier>) -> Self {
        let given = Self { features: args.features.clone(), select: args.select.clone() };
        match earlier {
            Some(earlier) if given.features.is_none() && given.select == SelectArgs::default() => {
                let words = earlier.filters();
                let features =
                    words.iter().position(|word| word == FEATURES).and_then(|at| words.get(at + 1));
                Self { features: features.map(PathBuf::from), select: SelectArgs::of_words(words) }
            }
            _ => given,
        }
    }

    fn words(&self) -> Vec<String> {
        let features =
            self.features.iter().flat_map(|folder| [FEATURES.to_owned(), folder.display().to_string()]);
        features.chain(self.select.words()).collect()
    }
}

const FEATURES: &str = "--features";

/// Where what failing scenarios sent is kept. Photographs of somebody's never are.
fn bundles(args: &RunArgs, reports: &Reports, target: &Target, options: &Options) -> Option<BundleFolder> {
    let beside = || reports.beside_events().filter(|_| args.faces.is_none());
    let folder = args.reproducers.clone().or_else(beside)?;
    let origin = RunOrigin {
        target: target.name.clone(),
        base_url: target.base_url.clone(),
        seed: options.seed,
        strict: options.strict,
        dialect: options.dialect.clone(),
    };
    Some(BundleFolder::new(folder, origin))
}

/// What became of what failing scenarios sent, in words; `None` where none failed.
fn reproducers(bundles: &BundleFolder) -> Result<Option<String>, CliError> {
    let KeptBundles { written, left_out, failure } = bundles.kept();
    if let Some((path, error)) = failure {
        let note = format!("{}: the reproducer cannot be written: {error}", path.display());
        terminal::write_note(&note, &mut terminal::stderr())?;
    }
    let mut words = match written {
        0 => return Ok(None),
        1 => format!("1 reproducer under {}", bundles.folder().display()),
        _ => format!("{written} reproducers under {}", bundles.folder().display()),
    };
    if left_out > 0 {
        words.push_str(&format!("; {left_out} more failing scenarios left none, to keep them few"));
    }
    Ok(Some(words))
}

async fn carry_out(
    args: &RunArgs,
    reports: Reports,
    run: Gated,
    options: Options,
) -> Result<ExitStatus, CliError> {
    let Gated { plan, target, chosen, way, gate, book, bundles, kept } = run;
    if kept.is_none() {
        check_target(&target, &plan, options.timeout).await?;
    }
    // The catalogue's scenarios are selected already; a user's own are filtered as they are read.
    let tags = chosen.features.as_ref().map_or(Ok(None), |_| chosen.select.tag_operation())?;
    let book = book.map(|book| (book, expectations::today()));
    let sink = Sink::new(reports, book, plan.selected().unwrap_or_default(), args.quiet);
    sink.take(Event::RunStarted(Started {
        asked: way.words(),
        filters: chosen.words(),
        ..started(&target, &plan, gate, options.seed)
    }));
    for record in kept.into_iter().flatten() {
        sink.keep(record);
    }
    stop_on_interrupt(options.stop.clone());
    let stop = options.stop.clone();
    if let Some(most) = args.again.max_fail {
        sink.stop_after(most.get(), stop.clone());
    }
    let ran = run_rounds(target, plan.sources, tags, options, args.again.retries, &sink).await;
    let is_full = sink.is_full();
    let (summary, reports) = sink.finish()?;
    if !args.is_silent {
        let reproducers = bundles.as_ref().map(reproducers).transpose()?.flatten();
        let console = Console { width: terminal::width(), palette: Palette::COLOUR, reports, reproducers };
        write_console(&summary, &console, &mut terminal::stdout())?;
    }
    match ran {
        Ok(()) if is_full => {
            let note = "stopped: as many scenarios have failed as --max-fail allows";
            terminal::write_note(note, &mut terminal::stderr())?;
            Ok(outcome::status(&summary))
        }
        Ok(()) if stop.is_set() => Ok(ExitStatus::Interrupted),
        Ok(()) => Ok(outcome::status(&summary)),
        Err(RunError::Features(errors)) => {
            let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
            Err(CliError::Usage(lines.join("\n")))
        }
        Err(RunError::Gone(target)) => Err(CliError::Gone(target)),
        Err(other) => Err(CliError::Other(Box::new(other))),
    }
}

/// The catalogue asks a question of every dialect; a user's own files may count requests, so only a connection is made.
async fn check_target(target: &Target, plan: &Plan, timeout: Duration) -> Result<(), CliError> {
    if plan.dialects.is_empty() {
        run::connect(target, timeout).await?;
    }
    for dialect in &plan.dialects {
        run::preflight(target, dialect, timeout).await?;
    }
    Ok(())
}

fn options(
    args: &RunArgs,
    select: &SelectArgs,
    config: Option<&Config>,
    plan: &Plan,
) -> Result<Options, CliError> {
    let configured = config.map(|config| &config.run);
    let dialect = plan.dialects.first().map_or("tencent-ci", |dialect: &&Dialect| &dialect.manifest.name);
    Ok(Options {
        jobs: args.jobs.or(configured.and_then(|run| run.jobs)).unwrap_or(8).into(),
        timeout: args.timeout.or(configured.and_then(|run| run.timeout)).unwrap_or(Duration::from_secs(10)),
        rate: args.rate,
        seed: args.seed.or(configured.and_then(|run| run.seed)).unwrap_or(0),
        dialect: select.dialect.first().cloned().unwrap_or_else(|| dialect.to_owned()),
        strict: args.strict,
        shard: args.gate.shard,
        only: select.only()?,
        keeper: None,
        stop: Stop::default(),
        album: None,
    })
}

fn started(target: &Target, plan: &Plan, gate: GateInfo, seed: u64) -> Started {
    Started {
        schema: EVENT_SCHEMA,
        tool: ToolInfo { name: "lianpu".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        target: info(target),
        asked: Vec::new(),
        filters: Vec::new(),
        seed,
        at_ms: run::now_ms(),
        selected: plan.selected(),
        selection: plan.selection.clone(),
        gate,
        rows: plan.rows.clone(),
    }
}

fn info(target: &Target) -> TargetInfo {
    TargetInfo {
        name: target.name.clone(),
        base_url: target.base_url.clone(),
        capabilities: target.capabilities.iter().cloned().collect(),
    }
}

/// The first Ctrl-C ends the run in order, the second at once.
pub(super) fn stop_on_interrupt(stop: Stop) {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if stop.is_set() {
                std::process::exit(ExitStatus::Interrupted as i32);
            }
            stop.now();
            let _ = terminal::write_note(
                "stopping: what runs is finished and cleaned up",
                &mut terminal::stderr(),
            );
        }
    });
}
