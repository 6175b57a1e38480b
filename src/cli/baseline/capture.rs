//! `baseline capture`: what fails the run becomes known.

use std::collections::HashSet;
use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::change::{Change, Files, check_day, day};
use crate::cli::columns::count;
use crate::cli::error::CliError;
use crate::cli::exit::ExitStatus;
use crate::cli::expectations::{Pinned, edit::Note};
use crate::report::{ReasonCode, Standing};

/// The arguments of `baseline capture`.
#[derive(Debug, Args)]
pub(super) struct CaptureArgs {
    #[command(flatten)]
    files: Files,
    /// Why the deviations are accepted
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The last day on which they are, such as 2027-01-31
    #[arg(long, value_name = "DATE", value_parser = day)]
    expires: Date,
    /// Where they are tracked
    #[arg(long, value_name = "TEXT")]
    issue: Option<String>,
    /// Who sees to them
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
}

pub(super) fn run(args: &CaptureArgs, today: Date, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    check_day(args.expires, today)?;
    if args.reason.trim().is_empty() {
        return Err(CliError::Usage("--reason is empty; say why the deviations are accepted".to_owned()));
    }
    let mut change = Change::begin(&args.files, true)?;
    let note = Note {
        reason: args.reason.clone(),
        expires: args.expires,
        issue: args.issue.clone(),
        owner: args.owner.clone(),
    };
    let gate = change.run.gate();
    let (mut added, mut there, mut ours) = (HashSet::new(), 0, 0);
    for record in &change.run.scenarios {
        if !matches!(Standing::of(record, &gate), Standing::Deviates | Standing::Open) {
            continue;
        }
        let reason = record.reason.as_ref().map(|reason| reason.code);
        if change.book.entry(&record.id).is_some() {
            there += 1;
        } else if matches!(reason, Some(ReasonCode::HarnessError | ReasonCode::StepUnknown)) {
            ours += 1;
        } else if added.contains(record.id.as_str()) {
            // Two scenarios of a user's own may have one name; they have one entry.
        } else if let Some(pinned) = Pinned::of(record) {
            change
                .edit
                .add(&record.id, &pinned, &note)
                .map_err(|error| CliError::Usage(format!("{}: {error}", change.file.display())))?;
            added.insert(record.id.as_str());
        }
    }
    let added = added.len();
    if added > 0 {
        change.end()?;
    }
    writeln!(out, "{}: {} added", change.file.display(), count(added, "deviation"))?;
    if there > 0 {
        writeln!(out, "{there} have an entry already; `lianpu baseline update` pins them anew")?;
    }
    if ours > 0 {
        writeln!(out, "{ours} left out: a step nobody knows, or a mistake of the harness, is no deviation")?;
    }
    if change.run.partial() {
        writeln!(out, "the run is partial: what did not run is not captured")?;
    }
    Ok(ExitStatus::AsExpected)
}
