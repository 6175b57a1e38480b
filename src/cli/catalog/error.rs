//! Why `lianpu catalog` could not do what it was asked.

use std::io;
use std::path::{Path, PathBuf};

use lianpu_corpus::LoadError;

use crate::catalog::{ImportErrors, WatchError};
use crate::shell::quoted;

/// Why `lianpu catalog` could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// There is no such dialect, or its files cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The dialect has no such table.
    #[error("{dialect} has no table named {table}; there are: {known}")]
    NoSuchTable {
        /// The dialect.
        dialect: String,
        /// What was asked for.
        table: String,
        /// The tables it has.
        known: String,
    },
    /// The document has no table of this number.
    #[error("{file}: there is no error table {number}; --number takes 1 to {count}")]
    NoSuchNumber {
        /// The document.
        file: PathBuf,
        /// What was asked for.
        number: usize,
        /// How many tables the document has.
        count: usize,
    },
    /// The document has several tables, and none was chosen.
    #[error("{file} has several error tables; choose one with --number:\n{list}", list = .list.trim_end())]
    Several {
        /// The document.
        file: PathBuf,
        /// The tables with their numbers, one a line.
        list: String,
    },
    /// The document cannot be read as text.
    #[error("cannot read {file}: {error}")]
    Read {
        /// The document.
        file: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The document is not in UTF-8.
    #[error("{file} is not in UTF-8 from byte {at} on; it seems to be in {encoding}. To convert it: {}", iconv(.file, .encoding))]
    Encoding {
        /// The document.
        file: PathBuf,
        /// The first byte that is no UTF-8.
        at: usize,
        /// What it seems to be in.
        encoding: &'static str,
    },
    /// The file that is to be written holds something else than a table.
    #[error(
        "{file} is there and is no table, so it is not written over; give -o another name, or remove it: {error}"
    )]
    NoTableThere {
        /// The file.
        file: PathBuf,
        /// What the parser says, with line, column and key.
        error: Box<toml::de::Error>,
    },
    /// A table's file, or `lint.toml`, is not the TOML it should be.
    #[error("{file}: {error}")]
    Malformed {
        /// The file.
        file: PathBuf,
        /// What the parser says, with line, column and key.
        error: Box<toml::de::Error>,
    },
    /// There is neither a dialect nor a file of this name.
    #[error(
        "{what} is no dialect, DIALECT/TABLE, folder of a dialect, table (*.toml) or document; dialects are: {known}"
    )]
    NoSuchThing {
        /// What was asked for.
        what: String,
        /// The dialects there are.
        known: String,
    },
    /// The document belongs to no table.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// The document has faults.
    #[error("{file} cannot be imported:\n{errors}")]
    Import {
        /// The document.
        file: PathBuf,
        /// The faults, one a line.
        errors: ImportErrors,
    },
    /// The result cannot be written.
    #[error("cannot write {file}: {error}")]
    Write {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The result cannot be printed.
    #[error("cannot print the result: {0}")]
    Print(#[from] io::Error),
}

/// The command that writes a file anew in UTF-8.
fn iconv(file: &Path, encoding: &str) -> String {
    let [from, to] = ["", ".utf-8"].map(|ending| quoted(&format!("{}{ending}", file.display())));
    format!("iconv -f {encoding} -t UTF-8 {from} > {to}")
}
