//! The committed seeds of the fuzz targets on the harness's side, replayed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

#[test]
fn import() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/seeds/import");
    let seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(seeds.len() >= 3);
    for seed in seeds {
        lianpu::catalog::fuzz_import(&fs::read(&seed).unwrap());
        let text = fs::read_to_string(&seed).unwrap();
        assert!(!lianpu::catalog::import(&text).unwrap().is_empty(), "{} holds no table", seed.display());
    }
}
