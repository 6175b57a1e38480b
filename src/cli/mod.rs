//! The command line: one file a verb.

pub mod baseline;
pub mod catalog;
mod columns;
pub mod completions;
pub mod config;
pub mod diff;
pub mod error;
pub mod exit;
mod expectations;
pub mod explain;
pub mod features;
pub mod fuzz;
pub mod init;
pub mod known;
pub mod list;
pub mod matrix;
pub mod merge;
mod outcome;
mod own;
pub mod portrait;
mod reference;
pub mod replay;
pub mod report;
pub mod run;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod select;
#[cfg(feature = "bundled")]
pub mod serve;
mod stream;
pub mod terminal;
pub mod tidy;
mod way;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use self::error::CliError;
use self::exit::ExitStatus;
use self::terminal::{Color, stderr, stdout, write_error};

/// Conformance test harness and protocol fuzzer for face-recognition HTTP APIs.
#[derive(Debug, Parser)]
#[command(name = "lianpu", version, about, max_term_width = 110)]
#[command(after_help = "\
First steps:
  lianpu run --setup         fetch the face nets, then provoke every row on the bundled engine
  lianpu explain tencent-ci/face/-1302
  lianpu init                write a lianpu.toml for your own target")]
pub struct Cli {
    /// When to write colours: auto (on a terminal without NO_COLOR), always, never
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN", display_order = 900)]
    #[arg(hide_possible_values = true)]
    color: Color,
    /// Folder of a dialect of your own, beside those that are built in; may be repeated
    #[arg(long, global = true, value_name = "DIR", display_order = 901)]
    catalog: Vec<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Provoke rows of error tables at a target and judge the answers
    Run(Box<run::RunArgs>),
    /// Send changed requests and hold the answers against what the oracle allows
    Fuzz(Box<fuzz::FuzzArgs>),
    /// Send again what a finding or a failing scenario sent: is it still there?
    Replay(replay::ReplayArgs),
    /// Keep the file of known deviations
    Baseline(baseline::BaselineArgs),
    /// List scenarios, rows, tables, operations, steps or faults
    List(list::ListArgs),
    /// Explain a scenario, a row or a step; nothing is sent
    Explain(explain::ExplainArgs),
    /// Run the bundled engine alone
    #[cfg(feature = "bundled")]
    Serve(lianpu_engine::cli::serve::ServeArgs),
    /// Write the Gherkin files of the catalogue, or check that they are fresh
    Features(features::FeaturesArgs),
    /// Show, check and compare the vendors' error tables, or import a document into one
    Catalog(catalog::CatalogArgs),
    /// Draw a picture as the scenarios send it
    Portrait(Box<portrait::PortraitArgs>),
    /// Write a commented lianpu.toml
    Init(init::InitArgs),
    /// Write the events of a run in another format, or verify a report
    Report(report::ReportArgs),
    /// Join the events of all parts of a run
    Merge(merge::MergeArgs),
    /// Compare two runs: new, fixed, changed, gone
    Diff(diff::DiffArgs),
    /// Delete what a run left at its target
    Tidy(tidy::TidyArgs),
    /// Put several implementations side by side
    Matrix(Box<matrix::MatrixArgs>),
    /// Print the JSON Schema of what is read and written
    Schema(schema::SchemaArgs),
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual
    Man(completions::ManArgs),
}

/// Runs the command and gives its exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.apply();
    match own::add_all(&cli.catalog).and_then(|()| carry_out(&cli.verb)) {
        Ok(status) => status.into(),
        Err(error) if error.is_broken_pipe() => ExitStatus::AsExpected.into(),
        Err(error) => {
            // Nothing is left to do when standard error is gone as well.
            let _ = write_error(&error, &mut stderr());
            error.exit_status().into()
        }
    }
}

fn carry_out(verb: &Verb) -> Result<ExitStatus, CliError> {
    let out = &mut stdout();
    match verb {
        Verb::Run(args) => run::run(args),
        Verb::Fuzz(args) => fuzz::run(args),
        Verb::Replay(args) => replay::run(args),
        Verb::Baseline(args) => baseline::run(args, out),
        Verb::List(args) => list::run(args, out),
        Verb::Explain(args) => explain::run(args, out),
        #[cfg(feature = "bundled")]
        Verb::Serve(args) => serve::run(args),
        Verb::Features(args) => features::run(args, out),
        Verb::Catalog(args) => Ok(catalog::run(args, out)?),
        Verb::Portrait(args) => Ok(portrait::run(args).map(|()| ExitStatus::AsExpected)?),
        Verb::Init(args) => init::run(args, out),
        Verb::Report(args) => report::run(args, out),
        Verb::Merge(args) => merge::run(args, out),
        Verb::Diff(args) => diff::run(args, out),
        Verb::Tidy(args) => tidy::run(args, out),
        Verb::Matrix(args) => matrix::run(args, out),
        Verb::Schema(args) => schema::run(args, out),
        Verb::Completions(args) => completions::completions(args, Cli::command(), out),
        Verb::Man(args) => completions::man(args, Cli::command(), out),
    }
}
