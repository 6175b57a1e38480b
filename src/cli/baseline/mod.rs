//! `lianpu baseline`: keeps an expectations file. Only these verbs change it, and only what they are about.

mod capture;
mod check;
mod prune;
mod update;

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::error::{CliError, ExitStatus};
use super::expectations::{Book, Entry, Expectations, edit::Edit, today};
use super::stream;
use crate::report::{Summary, TargetInfo};

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

/// A run and the file that is changed by it.
#[derive(Debug, Args)]
struct Files {
    /// The events of a run
    #[arg(value_name = "EVENTS")]
    events: PathBuf,
    /// The expectations file
    #[arg(long, short = 'o', value_name = "FILE", default_value = "expectations.toml")]
    output: PathBuf,
}

/// An expectations file beside the run that changes it.
struct Change {
    run: Summary,
    file: PathBuf,
    before: String,
    book: Book,
    edit: Edit,
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

impl Change {
    /// Reads both; `new` says whether the file may be missing.
    fn begin(files: &Files, new: bool) -> Result<Self, CliError> {
        let run = stream::read(&files.events)?;
        let before = match fs::read_to_string(&files.output) {
            Err(error) if new && error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(|source| cannot(&files.output, "cannot be read", source))?,
        };
        let expectations = match before.trim() {
            "" => Expectations::parse(&files.output, "version = 1")?,
            _ => Expectations::parse(&files.output, &before)?,
        };
        let book = Book::new(&expectations, None, &target(&run))?;
        let edit = Edit::of(&before)
            .map_err(|error| CliError::Usage(format!("{}: {}", files.output.display(), error.message())))?;
        Ok(Self { run, file: files.output.clone(), before, book, edit })
    }

    /// Every scenario that an entry names, with the entry.
    fn named(&self) -> impl Iterator<Item = (&crate::report::ScenarioRecord, &Entry)> {
        self.run.scenarios.iter().filter_map(|record| Some((record, self.book.entry(&record.id)?)))
    }

    /// Writes the file, if anything is different.
    fn end(&self) -> Result<(), CliError> {
        let text = self.edit.text();
        if text == self.before {
            return Ok(());
        }
        fs::write(&self.file, text).map_err(|source| cannot(&self.file, "cannot be written", source))
    }

    fn inline(&self, error: &dyn std::fmt::Display) -> CliError {
        CliError::Usage(format!("{}: {error}", self.file.display()))
    }
}

fn target(run: &Summary) -> TargetInfo {
    let nobody = || TargetInfo { name: String::new(), base_url: String::new(), capabilities: Vec::new() };
    run.started.as_ref().map_or_else(nobody, |started| started.target.clone())
}

fn cannot(path: &Path, doing: &'static str, source: std::io::Error) -> CliError {
    CliError::File { path: path.to_owned(), doing, source }
}

/// Reads a day as the command line takes it.
fn day(text: &str) -> Result<Date, String> {
    let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| format!("no day {text:?}; write such as 2027-01-31"))
}

/// A last day must be to come.
fn check_day(expires: Date, today: Date) -> Result<(), CliError> {
    if expires < today {
        return Err(CliError::Usage(format!("--expires {expires} is over; today is {today}")));
    }
    Ok(())
}
