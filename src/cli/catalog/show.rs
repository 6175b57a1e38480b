//! `catalog show`: the tables, or the rows of one.

use std::io::Write;

use clap::Args;
use lianpu_corpus::{Dialect, Table, dialect, dialect_names};

use super::CatalogError;
use super::find::find;
use crate::cli::columns::in_columns;
use crate::cli::exit::ExitStatus;

/// The arguments of `catalog show`.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// What to show; all dialects where left out
    #[arg(value_name = "DIALECT[/TABLE]")]
    what: Option<String>,
    /// Show every column: remedy, condition, line and note too
    #[arg(long)]
    full: bool,
}

pub(super) fn show(args: &ShowArgs, out: &mut dyn Write) -> Result<ExitStatus, CatalogError> {
    let text = match args.what.as_deref().map(|what| what.split_once('/').ok_or(what)) {
        None => summary(&dialect_names().into_iter().map(dialect).collect::<Result<Vec<_>, _>>()?),
        Some(Err(name)) => summary(&[dialect(name)?]),
        Some(Ok((name, table))) => rows(find(dialect(name)?, table)?, args.full),
    };
    out.write_all(text.as_bytes())?;
    Ok(ExitStatus::AsExpected)
}

fn summary(dialects: &[&Dialect]) -> String {
    let mut lines = vec![["TABLE", "ROWS", "TITLE", "GLOSS"].map(str::to_owned).to_vec()];
    for dialect in dialects {
        lines.extend(dialect.tables.iter().map(|table| {
            let id = format!("{}/{}", dialect.manifest.name, table.id);
            vec![id, table.rows.len().to_string(), table.title.clone(), table.gloss.clone()]
        }));
    }
    in_columns(&lines, 0)
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
    in_columns(&lines, 0)
}
