//! What nothing at a target has.

use lianpu_corpus::Dialect;

/// An id of a face, of the right form, that nothing has.
pub fn unknown_face(dialect: &Dialect) -> String {
    dialect.manifest.reads.get("unknown-face").cloned().unwrap_or_else(|| "1".to_owned())
}
