//! Reads the dialects that are compiled in.

use std::path::PathBuf;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Dialect, Manifest, Operation, Provocation, Table, Vector};

static DIALECTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/dialects");

/// A dialect that cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error("no dialect named {0}; there are: {known}", known = dialect_names().join(", "))]
    NoSuchDialect(String),
    /// A file is missing from the folder.
    #[error("{0}: the file is missing")]
    Missing(PathBuf),
    /// A file is not the TOML it should be; the text names line, column and key.
    #[error("{file}: {error}")]
    Malformed {
        /// The file below `dialects/`.
        file: PathBuf,
        /// What the parser says.
        error: String,
    },
}

/// The names of the bundled dialects, sorted.
pub fn dialect_names() -> Vec<&'static str> {
    let mut names: Vec<_> =
        DIALECTS.dirs().filter_map(|dir| dir.path().file_name().and_then(|name| name.to_str())).collect();
    names.sort_unstable();
    names
}

/// The bundled dialect of this name, read at its first use.
pub fn bundled(name: &str) -> Result<&'static Dialect, LoadError> {
    struct Slot {
        name: &'static str,
        read: OnceLock<Result<Dialect, LoadError>>,
    }
    static SLOTS: OnceLock<Vec<Slot>> = OnceLock::new();
    let empty = |name| Slot { name, read: OnceLock::new() };
    let slots = SLOTS.get_or_init(|| dialect_names().into_iter().map(empty).collect());
    let slot = slots.iter().find(|slot| slot.name == name);
    let slot = slot.ok_or_else(|| LoadError::NoSuchDialect(name.to_owned()))?;
    slot.read.get_or_init(|| read(slot.name)).as_ref().map_err(Clone::clone)
}

/// The text of a bundled table's file, for those who point at its lines.
pub fn table_text(dialect: &str, table: &str) -> Option<&'static str> {
    DIALECTS.get_file(format!("{dialect}/tables/{table}.toml"))?.contents_utf8()
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

fn read(name: &str) -> Result<Dialect, LoadError> {
    let manifest: Manifest = parse(name, "dialect.toml")?;
    let tables = manifest
        .tables
        .iter()
        .map(|id| parse::<Table>(name, &format!("tables/{id}.toml")))
        .collect::<Result<_, _>>()?;
    let operations =
        parse_if_any::<Operations>(name, "operations.toml")?.map_or_else(Vec::new, |o| o.operation);
    let provocations =
        parse_if_any::<Provocations>(name, "provocations.toml")?.map_or_else(Vec::new, |p| p.provoke);
    let vectors = parse_if_any::<Vectors>(name, "vectors.toml")?.map_or_else(Vec::new, |v| v.vector);
    Ok(Dialect { manifest, tables, operations, provocations, vectors })
}

fn parse<T: DeserializeOwned>(dialect: &str, file: &str) -> Result<T, LoadError> {
    parse_if_any(dialect, file)?.ok_or_else(|| LoadError::Missing(PathBuf::from(dialect).join(file)))
}

fn parse_if_any<T: DeserializeOwned>(dialect: &str, file: &str) -> Result<Option<T>, LoadError> {
    let path = PathBuf::from(dialect).join(file);
    let Some(entry) = DIALECTS.get_file(&path) else { return Ok(None) };
    let malformed = |error: String| LoadError::Malformed { file: path.clone(), error };
    let text = entry.contents_utf8().ok_or_else(|| malformed("not UTF-8".to_owned()))?;
    toml::from_str(text).map(Some).map_err(|error| malformed(error.to_string()))
}
