//! `lianpu matrix`: several implementations side by side.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::exit::ExitStatus;
use super::reference::Catalogue;
use super::run::{OneOfMany, run_one};
use super::select::SelectArgs;
use super::{config, stream, terminal};
use crate::report::{
    BUNDLED, Lines, Palette, Summary, matrix, write_matrix_console, write_matrix_html, write_matrix_markdown,
};

/// Columns at most: each has a letter.
const MOST: usize = 26;

/// Where the events of targets go.
const KEPT: &str = "lianpu-report/matrix";

/// The arguments of `matrix`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu matrix staging.ndjson production.ndjson
  lianpu matrix --target bundled --target staging --table face
  lianpu matrix *.ndjson --format markdown | gh pr comment --body-file -
  lianpu matrix *.ndjson --all --format html -o matrix.html

A line is a row at an operation where something differs. What one could not be judged on, or did not run, is shown; a table that \
one ran nothing of is told once.

Exits 1 where two that were judged on the same scenario answered differently; else 0. As `run` does, 3 where a target cannot \
be reached.")]
pub struct MatrixArgs {
    /// The events of runs, also of such that were cut short
    #[arg(value_name = "EVENTS", required_unless_present = "targets", conflicts_with = "targets")]
    events: Vec<PathBuf>,
    /// Address, or name in lianpu.toml, of an implementation to run now, one after the other; `bundled` is the bundled engine
    #[arg(long = "target", value_name = "URL|NAME")]
    targets: Vec<String>,
    /// Where the events of these runs are kept
    #[arg(long, value_name = "DIR", default_value = KEPT, requires = "targets")]
    keep: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: MatrixFormat,
    /// The file to write [default: standard output]
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show also what agrees
    #[arg(long)]
    all: bool,
    /// Configuration [default: lianpu.toml, where there is one]
    #[arg(long, value_name = "FILE", requires = "targets")]
    config: Option<PathBuf>,
    /// Scenarios at once [default: 8]
    #[arg(long, value_name = "N", requires = "targets", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time for one request and its answer, such as 10s or 500ms [default: 10s]
    #[arg(long, value_name = "TIME", requires = "targets", value_parser = config::duration)]
    timeout: Option<Duration>,
    #[command(flatten)]
    select: SelectArgs,
}

/// How to write a matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum MatrixFormat {
    /// For a screen
    #[default]
    Console,
    /// For a comment; at most 65,536 characters
    Markdown,
    /// One page for a browser
    Html,
}

/// Runs the verb.
pub fn run(args: &MatrixArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let given = args.events.len().max(args.targets.len());
    if !(2..=MOST).contains(&given) {
        let what = if args.targets.is_empty() { "event files" } else { "targets" };
        return Err(CliError::Usage(format!("give from 2 to {MOST} {what}; there are {given}")));
    }
    if args.targets.is_empty() && args.select != SelectArgs::default() {
        let why = "filters choose what is run at a --target; of event files everything is compared";
        return Err(CliError::Usage(why.to_owned()));
    }
    let events = match args.targets.as_slice() {
        [] => args.events.clone(),
        targets => match run_all(args, targets)? {
            Ok(events) => events,
            Err(ended) => return Ok(ended),
        },
    };
    let runs: Vec<_> = events
        .iter()
        .map(|path| Ok((path.as_path(), stream::read_verdicts(path)?)))
        .collect::<Result<_, CliError>>()?;
    let runs = named(runs);
    let lines = if args.all { Lines::All } else { Lines::Different };
    let matrix = matrix(&runs, lines, &Catalogue);
    // A file is no terminal: what is written there has no colours.
    let palette = if args.output.is_some() { Palette::PLAIN } else { Palette::COLOUR };
    let write = |mut to: &mut dyn Write| match args.format {
        MatrixFormat::Console => {
            write_matrix_console(&matrix, &Catalogue, &palette, terminal::width(), &mut to)
        }
        MatrixFormat::Markdown => write_matrix_markdown(&matrix, &Catalogue, &mut to),
        MatrixFormat::Html => write_matrix_html(&matrix, &Catalogue, &mut to),
    };
    match &args.output {
        None => {
            let mut out = BufWriter::new(out);
            write(&mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let cannot = |source| CliError::File { path: path.clone(), doing: "cannot be written", source };
            let mut file = BufWriter::new(File::create(path).map_err(cannot)?);
            write(&mut file)
                .and_then(|()| file.flush())
                .map_err(|source| CliError::Report { path: path.clone(), source })?;
        }
    }
    Ok(if matrix.is_divided() { ExitStatus::Deviations } else { ExitStatus::AsExpected })
}

/// Runs the targets one after the other; the files of their events, or the exit of what was interrupted.
fn run_all(args: &MatrixArgs, targets: &[String]) -> Result<Result<Vec<PathBuf>, ExitStatus>, CliError> {
    let mut kept: Vec<PathBuf> = Vec::new();
    for target in targets {
        let mut path = args.keep.join(format!("{}.ndjson", file_name(target)));
        for number in 2.. {
            if !kept.contains(&path) {
                break;
            }
            path = args.keep.join(format!("{}-{number}.ndjson", file_name(target)));
        }
        terminal::write_note(&format!("running {target} into {}", path.display()), &mut terminal::stderr())?;
        let one = OneOfMany {
            target: (target != BUNDLED).then(|| target.clone()),
            config: args.config.clone(),
            events: path.clone(),
            jobs: args.jobs,
            timeout: args.timeout,
            select: args.select.clone(),
        };
        if run_one(one)? == ExitStatus::Interrupted {
            return Ok(Err(ExitStatus::Interrupted));
        }
        kept.push(path);
    }
    Ok(Ok(kept))
}

/// A target's name or address as the name of a file.
fn file_name(target: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let name: String = target.split_once("://").map_or(target, |(_, host)| host).chars().map(plain).collect();
    name.trim_matches(['.', '-']).to_owned()
}

/// Each run with a name that no other has: the target's; where several have it, with the file's beside it.
fn named(runs: Vec<(&Path, Summary)>) -> Vec<(String, Summary)> {
    let name_of = |run: &Summary| {
        run.started.as_ref().map_or_else(|| "unknown".to_owned(), |started| started.target.name.clone())
    };
    let names = |level: usize, path: &Path, run: &Summary| {
        let name = name_of(run);
        let file = path.file_stem().unwrap_or_default().to_string_lossy();
        match level {
            0 => name,
            1 => format!("{name} ({file})"),
            _ => format!("{name} ({})", path.display()),
        }
    };
    let mut counts = [HashMap::new(), HashMap::new(), HashMap::new()];
    for (path, run) in &runs {
        for (level, counts) in counts.iter_mut().enumerate() {
            *counts.entry(names(level, path, run)).or_insert(0_usize) += 1;
        }
    }
    // All of a name go to the same level: `staging (a)` and `staging (b)`, never `staging` and `staging (b)`.
    let level =
        |path: &Path, run: &Summary| (0..2).find(|level| counts[*level][&names(*level, path, run)] == 1);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let chosen: Vec<_> = runs
        .iter()
        .map(|(path, run)| {
            let name = names(level(path, run).unwrap_or(2), path, run);
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            if *times == 1 { name } else { format!("{name} {times}") }
        })
        .collect();
    chosen.into_iter().zip(runs).map(|(name, (_, run))| (name, run)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{EVENT_SCHEMA, GateInfo, Started, TargetInfo, ToolInfo};

    fn run(name: &str) -> Summary {
        let target = TargetInfo { name: name.into(), base_url: String::new(), capabilities: Vec::new() };
        let started = Started {
            schema: EVENT_SCHEMA,
            tool: ToolInfo { name: String::new(), version: String::new() },
            target,
            asked: Vec::new(),
            filters: Vec::new(),
            seed: 0,
            at_ms: 0,
            selected: None,
            selection: None,
            gate: GateInfo::default(),
            rows: Vec::new(),
        };
        Summary { started: Some(started), ..Summary::default() }
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let names = |files: &[(&str, &str)]| -> Vec<String> {
            let runs = files.iter().map(|(name, path)| (Path::new(*path), run(name))).collect();
            named(runs).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(&[("a", "x"), ("b", "x")]), ["a", "b"]);
        assert_eq!(names(&[("a", "1.ndjson"), ("a", "2.ndjson"), ("b", "3")]), ["a (1)", "a (2)", "b"]);
        assert_eq!(names(&[("a", "x/e"), ("a", "y/e"), ("a", "y/e")]), ["a (x/e)", "a (y/e)", "a (y/e) 2"]);
    }

    #[test]
    fn a_target_becomes_a_file() {
        let files = ["staging", "http://127.0.0.1:80/a?b", "../../etc/x"].map(file_name);
        assert_eq!(files, ["staging", "127.0.0.1-80-a-b", "etc-x"]);
    }
}
