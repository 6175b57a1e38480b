//! `lianpu catalog`: shows, checks and compares tables, and reads a vendor's document into one. One file a verb.

mod changes;
mod diff;
mod document;
mod import;
mod lint;
mod markdown;
mod show;
mod watch;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use lianpu_corpus::LoadError;

use super::error::ExitStatus;
use crate::catalog::{ImportErrors, WatchError};

/// The arguments of `lianpu catalog`.
#[derive(Debug, Args)]
pub struct CatalogArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show the vendors' error tables
    #[command(after_help = "Examples:\n  \
        lianpu catalog show                        all tables, with their number of rows\n  \
        lianpu catalog show tencent-ci             the tables of one dialect\n  \
        lianpu catalog show tencent-ci/face        the rows of one table\n  \
        lianpu catalog show baidu-face/face --full also the remedies, conditions and notes")]
    Show(show::ShowArgs),
    /// Read a vendor's document into a table of the corpus
    ///
    /// The document may be Markdown, an HTML page, CSV, tab-separated lines, or one cell a line between lines that hold only
    /// `|`. The table is written as TOML; its English glosses are left empty for you to fill in.
    #[command(after_help = "Examples:\n  \
        lianpu catalog import errors.md                              the table, or a list where there are several\n  \
        lianpu catalog import errors.html --number 2 --table ocr     the second table, named ocr\n  \
        lianpu catalog import errors.tsv --table face -o face.toml   written to a file")]
    Import(import::ImportArgs),
    /// Find what is odd in the tables; exit 1 where it is not marked as the vendor's own
    ///
    /// Kinds: duplicate-code, two-meanings, shared-message, no-message, likely-typo, unknown-code, unreachable-twin,
    /// stale-mark. What is odd and the vendor's own stands in lint.toml of the dialect's folder, with a reason.
    #[command(after_help = "Examples:\n  \
        lianpu catalog lint                        every dialect\n  \
        lianpu catalog lint baidu-face --all       also what is the vendor's own\n  \
        lianpu catalog lint --catalog acme acme    a dialect of your own\n  \
        lianpu catalog lint --format json")]
    Lint(lint::LintArgs),
    /// Show what changed between two states of tables, and how much it means
    ///
    /// Each side may be a dialect, DIALECT/TABLE, the folder of a dialect, a table's file or a vendor's document. The
    /// verdict is that of semantic versioning: major where what was relied on holds no more (a row or table removed, a code of
    /// another type, another message or bill), minor where there is more or it is said otherwise, patch for the rest.
    #[command(after_help = "Examples:\n  \
        lianpu catalog diff old.md new.md\n  \
        lianpu catalog diff baidu-face/face downloaded.html --format markdown\n  \
        lianpu catalog diff old/acme acme --fail-on major       exit 1 where a change is as heavy")]
    Diff(diff::DiffArgs),
    /// Hold vendors' documents against the tables read from them; exit 1 where they no longer match
    #[command(after_help = "Examples:\n  \
        curl -so errors.html https://vendor.example/errors && lianpu catalog watch errors.html --against acme\n  \
        lianpu catalog watch downloads/*.html --against corpus/dialects/baidu-face\n  \
        lianpu catalog watch new.md --against tencent-ci --table face")]
    Watch(watch::WatchArgs),
}

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

/// Runs `lianpu catalog`; what it prints goes to `out`.
pub fn run(args: &CatalogArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    match &args.verb {
        Verb::Show(args) => show::show(args, out),
        Verb::Import(args) => import::import_file(args, out),
        Verb::Lint(args) => lint::lint_dialects(args, out),
        Verb::Diff(args) => diff::compare(args, out),
        Verb::Watch(args) => watch::hold(args, out),
    }
}
