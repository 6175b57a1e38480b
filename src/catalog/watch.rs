//! A vendor's document held against the tables that were read from it.

use lianpu_corpus::{Row, Table};

use crate::catalog::diff::{Change, Scope, diff};
use crate::catalog::{ImportedTable, fold};

/// Why a document cannot be held against tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
    /// No table, and no row, says that it was read from this document.
    #[error(
        "no table was read from {document}; sources are: {known}. Rename the document, or name its table with --table"
    )]
    NoTable {
        /// The document's file name.
        document: String,
        /// The sources that tables and rows name.
        known: String,
    },
}

/// What changed in a document since its tables were committed. `document` is its file name, by which tables and rows name
/// their source; `chosen` names the one table that is meant, whatever its source.
///
/// Tables of the document are paired with the committed ones by heading, and those left over in their order. A document that
/// is the source of single rows only is compared in these rows only.
pub fn watch(
    committed: &[Table],
    imported: Vec<ImportedTable>,
    document: &str,
    chosen: Option<&str>,
) -> Result<Vec<Change>, WatchError> {
    let of_document: Vec<Table> = match chosen {
        Some(id) => {
            committed.iter().filter(|table| table.id == id).map(|table| part(table, &table.source)).collect()
        }
        None => committed
            .iter()
            .map(|table| part(table, document))
            .filter(|table| !table.rows.is_empty())
            .collect(),
    };
    if of_document.is_empty() {
        let mut known: Vec<_> = committed.iter().flat_map(sources).collect();
        known.sort_unstable();
        known.dedup();
        return Err(WatchError::NoTable { document: document.to_owned(), known: known.join(", ") });
    }
    let mut new = named(&of_document, imported);
    for old in of_document.iter().filter(|old| chosen.is_none() && old.source != document) {
        for table in new.iter_mut().filter(|new| new.id == old.id) {
            table.rows.retain(|row| old.row(&row.code).is_some());
        }
    }
    Ok(diff(&of_document, &new, Scope::Vendor))
}

fn sources(table: &Table) -> Vec<String> {
    let of_rows = table.rows.iter().filter_map(|row| row.source.clone());
    std::iter::once(table.source.clone()).chain(of_rows).collect()
}

/// A table with the rows of a document alone.
fn part(table: &Table, document: &str) -> Table {
    let of_document = |row: &&Row| row.source.as_deref().unwrap_or(&table.source) == document;
    Table { rows: table.rows.iter().filter(of_document).cloned().collect(), ..table.clone() }
}

/// The imported tables under the ids of the committed ones they are the new state of.
fn named(committed: &[Table], imported: Vec<ImportedTable>) -> Vec<Table> {
    let mut free: Vec<_> =
        committed.iter().map(|table| (table.id.clone(), fold::narrowed(&table.title))).collect();
    let mut ids: Vec<Option<String>> = imported
        .iter()
        .map(|table| {
            let title = fold::narrowed(&table.title);
            let at = free.iter().position(|(_, known)| *known == title)?;
            Some(free.remove(at).0)
        })
        .collect();
    let mut left = free.into_iter().map(|(id, _)| id);
    for id in ids.iter_mut().filter(|id| id.is_none()) {
        *id = left.next();
    }
    let numbered = (1..).zip(imported).zip(ids);
    numbered
        .map(|((number, table), id): ((usize, _), _)| {
            let id = id.unwrap_or_else(|| {
                if table.title.is_empty() { format!("table {number}") } else { table.title.clone() }
            });
            table.into_table(&id, "")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Reading, import};

    const PAGE: &str = "# One\n| code | meaning |\n|-|-|\n| 1 | one |\n| 2 | two |\n# Two\n| code | meaning |\n|-|-|\n| 1 | eins |\n";

    fn committed() -> Vec<Table> {
        let tables = import(PAGE, &Reading::default()).expect("it is sound");
        tables.into_iter().zip(["a", "b"]).map(|(table, id)| table.into_table(id, "page.md")).collect()
    }

    fn told(
        page: &str,
        committed: &[Table],
        document: &str,
        chosen: Option<&str>,
    ) -> Result<Vec<String>, WatchError> {
        let changes =
            watch(committed, import(page, &Reading::default()).expect("it is sound"), document, chosen)?;
        Ok(changes.iter().map(|change| format!("{}/{change}", change.table)).collect())
    }

    #[test]
    fn tables_are_known_again_by_their_headings() {
        assert_eq!(told(PAGE, &committed(), "page.md", None), Ok(vec![]));
        let turned =
            "# Two\n| code | meaning |\n|-|-|\n| 1 | zwei |\n# One\n| code | meaning |\n|-|-|\n| 1 | one |\n";
        assert_eq!(
            told(turned, &committed(), "page.md", None),
            Ok(vec!["a/2: row removed: two".to_owned(), "b/1: meaning, wording: eins → zwei".to_owned()])
        );
        let third = format!("{PAGE}# Three\n| code | meaning |\n|-|-|\n| 9 | nine |\n");
        assert_eq!(
            told(&third, &committed(), "page.md", None),
            Ok(vec!["Three/table added, with 1 row".to_owned()])
        );
    }

    #[test]
    fn a_row_of_another_document_is_watched_there() {
        let mut tables = committed();
        tables.truncate(1);
        tables[0].rows[1].source = Some("other.tsv".to_owned());
        let one = "# One\n| code | meaning |\n|-|-|\n| 1 | one |\n";
        assert_eq!(told(one, &tables, "page.md", None), Ok(vec![]));
        assert_eq!(
            told("7\tseven\n2\tzwei\n", &tables, "other.tsv", None),
            Ok(vec!["a/2: meaning, wording: two → zwei".to_owned()])
        );
        assert_eq!(
            told("1\teins\n", &tables, "new.tsv", Some("a")),
            Ok(vec!["a/1: meaning, wording: one → eins".to_owned()])
        );
        let error = told(one, &tables, "else.md", None).expect_err("nobody read it").to_string();
        assert!(error.contains("no table was read from else.md; sources are: other.tsv, page.md"), "{error}");
    }
}
