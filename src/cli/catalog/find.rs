//! A table by its name.

use lianpu_corpus::{Dialect, Table};

use super::CatalogError;

/// The table of a dialect that is asked for.
pub(super) fn find<'a>(dialect: &'a Dialect, table: &str) -> Result<&'a Table, CatalogError> {
    dialect.table(table).ok_or_else(|| CatalogError::NoSuchTable {
        dialect: dialect.manifest.name.clone(),
        table: table.to_owned(),
        known: dialect.manifest.tables.join(", "),
    })
}
