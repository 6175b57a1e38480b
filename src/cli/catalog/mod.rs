//! `lianpu catalog`: shows, checks and compares tables, and reads a vendor's document into one. One file a verb.

mod changes;
mod diff;
mod document;
mod error;
mod find;
mod import;
mod keep;
mod lint;
mod markdown;
mod show;
mod watch;

use std::io::Write;

use clap::{Args, Subcommand};

pub use self::error::CatalogError;
use super::exit::ExitStatus;

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
    /// `|`. The table is written as TOML; its English glosses are left empty for you to fill in. Written over a table that is
    /// there (`-o`), it keeps what people wrote: glosses, conditions, notes. What is left out, or read otherwise than it stands, is
    /// noted.
    #[command(after_help = "Examples:\n  \
        lianpu catalog import errors.md                              the table, or a list where there are several\n  \
        lianpu catalog import errors.html --number 2 --table ocr     the second table, named ocr\n  \
        lianpu catalog import errors.tsv --table face -o face.toml   written to a file\n  \
        lianpu catalog import errors.md --column code=No. --column remedy=Hint   columns of other names")]
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
