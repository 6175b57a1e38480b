//! `baseline update`: entries whose scenarios deviate otherwise now are pinned anew.

use std::collections::BTreeMap;
use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::change::{Change, Files, check_day, day};
use crate::cli::error::CliError;
use crate::cli::exit::ExitStatus;
use crate::cli::expectations::{Entry, EntryKind, Pinned};

/// The arguments of `baseline update`.
#[derive(Debug, Args)]
pub(super) struct UpdateArgs {
    #[command(flatten)]
    files: Files,
    /// Also give every entry that still deviates this last day, where its own is earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    expires: Option<Date>,
}

pub(super) fn run(args: &UpdateArgs, today: Date, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if let Some(expires) = args.expires {
        check_day(expires, today)?;
    }
    let mut change = Change::begin(&args.files, false)?;
    let mut shown: BTreeMap<usize, (Entry, Vec<Pinned>)> = BTreeMap::new();
    for (record, entry) in change.named().filter(|(_, entry)| entry.kind == EntryKind::Expect) {
        if let Some(pinned) = Pinned::of(record) {
            let (_, all) = shown.entry(entry.place).or_insert_with(|| (entry.clone(), Vec::new()));
            // What the entry leaves open is no difference.
            if !entry.actual.as_ref().is_some_and(|actual| actual.is_shown_by(record))
                && !all.contains(&pinned)
            {
                all.push(pinned);
            }
        }
    }
    let (mut pinned, mut extended) = (0, 0);
    for (entry, all) in shown.values() {
        match &all[..] {
            [] => {}
            [one] => {
                change.edit.pin(entry, one).map_err(|error| change.inline(&error))?;
                pinned += 1;
            }
            many => {
                let (id, line) = (&entry.id, entry.line);
                writeln!(out, "line {line}: {id} deviates in {} ways; give each its own entry", many.len())?;
            }
        }
        if let Some(expires) = args.expires.filter(|expires| *expires > entry.expires) {
            change.edit.extend(entry, expires).map_err(|error| change.inline(&error))?;
            extended += 1;
        }
    }
    change.end()?;
    let file = change.file.display();
    writeln!(out, "{file}: {pinned} pinned anew, {extended} extended")?;
    Ok(ExitStatus::AsExpected)
}
