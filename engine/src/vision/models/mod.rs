//! The weights of the nets on disk: where they lie, whether they are the right ones, how they get there.
//!
//! They are a dependency, not a part of the project: a package manager fetches a pinned version
//! ([`install`]), every file's SHA-256 is checked on every load, and the engine works without them. An operator may have
//! weights of their own for the same nets: a list named [`SUMS`] beside them says so.

mod error;
mod files;
mod install;
mod sums;

pub use error::{DIRECTORY_VARIABLE, ModelError};
pub use files::{FILES, ModelFile};
pub use install::install;
pub(super) use sums::Checked;
pub use sums::{Origin, SUMS};

use std::env;
use std::path::{Path, PathBuf};

/// How one model file fares.
#[derive(Debug)]
pub struct FileState {
    /// The file.
    pub file: &'static ModelFile,
    /// Whose it is, or what is wrong.
    pub state: Result<Origin, ModelError>,
}

/// `LIANPU_MODEL_DIR`, else `$XDG_DATA_HOME/lianpu/models`, else `$HOME/.local/share/lianpu/models`.
pub fn default_dir() -> Result<PathBuf, ModelError> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set(DIRECTORY_VARIABLE)
        .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("lianpu/models")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/lianpu/models")))
        .ok_or(ModelError::NoDirectory)
}

/// Every file the nets need and its state in a directory. An error is the list of an operator's sums being none.
pub fn list(directory: &Path) -> Result<Vec<FileState>, ModelError> {
    let checked = Checked::open(directory)?;
    let state = |file: &'static ModelFile| FileState {
        file,
        state: checked.read(file.name).map(|(_, origin)| origin),
    };
    Ok(FILES.iter().map(state).collect())
}

/// Whether any of the files is there, right or not.
pub fn any(directory: &Path) -> bool {
    FILES.iter().any(|file| directory.join(file.name).exists())
}

/// Whether all files are there and right: whose they are, or the first thing wrong. One of the operator's makes all the
/// operator's.
pub fn verify(directory: &Path) -> Result<Origin, ModelError> {
    let checked = Checked::open(directory)?;
    let mut origin = Origin::Pinned;
    for file in &FILES {
        if checked.read(file.name)?.1 == Origin::Operators {
            origin = Origin::Operators;
        }
    }
    Ok(origin)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_empty_directory_lacks_every_file() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let states = list(directory.path()).expect("no list of sums");
        assert_eq!(states.len(), FILES.len());
        assert!(states.iter().all(|file| matches!(file.state, Err(ModelError::Missing { .. }))));
    }

    #[test]
    fn a_changed_file_is_told_by_its_hash() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::write(directory.path().join(FILES[0].name), b"[]").expect("written");
        let error = verify(directory.path()).expect_err("changed").to_string();
        assert!(error.contains(FILES[0].sha256) && error.contains(FILES[0].name), "{error}");
    }
}
