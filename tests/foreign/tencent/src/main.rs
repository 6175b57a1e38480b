//! Starts the server.

use std::io::{self, Write as _};
use std::process::ExitCode;

use foreign_tencent::Failure;

fn main() -> ExitCode {
    match foreign_tencent::run(std::env::args().skip(1), &mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => {
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::from(2)
        }
        Err(Failure::System(error)) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
