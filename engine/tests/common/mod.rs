//! What is not everywhere: the nets' weights, and photographs beside the worktree. A test that lacks them skips, saying
//! so, unless `LIANPU_REQUIRE` (a list with commas) has their word.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};

use lianpu_engine::vision::models;
use lianpu_testing::lacking;

/// The directory of the nets' weights.
pub fn nets() -> Option<PathBuf> {
    let directory = models::default_dir().ok().filter(|directory| models::any(directory));
    if directory.is_none() {
        lacking("nets", "no models; `lianpu-engine models install` fetches them");
    }
    directory
}

/// A file or folder of the data beside the worktree.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if path.exists() {
        return Some(path);
    }
    lacking("shared", &format!("{} is not there", path.display()));
    None
}
