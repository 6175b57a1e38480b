//! Codes that say that the time of a signature or of a token is over: bytes that get one of them say nothing any more.

use lianpu_corpus::{Code, ConditionClass, Dialect};

/// What to do instead.
pub(super) const SIGNATURE_OVER: &str = "the signature in these bytes has expired; use --resign";

/// The codes that say so, in the tables of an operation.
pub(super) fn expired<'d>(dialect: &'d Dialect, operation: &str) -> impl Iterator<Item = &'d Code> {
    let tables = dialect.operation(operation).map_or(&[][..], |operation| &operation.tables);
    let tables = dialect.tables.iter().filter(move |table| tables.contains(&table.id));
    let rows = tables.flat_map(|table| &table.rows);
    let is_over = |own| dialect.manifest.classes.have(&[ConditionClass::CredentialsExpired], own);
    rows.filter(move |row| row.condition.as_deref().is_some_and(is_over)).map(|row| &row.code)
}

/// Whether the code, in an answer of the operation, says so.
pub(super) fn says_expired(code: &Code, dialect: &Dialect, operation: &str) -> bool {
    expired(dialect, operation).any(|row| row == code)
}
