//! The committed seeds of the fuzz targets on the harness's side, replayed; and that every target has seeds that are
//! replayed, and a dictionary.

#![cfg(all(feature = "bundled", feature = "fuzzing"))]

#[path = "../../fuzz/src/lib.rs"]
mod plans;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn files(folder: &str) -> Vec<PathBuf> {
    fs::read_dir(Path::new(ROOT).join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn names(folder: &str) -> BTreeSet<String> {
    files(folder).iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn replay(target: &str, body: fn(&[u8])) {
    let seeds = files(&format!("corpus/seeds/{target}"));
    assert!(seeds.len() >= 3, "{target} has {} seeds", seeds.len());
    for seed in seeds {
        body(&fs::read(seed).unwrap());
    }
}

#[test]
fn import() {
    replay("import", lianpu::catalog::fuzz_import);
    for seed in files("corpus/seeds/import") {
        let text = fs::read_to_string(&seed).unwrap();
        assert!(
            !lianpu::catalog::import(&text, &lianpu::catalog::Reading::default()).unwrap().is_empty(),
            "{} holds no table",
            seed.display()
        );
    }
}

#[test]
fn config() {
    replay("config", lianpu::cli::config::fuzz_config);
}

#[test]
fn events() {
    replay("events", lianpu::report::fuzz_events);
}

#[test]
fn plan() {
    replay("plan", plans::fuzz_plan);
}

#[test]
fn every_target_has_seeds_that_are_replayed_and_a_dictionary() {
    let targets = names("fuzz/fuzz_targets");
    assert!(targets.len() >= 8, "{targets:?}");
    assert_eq!(names("fuzz/dictionaries"), targets);
    assert_eq!(names("corpus/seeds"), targets);
    let manifest = fs::read_to_string(Path::new(ROOT).join("fuzz/Cargo.toml")).unwrap();
    let replayed = ["tests/suite/seeds.rs", "engine/tests/server/seeds.rs"]
        .map(|file| fs::read_to_string(Path::new(ROOT).join(file)).unwrap());
    for target in &targets {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} is not in fuzz/Cargo.toml");
        let named = [format!("    {target} = "), format!("replay(\"{target}\"")];
        let is_replayed = replayed.iter().any(|file| named.iter().any(|name| file.contains(name)));
        assert!(is_replayed, "the seeds of {target} are not replayed");
    }
}
