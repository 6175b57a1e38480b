//! Finds the detector's model in the package `rustface` and copies it to where the program can include it.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package folder"));
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(here.join("Cargo.toml"))
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata describes the workspace");
    let package =
        metadata.packages.iter().find(|p| p.name.as_str() == "rustface").expect("rustface is a dependency");
    let folder = package.manifest_path.parent().expect("a manifest lies in a folder").as_std_path();
    let model = folder.join("model/seeta_fd_frontal_v1.0.bin");
    println!("cargo:rerun-if-changed={}", model.display());
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the output folder"));
    fs::copy(&model, target.join("detector.bin")).expect("the model can be copied");
    // A photograph of a group lies beside it, which the unit tests look at.
    println!("cargo:rustc-env=RUSTFACE_FOLDER={}", folder.display());
}
