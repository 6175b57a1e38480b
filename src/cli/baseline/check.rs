//! `baseline check`: whether a file is sound, and what of it has expired.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::cli::error::CliError;
use crate::cli::exit::ExitStatus;
use crate::cli::expectations::{self, Book, Entry};
use crate::cli::known::Known;
use crate::cli::run::own_scenarios;
use crate::provoke::Scenario;
use crate::report::TargetInfo;

/// Entries that end within so many days are named.
const SOON: i64 = 30;

/// The arguments of `baseline check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The expectations file
    #[arg(value_name = "FILE", default_value = "expectations.toml")]
    file: PathBuf,
    /// Feature files of your own, whose scenarios may be named too
    #[arg(long, value_name = "DIR")]
    features: Option<PathBuf>,
}

pub(super) fn run(args: &CheckArgs, today: Date, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let expectations = expectations::load(&args.file)?;
    let mut known: HashSet<String> =
        Known::load(&[])?.iter().flat_map(|known| &known.scenarios).map(Scenario::id).collect();
    if let Some(folder) = &args.features {
        known.extend(own_scenarios(folder)?);
    }
    // Every id is held against what there is, whatever target its entry is for.
    let anybody = TargetInfo { name: String::new(), base_url: String::new(), capabilities: Vec::new() };
    Book::new(&expectations, Some(&known), &anybody)?;
    let file = args.file.display();
    let soon = today.saturating_add(SOON.days());
    let (mut over, mut near) = (0, 0);
    for Entry { line, id, expires, .. } in &expectations.entries {
        if *expires < today {
            over += 1;
            writeln!(out, "{file}:{line}: {id} ended on {expires}; its deviation counts again")?;
        } else if *expires <= soon {
            near += 1;
            writeln!(out, "{file}:{line}: {id} ends on {expires}")?;
        }
    }
    let number = expectations.entries.len();
    writeln!(out, "{file}: sound; entries: {number}, expired: {over}, ending within {SOON} days: {near}")?;
    Ok(if over > 0 { ExitStatus::StaleExpectations } else { ExitStatus::AsExpected })
}
