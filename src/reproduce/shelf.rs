//! Where the bundles of a run are put: a folder each, so many and so large and no more.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::bundle::Made;
use crate::fuzzing::digest;
use crate::report::ScenarioRecord;
use crate::run::{Keeper, Transcript};

/// Bundles of a run at most.
const MOST: usize = 200;

/// Bytes of them at most; the one that goes beyond is the last.
const MOST_BYTES: usize = 64 << 20;

/// Characters of a folder's name before its digest: the command that names it shall fit on a line.
const NAME: usize = 30;

/// The folder that takes the bundles of a run.
#[derive(Debug, Clone)]
pub struct Shelf(Arc<Inner>);

/// What a run's bundles have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The target's address.
    pub base_url: String,
    /// The seed of the run.
    pub seed: u64,
    /// Whether messages are held against the tables.
    pub strict: bool,
    /// The dialect of scenarios that name none.
    pub dialect: String,
}

/// What became of the bundles.
#[derive(Debug, Default)]
pub struct Shelved {
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
    origin: Origin,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    bytes: usize,
    shelved: Shelved,
}

impl Shelf {
    /// A shelf in this folder, which is made when the first bundle comes.
    pub fn new(folder: PathBuf, origin: Origin) -> Self {
        Self(Arc::new(Inner { folder, origin, state: Mutex::default() }))
    }

    /// Takes what failing scenarios sent.
    pub fn keeper(&self) -> Keeper {
        let shelf = self.clone();
        Keeper::new(move |record, transcript| shelf.put(record, transcript))
    }

    /// The folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.0.folder
    }

    /// What became of the bundles so far.
    pub fn shelved(&self) -> Shelved {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut state.shelved)
    }

    pub(super) fn put(&self, record: &ScenarioRecord, transcript: &Transcript) -> Option<String> {
        let Inner { folder, origin, state } = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.shelved.written == MOST || state.bytes > MOST_BYTES {
            state.shelved.left_out += 1;
            return None;
        }
        let own = folder.join(name_of(record));
        match Made::of(record, transcript, origin).write(&own) {
            Ok(bytes) => {
                state.bytes += bytes;
                state.shelved.written += 1;
                Some(own.display().to_string())
            }
            Err(error) => {
                state.shelved.failure.get_or_insert((own, error));
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
    format!("{words}-{}", &digest(record.id.as_bytes())[..6])
}
