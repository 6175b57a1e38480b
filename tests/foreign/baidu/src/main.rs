//! Starts the server.

use std::{io::Write, process::ExitCode};

fn main() -> ExitCode {
    match foreign_baidu::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "foreign-baidu: {error}");
            ExitCode::FAILURE
        }
    }
}
