//! `baseline prune`: what is mended goes. What did not run, or was not provoked, says nothing and stays.

use std::collections::BTreeMap;
use std::io::Write;

use clap::Args;

use super::change::{Change, Files};
use crate::cli::error::CliError;
use crate::cli::exit::ExitStatus;
use crate::cli::expectations::{Entry, EntryKind};
use crate::report::Verdict;

/// The arguments of `baseline prune`.
#[derive(Debug, Args)]
pub(super) struct PruneArgs {
    #[command(flatten)]
    files: Files,
}

pub(super) fn run(args: &PruneArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut change = Change::begin(&args.files, false)?;
    let mut seen: BTreeMap<usize, (Entry, bool)> = BTreeMap::new();
    for (record, entry) in change.named().filter(|(_, entry)| entry.kind == EntryKind::Expect) {
        let passes = record.verdict.is_green() || record.verdict == Verdict::UnexpectedPass;
        let (_, all) = seen.entry(entry.place).or_insert_with(|| (entry.clone(), true));
        *all &= passes;
    }
    let gone: Vec<_> = seen.values().filter(|(_, all)| *all).map(|(entry, _)| entry).collect();
    change.edit.remove(&gone).map_err(|error| change.inline(&error))?;
    change.end()?;
    for entry in &gone {
        writeln!(out, "taken out: {}", entry.id)?;
    }
    writeln!(out, "{}: {} taken out", change.file.display(), gone.len())?;
    Ok(ExitStatus::AsExpected)
}
