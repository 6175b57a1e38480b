//! `catalog diff`: what changed between two states of tables.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::CatalogError;
use super::changes::write_changes;
use super::document::tables;
use super::markdown::write_markdown;
use crate::catalog::diff::{Level, Scope, diff, verdict};
use crate::cli::exit::ExitStatus;
use crate::report::Palette;

/// The arguments of `catalog diff`.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// As it was: a dialect, DIALECT/TABLE, folder, table or document
    old: String,
    /// As it is
    new: String,
    /// How to tell it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Tell changes of spaces, width and punctuation one by one too
    #[arg(long)]
    all: bool,
    /// Exit 1 where a change is as heavy as this, or heavier
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Weight>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with colours on a terminal
    #[default]
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Weight {
    Patch,
    Minor,
    Major,
}

pub(super) fn compare(args: &DiffArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let (old, new) = (tables(&args.old)?, tables(&args.new)?);
    // A document has no glosses, conditions and notes.
    let scope = if old.is_document || new.is_document { Scope::Vendor } else { Scope::Everything };
    let changes = diff(&old.read, &new.read, scope);
    let level = verdict(&changes);
    match args.format {
        Format::Text => {
            if changes.is_empty() {
                writeln!(out, "{} and {} say the same", old.name, new.name)?;
            }
            write_changes(&changes, args.all, &Palette::COLOUR, out)?;
        }
        Format::Json => {
            let verdict = level.map_or_else(|| "none".to_owned(), |level| level.to_string());
            let report = json!({ "old": old.name, "new": new.name, "verdict": verdict, "changes": changes });
            writeln!(out, "{report:#}")?;
        }
        Format::Markdown => write_markdown(&old.name, &new.name, &changes, out)?,
    }
    let limit = args.fail_on.map(|weight| match weight {
        Weight::Patch => Level::Patch,
        Weight::Minor => Level::Minor,
        Weight::Major => Level::Major,
    });
    Ok(if limit.is_some_and(|limit| level >= Some(limit)) {
        ExitStatus::Deviations
    } else {
        ExitStatus::AsExpected
    })
}
