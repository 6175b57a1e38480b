//! What the verbs are given: vendors' documents, tables' files, folders and names of dialects.

use std::path::{Path, PathBuf};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use clap::Args;
use encoding_rs::Encoding;
use lianpu_corpus::{Place, Table, dialect, dialect_names};

use super::CatalogError;
use super::find::find;
use crate::catalog::{Column, ImportedTable, Reading, Shape, from_toml, import};
use crate::cli::terminal;
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

/// How documents are to be read.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ReadingArgs {
    /// The shape: markdown, html, tsv, csv or cells [default: as it looks]
    #[arg(long = "as", value_name = "SHAPE", value_parser = shape)]
    shape: Option<Shape>,
    /// A header that names a column: code, message, meaning, remedy or billed (repeatable)
    #[arg(long = "column", value_name = "COLUMN=HEADER", value_parser = column)]
    columns: Vec<(Column, String)>,
}

/// Reads `code=返回码`.
fn column(text: &str) -> Result<(Column, String), String> {
    let (word, header) = text.split_once('=').ok_or("COLUMN=HEADER is expected, such as code=返回码")?;
    let column = Column::ALL.into_iter().find(|column| column.word() == word.trim()).ok_or_else(|| {
        let words = Column::ALL.map(Column::word);
        format!("no column {word}{}; there are: {}", did_you_mean(word, words), words.join(", "))
    })?;
    if header.trim().is_empty() {
        return Err(format!("no header is named; {word}=HEADER is expected"));
    }
    Ok((column, header.trim().to_owned()))
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
    let tables = sound(path, read(path, &ReadingArgs::default())?)?.into_iter().map(|table| {
        let id = if table.title.is_empty() { source.clone() } else { table.title.clone() };
        table.into_table(&id, &source)
    });
    Ok(Tables { name: what.to_owned(), read: tables.collect(), is_document: true })
}

/// The tables of a document, with their faults; its ending counts where it leaves no choice of shape.
pub(super) fn read(path: &Path, args: &ReadingArgs) -> Result<Vec<ImportedTable>, CatalogError> {
    let text = text(path)?;
    let shape = args.shape.or_else(|| Shape::named(&name(path)));
    let tables = import(&text, &Reading { shape, columns: args.columns.clone() });
    tables.map_err(|errors| CatalogError::Import { file: path.to_owned(), errors })
}

/// The tables that can be taken. Of the others the faults are noted.
pub(super) fn sound(path: &Path, tables: Vec<ImportedTable>) -> Result<Vec<ImportedTable>, CatalogError> {
    let (sound, faulty): (Vec<_>, Vec<_>) = tables.into_iter().partition(|table| table.faults.is_empty());
    for fault in faulty.iter().flat_map(|table| &table.faults) {
        terminal::write_note(
            &format!("{}: a table is passed over: {fault}", path.display()),
            &mut terminal::stderr(),
        )?;
    }
    Ok(sound)
}

/// The name of a file, by which a table remembers its source.
pub(super) fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The text of a file. One that is not in UTF-8 is refused by the name of what it seems to be in.
pub(super) fn text(path: &Path) -> Result<String, CatalogError> {
    let bytes =
        std::fs::read(path).map_err(|error| CatalogError::Read { file: PathBuf::from(path), error })?;
    String::from_utf8(bytes).map_err(|error| {
        let encoding = encoding(error.as_bytes());
        CatalogError::Encoding { file: path.to_owned(), at: error.utf8_error().valid_up_to(), encoding }
    })
}

/// What bytes seem to be encoded in: a byte order mark says it, or browsers' guess.
fn encoding(bytes: &[u8]) -> &'static str {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.name();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Deny).name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "错误码,含义\r\n1,必要参数未传入\r\n2,图片质量不合格，请检查\r\n";
        assert_eq!(encoding(&encoding_rs::GBK.encode(text).0), "GBK");
        let utf_16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(encoding(&utf_16), "UTF-16LE");
    }

    #[test]
    fn a_column_is_told_by_its_header() {
        assert_eq!(column("code=返回码"), Ok((Column::Code, "返回码".to_owned())));
        assert_eq!(column("remedy = a=b"), Ok((Column::Remedy, "a=b".to_owned())));
        assert!(column("cod=x").is_err_and(|error| error.contains("did you mean code?")));
        for wrong in ["code", "code=", "=x"] {
            assert!(column(wrong).is_err(), "{wrong}");
        }
    }
}
