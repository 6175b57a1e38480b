//! Reads dialects: those that are compiled in, and a user's own from a folder.
//!
//! A dialect is known by its name. [`bundled`] gives what is compiled in and nothing else, which is what the engine answers;
//! [`dialect`] gives a folder that was added with [`add`] first. Start with [`Place::read`].

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, PoisonError, RwLock};

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::check::{Inconsistency, inconsistencies};
use crate::{Account, Dialect, Manifest, Operation, Provocation, Table, Vector};

static DIALECTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/dialects");

/// The dialects of folders. They stay until the process ends, as the bundled ones do.
static ADDED: RwLock<Vec<(Place, &'static Dialect)>> = RwLock::new(Vec::new());

/// A dialect that cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error("no dialect named {0}; there are: {known}", known = dialect_names().join(", "))]
    NoSuchDialect(String),
    /// A file is missing from the folder.
    #[error("{0}: the file is missing")]
    Missing(PathBuf),
    /// A file is there and cannot be read.
    #[error("{file}: {error}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: String,
    },
    /// A file is not the TOML it should be; the text names line, column and key.
    #[error("{file}: {error}")]
    Malformed {
        /// The file.
        file: PathBuf,
        /// What the parser says.
        error: String,
    },
    /// Each file reads, but they do not hang together.
    #[error("{}", told(.dir, .faults))]
    Inconsistent {
        /// The folder.
        dir: PathBuf,
        /// Everything that is wrong, in the order of the files.
        faults: Vec<Inconsistency>,
    },
}

fn told(dir: &Path, faults: &[Inconsistency]) -> String {
    let lines = faults.iter().map(|fault| dir.join(fault.to_string()).display().to_string());
    lines.collect::<Vec<_>>().join("\n")
}

/// Where the files of a dialect lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Compiled in, under this name.
    Bundled(&'static str),
    /// In a folder.
    Folder(PathBuf),
}

/// The names of all known dialects, sorted.
pub fn dialect_names() -> Vec<&'static str> {
    let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
    let mut names = bundled_names();
    names.extend(added.iter().map(|(_, dialect)| dialect.manifest.name.as_str()));
    names.sort_unstable();
    names.dedup();
    names
}

fn bundled_names() -> Vec<&'static str> {
    DIALECTS.dirs().filter_map(|dir| dir.path().file_name().and_then(|name| name.to_str())).collect()
}

/// The known dialect of this name: one of a folder, else a bundled one.
pub fn dialect(name: &str) -> Result<&'static Dialect, LoadError> {
    match added(name) {
        Some((_, dialect)) => Ok(dialect),
        None => bundled(name),
    }
}

/// Where the known dialect of this name lies.
pub fn place(name: &str) -> Result<Place, LoadError> {
    if let Some((place, _)) = added(name) {
        return Ok(place);
    }
    let known = bundled_names().into_iter().find(|known| *known == name);
    known.map(Place::Bundled).ok_or_else(|| LoadError::NoSuchDialect(name.to_owned()))
}

fn added(name: &str) -> Option<(Place, &'static Dialect)> {
    let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
    added.iter().rev().find(|(_, dialect)| dialect.manifest.name == name).cloned()
}

/// Reads a folder; from now on its dialect is known by its name, also where a bundled one has the same.
///
/// # Errors
/// As [`Place::read`]; nothing is added then.
pub fn add(folder: &Path) -> Result<&'static Dialect, LoadError> {
    let place = Place::Folder(folder.to_owned());
    let dialect: &'static Dialect = Box::leak(Box::new(place.read()?));
    ADDED.write().unwrap_or_else(PoisonError::into_inner).push((place, dialect));
    Ok(dialect)
}

/// The bundled dialect of this name, read at its first use.
pub fn bundled(name: &str) -> Result<&'static Dialect, LoadError> {
    struct Slot {
        name: &'static str,
        read: OnceLock<Result<Dialect, LoadError>>,
    }
    static SLOTS: OnceLock<Vec<Slot>> = OnceLock::new();
    let empty = |name| Slot { name, read: OnceLock::new() };
    let slots = SLOTS.get_or_init(|| bundled_names().into_iter().map(empty).collect());
    let slot = slots.iter().find(|slot| slot.name == name);
    let slot = slot.ok_or_else(|| LoadError::NoSuchDialect(name.to_owned()))?;
    // What is compiled in hangs together: a test holds it, and a start need not.
    slot.read.get_or_init(|| Place::Bundled(slot.name).files()).as_ref().map_err(Clone::clone)
}

impl Place {
    /// The path of one of its files, for people; of a bundled one in the source tree.
    pub fn path(&self, file: &str) -> PathBuf {
        match self {
            Self::Bundled(name) => Path::new("corpus/dialects").join(name).join(file),
            Self::Folder(folder) => folder.join(file),
        }
    }

    /// The text of one of its files, such as `tables/face.toml`; nothing where there is no such file.
    pub fn text(&self, file: &str) -> Result<Option<String>, LoadError> {
        let bytes = match self {
            Self::Bundled(name) => {
                DIALECTS.get_file(Path::new(name).join(file)).map(|entry| entry.contents().to_vec())
            }
            Self::Folder(folder) => match std::fs::read(folder.join(file)) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => {
                    return Err(LoadError::Unreadable { file: self.path(file), error: error.to_string() });
                }
            },
        };
        let utf8 = bytes.map(String::from_utf8).transpose();
        utf8.map_err(|error| LoadError::Malformed {
            file: self.path(file),
            error: format!("not UTF-8 from byte {} on", error.utf8_error().valid_up_to()),
        })
    }

    /// The dialect of its files.
    ///
    /// # Errors
    /// A file is missing or cannot be read; a file is not the TOML it should be, with line, column and key; or the files do
    /// not hang together, all faults at once, each with file, row or operation, field and what would be right.
    pub fn read(&self) -> Result<Dialect, LoadError> {
        let dialect = self.files()?;
        let faults = inconsistencies(&dialect);
        if faults.is_empty() {
            Ok(dialect)
        } else {
            Err(LoadError::Inconsistent { dir: self.path(""), faults })
        }
    }

    fn files(&self) -> Result<Dialect, LoadError> {
        let mut manifest: Manifest = self.parse("dialect.toml")?;
        // In our names from here on; what lacks a part is told by `inconsistencies`.
        let told = std::mem::take(&mut manifest.accounts);
        let named = |told: Account| manifest.account(told.clone()).unwrap_or(told);
        manifest.accounts = told.into_iter().map(named).collect();
        let tables = manifest.tables.iter().map(|id| self.parse::<Table>(&format!("tables/{id}.toml")));
        let tables = tables.collect::<Result<_, _>>()?;
        let operations =
            self.parse_if_any::<Operations>("operations.toml")?.map_or_else(Vec::new, |o| o.operation);
        let provocations =
            self.parse_if_any::<Provocations>("provocations.toml")?.map_or_else(Vec::new, |p| p.provoke);
        let vectors = self.parse_if_any::<Vectors>("vectors.toml")?.map_or_else(Vec::new, |v| v.vector);
        Ok(Dialect { manifest, tables, operations, provocations, vectors })
    }

    fn parse<T: DeserializeOwned>(&self, file: &str) -> Result<T, LoadError> {
        self.parse_if_any(file)?.ok_or_else(|| LoadError::Missing(self.path(file)))
    }

    fn parse_if_any<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, LoadError> {
        let Some(text) = self.text(file)? else { return Ok(None) };
        let malformed =
            |error: toml::de::Error| LoadError::Malformed { file: self.path(file), error: error.to_string() };
        toml::from_str(&text).map(Some).map_err(malformed)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Operations {
    #[serde(default)]
    operation: Vec<Operation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provocations {
    #[serde(default)]
    provoke: Vec<Provocation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    #[serde(default)]
    vector: Vec<Vector>,
}
