//! `lianpu diff`: what is new, fixed, changed or gone between two runs.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::exit::ExitStatus;
use super::reference::Catalogue;
use super::{stream, terminal};
use crate::report::{DiffView, Palette, diff, write_diff_console, write_diff_markdown};

/// The arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  lianpu diff main.ndjson pull-request.ndjson --format markdown | gh pr comment --body-file -

Exits 1 where something deviates that did not, or otherwise than it did; else 0.")]
pub struct DiffArgs {
    /// The events of the earlier run
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The events of the later run
    #[arg(value_name = "NOW")]
    now: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: DiffFormat,
}

/// How to write a difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a screen
    #[default]
    Console,
    /// For a comment
    Markdown,
}

/// Runs the verb.
pub fn run(args: &DiffArgs, mut out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let (before, now) = (stream::read(&args.before)?, stream::read(&args.now)?);
    let diff = diff(&before, &now);
    let view = DiffView { before: &before, now: &now, diff: &diff };
    match args.format {
        DiffFormat::Console => write_diff_console(&view, &Palette::COLOUR, terminal::width(), &mut out)?,
        DiffFormat::Markdown => write_diff_markdown(&view, &Catalogue, &mut out)?,
    }
    Ok(if diff.is_worse() { ExitStatus::Deviations } else { ExitStatus::AsExpected })
}
