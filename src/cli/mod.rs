//! The command line.

pub mod catalog;
pub mod config;
pub mod error;
pub mod nearest;
pub mod terminal;

/// Runs the command and gives its exit code.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
