//! The weights of the nets on disk: where they lie, whether they are the right ones, how they get there.
//!
//! They are a dependency, not a part of the project: a package manager fetches a pinned version
//! ([`install`]), every file's SHA-256 is checked on every load, and the engine works without them.

mod files;
mod install;

pub use files::{FILES, ModelFile};
pub use install::install;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Names the model directory, above every default.
pub const DIRECTORY_VARIABLE: &str = "LIANPU_MODEL_DIR";

/// Why the nets cannot be loaded or their weights not be installed.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Neither the variable nor a home directory says where models lie.
    #[error("no model directory: set {DIRECTORY_VARIABLE}, XDG_DATA_HOME or HOME, or name one")]
    NoDirectory,
    /// A file is not there; `models install` would bring it.
    #[error("the model file {} is missing; `lianpu-engine models install` fetches it", .path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// A file has other bytes than the ones the nets were written for.
    #[error("the model file {} has the SHA-256 {found}, it should have {expected}", .path.display())]
    Changed {
        /// Where it is.
        path: PathBuf,
        /// Its SHA-256.
        found: String,
        /// The right one.
        expected: &'static str,
    },
    /// A weight file does not hold what its net needs.
    #[error("the weights of {net}: {detail}")]
    Weights {
        /// The net.
        net: String,
        /// What is wrong.
        detail: String,
    },
    /// A file or directory cannot be read or written.
    #[error("cannot {action} {}", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is no npm.
    #[error("npm cannot be run ({source}); installing the models needs Node.js and npm on the PATH")]
    NoNpm {
        /// Why not.
        source: io::Error,
    },
    /// npm could not fetch the package: no network, or a registry that refuses.
    #[error("npm ci failed ({status}); is the registry reachable?\n{output}")]
    Npm {
        /// How it ended.
        status: std::process::ExitStatus,
        /// The end of what it said.
        output: String,
    },
}

/// How one model file fares.
#[derive(Debug)]
pub struct FileState {
    /// The file.
    pub file: &'static ModelFile,
    /// Nothing wrong, or what is.
    pub state: Result<(), ModelError>,
}

/// `LIANPU_MODEL_DIR`, else `$XDG_DATA_HOME/lianpu/models`, else `$HOME/.local/share/lianpu/models`.
pub fn default_dir() -> Result<PathBuf, ModelError> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set(DIRECTORY_VARIABLE)
        .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("lianpu/models")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/lianpu/models")))
        .ok_or(ModelError::NoDirectory)
}

/// Every file the nets need and its state in a directory.
pub fn list(directory: &Path) -> Vec<FileState> {
    FILES.iter().map(|file| FileState { file, state: read(directory, file.name).map(drop) }).collect()
}

/// Whether any of the files is there, right or not.
pub fn any(directory: &Path) -> bool {
    FILES.iter().any(|file| directory.join(file.name).exists())
}

/// Whether all files are there and right: the first thing wrong, if any.
pub fn verify(directory: &Path) -> Result<(), ModelError> {
    FILES.iter().try_for_each(|file| read(directory, file.name).map(drop))
}

/// The bytes of a file of the table, checked.
pub(super) fn read(directory: &Path, name: &str) -> Result<Vec<u8>, ModelError> {
    let path = directory.join(name);
    let bytes = fs::read(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => ModelError::Missing { path: path.clone() },
        _ => ModelError::Io { action: "read", path: path.clone(), source },
    })?;
    let file =
        FILES.iter().find(|file| file.name == name).ok_or(ModelError::Missing { path: path.clone() })?;
    let found = hexadecimal(&Sha256::digest(&bytes));
    if found != file.sha256 {
        return Err(ModelError::Changed { path, found, expected: file.sha256 });
    }
    Ok(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_directory_lacks_every_file() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let states = list(directory.path());
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
