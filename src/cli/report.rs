//! `lianpu report`: the events of a run in any format; and reports held against themselves.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::error::CliError;
use super::exit::ExitStatus;
use super::reference::Catalogue;
use super::stream;
use crate::report::{Discrepancy, Format, printable, verify_events, verify_json};

/// The arguments of `report`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  lianpu report junit lianpu-report/events.ndjson -o junit.xml
  lianpu report markdown events.ndjson >> $GITHUB_STEP_SUMMARY
  lianpu report github events.ndjson            annotations, read from the step's output
  lianpu report sarif events.ndjson -o lianpu.sarif
  lianpu report verify lianpu-report/report.json")]
pub struct ReportArgs {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// The format to write
    #[arg(value_name = "FORMAT", required = true, value_parser = formats())]
    format: Option<String>,
    /// The events of a run, also of one that was cut short
    #[arg(value_name = "EVENTS", required = true)]
    events: Option<PathBuf>,
    /// The file to write [default: standard output]
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Compute the totals and digests of a report, events or JSON, anew
    Verify {
        /// The report
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::ALL.map(Format::as_str))
}

/// Runs the verb.
pub fn run(args: &ReportArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if let Some(Verb::Verify { file }) = &args.verb {
        return verify(file, out);
    }
    let format = args.format.as_deref().and_then(Format::parse);
    let (Some(format), Some(events)) = (format, &args.events) else {
        return Err(CliError::Usage("name a format and an event file".to_owned()));
    };
    let summary = stream::read(events)?;
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(out);
        format.write(&summary, &Catalogue, &mut out)?;
        out.flush()?;
        return Ok(ExitStatus::AsExpected);
    };
    let cannot = |source| CliError::File { path: path.clone(), doing: "cannot be written", source };
    let mut file = BufWriter::new(File::create(path).map_err(cannot)?);
    let written = format.write(&summary, &Catalogue, &mut file).and_then(|()| file.flush());
    written.map_err(|source| CliError::Report { path: path.clone(), source })?;
    Ok(ExitStatus::AsExpected)
}

fn verify(path: &Path, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let text = fs::read(path).map_err(|source| CliError::File {
        path: path.to_owned(),
        doing: "cannot be read",
        source,
    })?;
    // An event stream tells its kind in its first word; anything else must be a JSON report.
    let (found, partial) = if text.starts_with(b"{\"event\":") {
        let summary = stream::read(path)?;
        (verify_events(&summary), summary.partial())
    } else {
        verify_json(&text).map_err(|error| CliError::Usage(format!("{}: {error}", path.display())))?
    };
    for Discrepancy { what, said, found } in &found {
        let line = format!("{what}: the report says {said}, its records come to {found}");
        writeln!(out, "{}", printable(&line))?;
    }
    if found.is_empty() {
        let partial = if partial { "; the run is partial" } else { "" };
        writeln!(out, "{}: totals and digests hold{partial}", path.display())?;
        return Ok(ExitStatus::AsExpected);
    }
    Ok(ExitStatus::Deviations)
}
