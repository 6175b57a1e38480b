//! `lianpu catalog`: shows the tables of the corpus, and reads a vendor's document into one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use lianpu_corpus::{Dialect, LoadError, Table, bundled, dialect_names};

use crate::catalog::{ImportErrors, ImportedTable, grid, import, to_toml};

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
    Show(ShowArgs),
    /// Read a vendor's document into a table of the corpus
    ///
    /// The document may be Markdown, tab-separated lines, or one cell a line between lines that hold only `|`. The table
    /// is written as TOML; its English glosses are left empty for you to fill in.
    #[command(after_help = "Examples:\n  \
        lianpu catalog import errors.md                              the table, or a list where there are several\n  \
        lianpu catalog import errors.md --number 2 --table ocr       the second table, named ocr\n  \
        lianpu catalog import errors.tsv --table face -o face.toml   written to a file")]
    Import(ImportArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// What to show; all dialects where left out
    #[arg(value_name = "DIALECT[/TABLE]")]
    what: Option<String>,
    /// Show every column: remedy, condition, line and note too
    #[arg(long)]
    full: bool,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The vendor's document, in UTF-8
    file: PathBuf,
    /// The id to give to the table
    #[arg(long, value_name = "ID", default_value = "table")]
    table: String,
    /// Which table to take where the document has several, from 1
    #[arg(long, value_name = "N")]
    number: Option<usize>,
    /// Where to write the table; standard output where left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
pub fn run(args: &CatalogArgs, out: &mut dyn Write) -> Result<(), CatalogError> {
    match &args.verb {
        Verb::Show(args) => show(args, out),
        Verb::Import(args) => import_file(args, out),
    }
}

fn show(args: &ShowArgs, out: &mut dyn Write) -> Result<(), CatalogError> {
    let text = match args.what.as_deref().map(|what| what.split_once('/').ok_or(what)) {
        None => summary(&dialect_names().into_iter().map(bundled).collect::<Result<Vec<_>, _>>()?),
        Some(Err(dialect)) => summary(&[bundled(dialect)?]),
        Some(Ok((dialect, table))) => rows(find(bundled(dialect)?, table)?, args.full),
    };
    Ok(out.write_all(text.as_bytes())?)
}

fn find<'a>(dialect: &'a Dialect, table: &str) -> Result<&'a Table, CatalogError> {
    dialect.table(table).ok_or_else(|| CatalogError::NoSuchTable {
        dialect: dialect.manifest.name.clone(),
        table: table.to_owned(),
        known: dialect.manifest.tables.join(", "),
    })
}

fn summary(dialects: &[&Dialect]) -> String {
    let mut lines = vec![["TABLE", "ROWS", "TITLE", "GLOSS"].map(str::to_owned).to_vec()];
    for dialect in dialects {
        lines.extend(dialect.tables.iter().map(|table| {
            let id = format!("{}/{}", dialect.manifest.name, table.id);
            vec![id, table.rows.len().to_string(), table.title.clone(), table.gloss.clone()]
        }));
    }
    grid(&lines)
}

/// The rows of a table. A column that is empty in every row is left out.
fn rows(table: &Table, full: bool) -> String {
    let names = ["CODE", "MESSAGE", "MEANING", "GLOSS", "BILLED", "REMEDY", "CONDITION", "LINE", "NOTE"];
    let mut lines = vec![names.map(str::to_owned).to_vec()];
    lines.extend(table.rows.iter().map(|row| {
        let billed = row.billed.map_or("", |billed| if billed { "yes" } else { "no" });
        vec![
            row.code.to_string(),
            row.message.clone().unwrap_or_default(),
            row.meaning.clone(),
            row.gloss.clone(),
            billed.to_owned(),
            row.remedy.clone().unwrap_or_default(),
            row.condition.clone().unwrap_or_default(),
            row.line.to_string(),
            row.note.clone().unwrap_or_default(),
        ]
    }));
    let shown = if full { names.len() } else { 5 };
    let filled: Vec<_> = (0..shown).filter(|&i| lines[1..].iter().any(|line| !line[i].is_empty())).collect();
    let lines: Vec<_> =
        lines.iter().map(|line| filled.iter().map(|&i| line[i].clone()).collect()).collect::<Vec<Vec<_>>>();
    grid(&lines)
}

fn import_file(args: &ImportArgs, out: &mut dyn Write) -> Result<(), CatalogError> {
    let file = &args.file;
    let text =
        std::fs::read_to_string(file).map_err(|error| CatalogError::Read { file: file.clone(), error })?;
    let tables = import(&text).map_err(|errors| CatalogError::Import { file: file.clone(), errors })?;
    let source = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let text = to_toml(&choose(tables, args)?.into_table(&args.table, &source));
    match &args.output {
        Some(path) => write(path, &text),
        None => Ok(out.write_all(text.as_bytes())?),
    }
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
    grid(&lines.collect::<Vec<_>>())
}

fn write(path: &Path, text: &str) -> Result<(), CatalogError> {
    std::fs::write(path, text).map_err(|error| CatalogError::Write { file: path.to_owned(), error })
}
