//! Codes that say that the time of a signature or of a token is over: bytes that get one of them say nothing any more.

use lianpu_corpus::{Code, ConditionClass, Dialect};

/// What to do instead.
pub(super) const SIGNATURE_OVER: &str = "the signature in these bytes has expired; use --resign";

/// The codes that say so, in the tables of an operation.
pub(super) fn expired<'d>(dialect: &'d Dialect, operation: &str) -> impl Iterator<Item = &'d Code> {
    let operation = dialect.operation(operation).into_iter();
    operation.flat_map(move |operation| {
        let rows = dialect.tables_of(operation).flat_map(|table| &table.rows);
        let is_over = |code| dialect.is_of_class(operation, code, &[ConditionClass::CredentialsExpired]);
        rows.map(|row| &row.code).filter(move |code| is_over(code))
    })
}

/// Whether the code, in an answer of the operation, says so.
pub(super) fn says_expired(code: &Code, dialect: &Dialect, operation: &str) -> bool {
    expired(dialect, operation).any(|row| row == code)
}
