//! Puts the SeetaFace detection model of the `rustface` package where the engine embeds it.
//!
//! The package carries the model but exports neither its bytes nor its path, so cargo is asked where the
//! package lies. It is asked through a manifest that depends on `rustface` alone: the workspace's own would
//! need every package of every platform and every development dependency to be present, which an ordinary
//! build does not fetch. Nothing is fetched here.
//!
//! `LIANPU_SEETA_MODEL` names the file instead, for packagers; its SHA-256 must be the same.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;
use sha2::{Digest, Sha256};

const OVERRIDE: &str = "LIANPU_SEETA_MODEL";
const VERSION: &str = "=0.1.7"; // as in Cargo.toml
const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";
const SHA256: &str = "c4619d066ed35e84d9a8e842860b0dff567aba0cbb139881075538761db3ff5d";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed={OVERRIDE}");
    let model = env::var_os(OVERRIDE).map_or_else(|| rustface().join(MODEL), PathBuf::from);
    println!("cargo:rerun-if-changed={}", model.display());

    let bytes = fs::read(&model).unwrap_or_else(|error| {
        panic!("cannot read the detection model {}: {error}; {OVERRIDE} may name it", model.display())
    });
    let digest = Sha256::digest(&bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let found: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    assert!(
        found == SHA256,
        "the detection model {} has the SHA-256 {found}, it should have {SHA256}",
        model.display()
    );

    let copy = directory("OUT_DIR").join("seeta.bin");
    fs::write(&copy, bytes).unwrap_or_else(|error| panic!("cannot write {}: {error}", copy.display()));
}

/// Where cargo keeps the sources of the `rustface` package.
fn rustface() -> PathBuf {
    let engine = directory("CARGO_MANIFEST_DIR");
    let manifest = probe(&engine);
    let metadata = MetadataCommand::new()
        .manifest_path(&manifest)
        .current_dir(&engine) // where source replacement is configured
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .unwrap_or_else(|error| {
            panic!("cargo cannot say where the package rustface lies: {error}; {OVERRIDE} may name the model")
        });
    let package =
        metadata.packages.iter().find(|package| package.name.as_str() == "rustface").unwrap_or_else(|| {
            panic!("cargo metadata does not list rustface; {OVERRIDE} may name the model")
        });
    let parent = package.manifest_path.parent().expect("a manifest lies in a directory");
    parent.as_std_path().to_owned()
}

/// Writes a package that depends on `rustface` alone, at the versions the workspace has locked.
fn probe(engine: &Path) -> PathBuf {
    let folder = directory("OUT_DIR").join("probe");
    let manifest = folder.join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n\
         [dependencies]\nrustface = {{ version = \"{VERSION}\", default-features = false }}\n\n[workspace]\n"
    );
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&manifest, text))
        .and_then(|()| fs::write(folder.join("lib.rs"), ""))
        .and_then(|()| {
            match engine.ancestors().map(|path| path.join("Cargo.lock")).find(|path| path.exists()) {
                Some(lock) => fs::copy(lock, folder.join("Cargo.lock")).map(drop),
                None => Ok(()),
            }
        });
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", folder.display()));
    manifest
}

fn directory(variable: &str) -> PathBuf {
    env::var_os(variable).unwrap_or_else(|| panic!("cargo sets {variable} for build scripts")).into()
}
