//! The command line.

pub mod catalog;
mod columns;
pub mod config;
pub mod error;
pub mod explain;
pub mod features;
pub mod init;
pub mod known;
pub mod list;
pub mod nearest;
#[cfg(test)]
mod sample;
pub mod select;
pub mod terminal;

/// Runs the command and gives its exit code.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
