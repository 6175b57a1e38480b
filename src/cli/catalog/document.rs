//! What the verbs are given: vendors' documents, tables' files, folders and names of dialects.

use std::path::{Path, PathBuf};

use lianpu_corpus::{Place, Table, dialect, dialect_names};

use super::CatalogError;
use super::find::find;
use crate::catalog::{ImportedTable, Shape, from_toml, import, import_as};
use crate::nearest::did_you_mean;

/// The words for shapes.
const SHAPES: [(&str, Shape); 5] = [
    ("markdown", Shape::Markdown),
    ("html", Shape::Html),
    ("tsv", Shape::Tabs),
    ("csv", Shape::Commas),
    ("cells", Shape::Cells),
];

/// Reads the word for a shape.
pub(super) fn shape(word: &str) -> Result<Shape, String> {
    let known = SHAPES.iter().find(|(known, _)| *known == word);
    known.map(|(_, shape)| *shape).ok_or_else(|| {
        let words = SHAPES.map(|(word, _)| word);
        format!("no shape {word}{}; there are: {}", did_you_mean(word, words), words.join(", "))
    })
}

/// Tables, and whether they come from a vendor's document, which says less than the corpus.
pub(super) struct Tables {
    pub(super) name: String,
    pub(super) read: Vec<Table>,
    pub(super) is_document: bool,
}

/// The tables of whatever is meant.
pub(super) fn tables(what: &str) -> Result<Tables, CatalogError> {
    let corpus = |tables| Tables { name: what.to_owned(), read: tables, is_document: false };
    let (name, table) = what.split_once('/').map_or((what, None), |(name, table)| (name, Some(table)));
    if dialect_names().contains(&name) && table.is_none_or(|table| !table.contains('/')) {
        let dialect = dialect(name)?;
        return Ok(corpus(match table {
            Some(table) => vec![find(dialect, table)?.clone()],
            None => dialect.tables.clone(),
        }));
    }
    let path = Path::new(what);
    if path.is_dir() {
        return Ok(corpus(Place::Folder(path.to_owned()).read()?.tables));
    }
    if !path.exists() {
        return Err(CatalogError::NoSuchThing { what: what.to_owned(), known: dialect_names().join(", ") });
    }
    if path.extension().is_some_and(|ending| ending == "toml") {
        let table = from_toml(&text(path)?);
        let malformed = |error| CatalogError::Malformed { file: path.to_owned(), error: Box::new(error) };
        return Ok(corpus(vec![table.map_err(malformed)?]));
    }
    let source = self::name(path);
    let tables = read(path, None)?.into_iter().map(|table| {
        let id = if table.title.is_empty() { source.clone() } else { table.title.clone() };
        table.into_table(&id, &source)
    });
    Ok(Tables { name: what.to_owned(), read: tables.collect(), is_document: true })
}

/// The tables of a document; its ending counts where it leaves no choice of shape.
pub(super) fn read(path: &Path, shape: Option<Shape>) -> Result<Vec<ImportedTable>, CatalogError> {
    let text = text(path)?;
    let imported = match shape.or_else(|| Shape::named(&name(path))) {
        Some(shape) => import_as(&text, shape),
        None => import(&text),
    };
    imported.map_err(|errors| CatalogError::Import { file: path.to_owned(), errors })
}

/// The name of a file, by which a table remembers its source.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn text(path: &Path) -> Result<String, CatalogError> {
    std::fs::read_to_string(path).map_err(|error| CatalogError::Read { file: PathBuf::from(path), error })
}
