//! `catalog import`: a vendor's document read into a table of the corpus.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::CatalogError;
use super::document::{self, ReadingArgs};
use super::keep::{kept, told};
use crate::catalog::{ImportErrors, ImportedTable, from_toml, to_toml};
use crate::cli::columns::{count, in_columns};
use crate::cli::exit::ExitStatus;
use crate::cli::terminal;

/// The arguments of `catalog import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The vendor's document, in UTF-8
    file: PathBuf,
    /// The id to give to the table [default: that of the table in FILE, or `table`]
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// Which table to take where the document has several, from 1
    #[arg(long, value_name = "N")]
    number: Option<usize>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Where to write the table; standard output where left out. Of a table that is there, what people wrote is kept
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn import_file(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let imported = choose(document::read(&args.file, &args.reading)?, args)?;
    for note in &imported.notes {
        terminal::write_note(&format!("{}: {note}", args.file.display()), &mut terminal::stderr())?;
    }
    let there = args.output.as_deref().map(there).transpose()?.flatten();
    let id = args.table.as_deref().or(there.as_ref().map(|table| table.id.as_str())).unwrap_or("table");
    let mut table = imported.into_table(id, &document::name(&args.file));
    if let (Some(old), Some(path)) = (there, &args.output) {
        for gone in kept(&mut table, old) {
            terminal::write_note(&format!("{}: {}", path.display(), told(&gone)), &mut terminal::stderr())?;
        }
    }
    let text = to_toml(&table);
    if let Some(path) = &args.output {
        std::fs::write(path, &text).map_err(|error| CatalogError::Write { file: path.clone(), error })?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    Ok(ExitStatus::AsExpected)
}

/// The table that is in the file already.
fn there(path: &Path) -> Result<Option<lianpu_corpus::Table>, CatalogError> {
    if !path.exists() {
        return Ok(None);
    }
    let text = document::text(path)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let no_table = |error| CatalogError::NoTableThere { file: path.to_owned(), error: Box::new(error) };
    from_toml(&text).map(Some).map_err(no_table)
}

fn choose(mut tables: Vec<ImportedTable>, args: &ImportArgs) -> Result<ImportedTable, CatalogError> {
    let (file, count) = (args.file.clone(), tables.len());
    let number = match args.number {
        None if count > 1 => return Err(CatalogError::Several { file, list: list(&tables) }),
        Some(number) if number == 0 || number > count => {
            return Err(CatalogError::NoSuchNumber { file, number, count });
        }
        number => number.unwrap_or(1),
    };
    let chosen = tables.swap_remove(number - 1);
    if chosen.faults.is_empty() {
        return Ok(chosen);
    }
    Err(CatalogError::Import { file, errors: ImportErrors(chosen.faults) })
}

fn list(tables: &[ImportedTable]) -> String {
    let lines = (1..).zip(tables).map(|(number, table): (usize, _)| {
        let place = format!("line {}", table.line);
        let rows = format!("rows: {}", table.rows.len());
        let faults = match table.faults.len() {
            0 => String::new(),
            faults => count(faults, "fault"),
        };
        vec![format!("{number:>3}"), rows, place, table.title.clone(), faults]
    });
    in_columns(&lines.collect::<Vec<_>>(), 0)
}
