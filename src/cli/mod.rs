//! The command line.

pub mod catalog;
pub mod portrait;

/// Runs the command and gives its exit code.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
