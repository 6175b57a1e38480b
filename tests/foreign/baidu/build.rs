//! Finds the detector's model in the folder of the `rustface` package and copies it to where the source includes it from.

use std::{env, error::Error, fs, path::PathBuf};

use cargo_metadata::MetadataCommand;

/// Where the model lies inside the package.
const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";

fn main() -> Result<(), Box<dyn Error>> {
    let metadata = MetadataCommand::new()
        .manifest_path(PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .other_options(vec!["--offline".to_owned()])
        .exec()?;
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "rustface");
    let folder =
        package.and_then(|package| package.manifest_path.parent()).ok_or("rustface is not a dependency")?;
    let model = folder.join(MODEL);
    fs::copy(&model, PathBuf::from(env::var("OUT_DIR")?).join("detector.bin"))?;
    // A group of people, for the tests.
    println!("cargo::rustc-env=GROUP_PHOTOGRAPH={}", folder.join("test.png"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={model}");
    Ok(())
}
