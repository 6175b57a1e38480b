//! `--catalog`: dialects of the user's own, read before anything else is done.

use std::path::PathBuf;

use lianpu_corpus::{LoadError, add, bundled};

use super::error::CliError;
use super::nearest::did_you_mean;
use super::terminal;
use crate::provoke::scenarios;
use crate::sign::SCHEMES;

/// Adds the dialects of these folders. Each must read, hang together and make its scenarios.
pub(super) fn add_all(folders: &[PathBuf]) -> Result<(), CliError> {
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
        if let Some(scheme) = dialect.manifest.signature.as_deref().filter(|scheme| !SCHEMES.contains(scheme))
        {
            let why = format!(
                "{}/dialect.toml: field signature: no scheme `{scheme}`{}; there are: {}; leave it out where nothing is signed",
                folder.display(),
                did_you_mean(scheme, SCHEMES),
                SCHEMES.join(", ")
            );
            return Err(CliError::Usage(why));
        }
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
