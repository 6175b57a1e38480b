//! The command `lianpu-engine`.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use lianpu_engine::cli::{Cli, Verb, evaluate, inspect, models, serve};
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ran = Builder::new_multi_thread().enable_all().build().map_err(Into::into).and_then(|runtime| {
        let ran = runtime.block_on(run(cli));
        // The grace is over: a picture that is still being looked at is not waited for.
        runtime.shutdown_background();
        ran
    });
    match ran {
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
