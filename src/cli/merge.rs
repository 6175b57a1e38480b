//! `lianpu merge`: the event files of all parts of a run joined into one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::exit::ExitStatus;
use super::reference::Catalogue;
use super::{outcome, stream};
use crate::report::{Format, merge, shown_percent};

/// The arguments of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  lianpu run --shard 1/2 --report events=1.ndjson      on one machine
  lianpu run --shard 2/2 --report events=2.ndjson      on another
  lianpu merge 1.ndjson 2.ndjson -o events.ndjson && lianpu report junit events.ndjson

Exits as a single run would; 5 where a part is missing.")]
pub struct MergeArgs {
    /// The event files of all parts
    #[arg(value_name = "EVENTS", required = true)]
    events: Vec<PathBuf>,
    /// The file to write
    #[arg(long, short = 'o', value_name = "FILE")]
    output: PathBuf,
}

/// Runs the verb.
pub fn run(args: &MergeArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let parts = args.events.iter().map(|path| Ok((path.display().to_string(), stream::read(path)?)));
    let merged =
        merge(parts.collect::<Result<_, CliError>>()?).map_err(|error| CliError::Usage(error.to_string()))?;
    let path = &args.output;
    let cannot = |source| CliError::File { path: path.clone(), doing: "cannot be written", source };
    let mut file = BufWriter::new(File::create(path).map_err(cannot)?);
    Format::Events
        .write(&merged.summary, &Catalogue, &mut file)
        .and_then(|()| file.flush())
        .map_err(|source| CliError::Report { path: path.clone(), source })?;
    let (totals, score) = (merged.summary.totals(), merged.summary.score());
    writeln!(
        out,
        "{}: {} scenarios of {} files, divergence {}, coverage {}",
        path.display(),
        totals.scenarios,
        args.events.len(),
        shown_percent(score.diverging, score.total),
        shown_percent(score.judged, score.total)
    )?;
    if merged.missing.is_empty() {
        return Ok(outcome::status(&merged.summary));
    }
    let missing: Vec<_> = merged.missing.iter().map(ToString::to_string).collect();
    writeln!(out, "missing: {}; the run is partial", missing.join(", "))?;
    Ok(ExitStatus::FewerScenarios)
}
