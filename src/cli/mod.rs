//! The command line.

pub mod portrait;
pub mod catalog;

/// Runs the command and gives its exit code.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
