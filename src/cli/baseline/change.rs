//! An expectations file changed by what a run says.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use crate::cli::error::CliError;
use crate::cli::expectations::edit::Edit;
use crate::cli::expectations::{Book, Entry, Expectations};
use crate::cli::stream;
use crate::report::{ScenarioRecord, Summary, TargetInfo};

/// A run and the file that is changed by it.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// The events of a run
    #[arg(value_name = "EVENTS")]
    pub(super) events: PathBuf,
    /// The expectations file
    #[arg(long, short = 'o', value_name = "FILE", default_value = "expectations.toml")]
    pub(super) output: PathBuf,
}

/// An expectations file beside the run that changes it.
pub(super) struct Change {
    pub(super) run: Summary,
    pub(super) file: PathBuf,
    pub(super) before: String,
    pub(super) book: Book,
    pub(super) edit: Edit,
}

impl Change {
    /// Reads both; `new` says whether the file may be missing.
    pub(super) fn begin(files: &Files, new: bool) -> Result<Self, CliError> {
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
    pub(super) fn named(&self) -> impl Iterator<Item = (&ScenarioRecord, &Entry)> {
        self.run.scenarios.iter().filter_map(|record| Some((record, self.book.entry(&record.id)?)))
    }

    /// Writes the file, if anything is different.
    pub(super) fn end(&self) -> Result<(), CliError> {
        let text = self.edit.text();
        if text == self.before {
            return Ok(());
        }
        fs::write(&self.file, text).map_err(|source| cannot(&self.file, "cannot be written", source))
    }

    pub(super) fn inline(&self, error: &dyn std::fmt::Display) -> CliError {
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
pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| format!("no day {text:?}; write such as 2027-01-31"))
}

/// A last day must be to come.
pub(super) fn check_day(expires: Date, today: Date) -> Result<(), CliError> {
    if expires < today {
        return Err(CliError::Usage(format!("--expires {expires} is over; today is {today}")));
    }
    Ok(())
}
