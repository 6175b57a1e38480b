//! Starts the server.

use std::{io::Write, process::ExitCode};

fn main() -> ExitCode {
    match foreign_baidu::run(std::env::args(), &mut std::io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => match error.downcast::<clap::Error>() {
            Ok(usage) => usage.exit(),
            Err(error) => {
                let _ = writeln!(std::io::stderr(), "foreign-baidu: {error}");
                ExitCode::FAILURE
            }
        },
    }
}
