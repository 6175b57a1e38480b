//! Fetching the weights with npm.
//!
//! The pinned manifest and lock file are written to a temporary directory beside the target, npm installs
//! there without running scripts, and the few files needed are moved over once they have proved right.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::files::{FILES, PACKAGE};
use super::{ModelError, SUMS, verify};

const MANIFEST: &str = include_str!("../../../models/package.json");
const LOCK: &str = include_str!("../../../models/package-lock.json");

/// Installs the weights into a directory, creating it. Does nothing when they are there and right, and never replaces an
/// operator's own.
///
/// A directory is either as it was or complete, except where the file system itself fails between two renames;
/// running it again mends that.
pub fn install(directory: &Path) -> Result<(), ModelError> {
    if verify(directory).is_ok() {
        return Ok(());
    }
    let list = directory.join(SUMS);
    if list.exists() {
        return Err(ModelError::OperatorsOwn { path: list });
    }
    let io = |action, path: &Path| {
        let path = path.to_owned();
        move |source| ModelError::Io { action, path, source }
    };
    fs::create_dir_all(directory).map_err(io("create", directory))?;
    let workshop = tempfile::Builder::new()
        .prefix(".install-")
        .tempdir_in(directory)
        .map_err(io("create a directory in", directory))?;
    let place = |name: &str| workshop.path().join(name);
    for (name, text) in [("package.json", MANIFEST), ("package-lock.json", LOCK)] {
        fs::write(place(name), text).map_err(io("write", &place(name)))?;
    }
    npm_ci(workshop.path())?;

    let fetched = place(PACKAGE);
    verify(&fetched)?;
    for file in &FILES {
        let target = directory.join(file.name);
        fs::rename(fetched.join(file.name), &target).map_err(io("write", &target))?;
    }
    verify(directory).map(drop)
}

/// Runs npm exactly as the lock file says, without any package's scripts.
fn npm_ci(directory: &Path) -> Result<(), ModelError> {
    let output = Command::new(npm())
        .args(["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"])
        .current_dir(directory)
        .output()
        .map_err(|source| ModelError::NoNpm { source })?;
    if output.status.success() {
        return Ok(());
    }
    Err(ModelError::Npm { status: output.status, output: end(&output) })
}

fn npm() -> PathBuf {
    PathBuf::from(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// The last lines that npm wrote, where its reason stands.
fn end(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_lock_pins_one_package_by_its_hash_and_names_no_registry() {
        let lock: Value = serde_json::from_str(LOCK).expect("JSON");
        let package = &lock["packages"]["node_modules/@vladmandic/face-api"];
        assert_eq!(package["version"], "1.7.15");
        assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")));
        assert!(!LOCK.contains("resolved"), "a registry's address");
        let manifest: Value = serde_json::from_str(MANIFEST).expect("JSON");
        assert_eq!(manifest["dependencies"]["@vladmandic/face-api"], "1.7.15");
    }
}
