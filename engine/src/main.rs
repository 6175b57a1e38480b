//! The command `lianpu-engine`.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use lianpu_engine::cli::{Cli, Verb, serve};

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().verb {
        Verb::Serve(args) => serve::run(&args, &mut io::stdout()).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when standard error is gone as well.
            let _ = writeln!(io::stderr(), "lianpu-engine: {error}");
            ExitCode::from(2)
        }
    }
}
