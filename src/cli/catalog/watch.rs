//! `catalog watch`: have the vendors' documents changed since the tables were read from them?

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::CatalogError;
use super::changes::write_changes;
use super::document::{self, ReadingArgs};
use super::find::find;
use crate::catalog::diff::verdict;
use crate::catalog::watch;
use crate::cli::columns::count;
use crate::cli::exit::ExitStatus;
use crate::report::Palette;
use lianpu_corpus::{Place, dialect, dialect_names};

/// The arguments of `catalog watch`.
#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// The documents as they are now, under the names that the tables remember as their source
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// The folder of the dialect, or its name
    #[arg(long, value_name = "DIR")]
    against: String,
    /// The one table that the document is of, whatever its name
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn hold(args: &WatchArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let own;
    let dialect = if dialect_names().contains(&args.against.as_str()) {
        dialect(&args.against)?
    } else {
        own = Place::Folder(PathBuf::from(&args.against)).read()?;
        &own
    };
    if let Some(table) = &args.table {
        find(dialect, table)?;
    }
    let mut status = ExitStatus::AsExpected;
    for document in &args.documents {
        let name = document::name(document);
        let imported = document::sound(document, document::read(document, &args.reading)?)?;
        let rows: usize = imported.iter().map(|table| table.rows.len()).sum();
        let changes = watch(&dialect.tables, imported, &name, args.table.as_deref())?;
        if verdict(&changes).is_none() {
            writeln!(out, "{}: {}, as committed", document.display(), count(rows, "row"))?;
            continue;
        }
        status = ExitStatus::Deviations;
        writeln!(out, "{} no longer matches {}:", document.display(), dialect.manifest.name)?;
        write_changes(&changes, false, &Palette::COLOUR, out)?;
    }
    Ok(status)
}
