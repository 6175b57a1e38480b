//! Where the bundles of a run are put: a folder each, so many and so large and no more.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::made::MadeBundle;
use super::origin::RunOrigin;
use crate::report::{ScenarioRecord, digest_of_bytes};
use crate::run::{Keeper, Transcript};

/// Bundles of a run at most.
const MOST: usize = 200;

/// Bytes of them at most; the one that goes beyond is the last.
const MOST_BYTES: usize = 64 << 20;

/// Characters of a folder's name before its digest: the command that names it shall fit on a line.
const NAME: usize = 30;

/// The folder that takes the bundles of a run.
#[derive(Debug, Clone)]
pub struct BundleFolder(Arc<Inner>);

/// What became of the bundles.
#[derive(Debug, Default)]
pub struct KeptBundles {
    /// How many were written.
    pub written: usize,
    /// How many more failing scenarios there were than there was room for.
    pub left_out: usize,
    /// The first that could not be written, and why.
    pub failure: Option<(PathBuf, io::Error)>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    origin: RunOrigin,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    bytes: usize,
    kept: KeptBundles,
}

impl BundleFolder {
    /// In this folder, which is made when the first bundle comes.
    pub fn new(folder: PathBuf, origin: RunOrigin) -> Self {
        Self(Arc::new(Inner { folder, origin, state: Mutex::default() }))
    }

    /// Takes what failing scenarios sent.
    pub fn keeper(&self) -> Keeper {
        let folder = self.clone();
        Keeper::new(move |record, transcript| folder.put(record, transcript))
    }

    /// The folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.0.folder
    }

    /// What became of the bundles so far.
    pub fn kept(&self) -> KeptBundles {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut state.kept)
    }

    pub(super) fn put(&self, record: &ScenarioRecord, transcript: &Transcript) -> Option<String> {
        let Inner { folder, origin, state } = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.kept.written == MOST || state.bytes > MOST_BYTES {
            state.kept.left_out += 1;
            return None;
        }
        let own = folder.join(name_of(record));
        match MadeBundle::of_scenario(record, transcript, origin).write(&own) {
            Ok(bytes) => {
                state.bytes += bytes;
                state.kept.written += 1;
                Some(own.display().to_string())
            }
            Err(error) => {
                state.kept.failure.get_or_insert((own, error));
                None
            }
        }
    }
}

/// A short name of the folder for a scenario: code and operation where it has a row, and the beginning of the digest of its
/// id, so that the same scenario has the same folder in every run.
fn name_of(record: &ScenarioRecord) -> String {
    let code = record.row.as_deref().and_then(|row| row.rsplit('/').next());
    let words = match (code, &record.op) {
        (Some(code), Some(op)) => format!("{code}-{op}"),
        _ => record.id.clone(),
    };
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let words: String = words.trim_matches('-').chars().take(NAME).map(plain).collect();
    format!("{words}-{}", &digest_of_bytes(record.id.as_bytes()).to_string()[..6])
}

#[cfg(test)]
mod tests;
