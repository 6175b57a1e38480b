//! The command `lianpu-engine`.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use lianpu_engine::cli::{Cli, Verb, evaluate, inspect, models, serve};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when standard error is gone as well.
            let _ = writeln!(io::stderr(), "lianpu-engine: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(cli: Cli) -> Result<(), Box<dyn Error>> {
    match cli.verb {
        Verb::Serve(args) => serve::run(&args, &mut io::stdout()).await?,
        Verb::Evaluate(args) => evaluate::run(&args, &mut io::stdout(), &mut io::stderr())?,
        Verb::Inspect(args) => inspect::run(&args, &mut io::stdout())?,
        Verb::Models(args) => models::run(&args, &mut io::stdout())?,
    }
    Ok(())
}
