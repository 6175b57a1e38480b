//! `--catalog`: dialects of the user's own, read before anything else is done.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use lianpu_corpus::{LoadError, Manifest, add, bundled};

use super::error::CliError;
use super::terminal;
use crate::nearest::did_you_mean;
use crate::provoke::scenarios;
use crate::sign::{scheme, scheme_names, schemes_of};

/// The folders of the user's own dialects, as the command line named them.
static ADDED: OnceLock<Vec<PathBuf>> = OnceLock::new();

/// The options that add the user's own dialects again, each followed by its value.
pub(super) fn options() -> Vec<String> {
    let folders = ADDED.get().into_iter().flatten();
    folders.flat_map(|folder| ["--catalog".to_owned(), folder.display().to_string()]).collect()
}

/// Adds the dialects of these folders. Each must read, hang together and make its scenarios.
pub(super) fn add_all(folders: &[PathBuf]) -> Result<(), CliError> {
    let _ = ADDED.set(folders.to_vec()); // the command line is read once
    for folder in folders {
        if !folder.join("dialect.toml").exists() {
            let folder = folder.display();
            let why = format!(
                "{folder}/dialect.toml: the file is missing; `lianpu init --dialect NAME` writes a folder to begin with"
            );
            return Err(CliError::Usage(why));
        }
        let dialect = add(folder)?;
        let name = &dialect.manifest.name;
        check_schemes(folder, &dialect.manifest)?;
        scenarios(dialect).map_err(|errors| {
            let lines = errors.iter().map(|error| format!("{}/provocations.toml: {error}", folder.display()));
            CliError::Usage(lines.collect::<Vec<_>>().join("\n"))
        })?;
        if !matches!(bundled(name), Err(LoadError::NoSuchDialect(_))) {
            let note = format!("{name} is that of {}, not the one that is built in", folder.display());
            terminal::write_note(&note, &mut terminal::stderr())?;
        }
    }
    Ok(())
}

/// Refuses a name that is no signature scheme's: the corpus does not know which there are.
fn check_schemes(folder: &Path, manifest: &Manifest) -> Result<(), CliError> {
    for (place, name) in schemes_of(manifest).enumerate() {
        let Err(why) = scheme(name) else { continue };
        let field = if place == 0 && manifest.signature.is_some() { "signature" } else { "signature_or" };
        let why = format!(
            "{}/dialect.toml: field {field}: {why}{}; leave it out where nothing is signed",
            folder.display(),
            did_you_mean(name, scheme_names()),
        );
        return Err(CliError::Usage(why));
    }
    Ok(())
}
