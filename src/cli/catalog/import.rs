//! `catalog import`: a vendor's document read into a table of the corpus.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::CatalogError;
use super::document::{self, shape};
use crate::catalog::{ImportedTable, Shape, to_toml};
use crate::cli::columns::in_columns;
use crate::cli::exit::ExitStatus;

/// The arguments of `catalog import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The vendor's document, in UTF-8
    file: PathBuf,
    /// The id to give to the table
    #[arg(long, value_name = "ID", default_value = "table")]
    table: String,
    /// Which table to take where the document has several, from 1
    #[arg(long, value_name = "N")]
    number: Option<usize>,
    /// The shape of the document: markdown, html, tsv, csv or cells [default: as it looks]
    #[arg(long = "as", value_name = "SHAPE", value_parser = shape)]
    shape: Option<Shape>,
    /// Where to write the table; standard output where left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn import_file(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let tables = document::read(&args.file, args.shape)?;
    let source = document::name(&args.file);
    let text = to_toml(&choose(tables, args)?.into_table(&args.table, &source));
    match &args.output {
        Some(path) => write(path, &text)?,
        None => out.write_all(text.as_bytes())?,
    }
    Ok(ExitStatus::AsExpected)
}

fn choose(mut tables: Vec<ImportedTable>, args: &ImportArgs) -> Result<ImportedTable, CatalogError> {
    let (file, count) = (args.file.clone(), tables.len());
    match args.number {
        None if count > 1 => Err(CatalogError::Several { file, list: list(&tables) }),
        Some(number) if number == 0 || number > count => {
            Err(CatalogError::NoSuchNumber { file, number, count })
        }
        number => Ok(tables.swap_remove(number.unwrap_or(1) - 1)),
    }
}

fn list(tables: &[ImportedTable]) -> String {
    let lines = (1..).zip(tables).map(|(number, table): (usize, _)| {
        let place = format!("line {}", table.line);
        let rows = format!("rows: {}", table.rows.len());
        vec![format!("{number:>3}"), rows, place, table.title.clone()]
    });
    in_columns(&lines.collect::<Vec<_>>(), 0)
}

fn write(path: &Path, text: &str) -> Result<(), CatalogError> {
    std::fs::write(path, text).map_err(|error| CatalogError::Write { file: path.to_owned(), error })
}
