//! Why a front cannot be opened.

use lianpu_corpus::LoadError;

/// What a front needs and the configuration or the bundled data lack.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The bundled data cannot be read.
    #[error(transparent)]
    Corpus(#[from] LoadError),
    /// The configuration has no section of this front.
    #[error("the configuration has no section of {0}")]
    NoSection(&'static str),
    /// The dialect has no such table.
    #[error("{dialect} has no table {table}")]
    NoTable {
        /// The dialect.
        dialect: &'static str,
        /// The table.
        table: &'static str,
    },
    /// The manifest describes no envelope.
    #[error("{0}/dialect.toml has no [envelope]")]
    NoEnvelope(&'static str),
    /// A condition has no row, or one whose code cannot be answered.
    #[error("the tables of {dialect} have no row with the condition {condition}")]
    NoRow {
        /// The dialect.
        dialect: &'static str,
        /// The condition's word.
        condition: &'static str,
    },
    /// A limit is not set.
    #[error("the limit {name} of {dialect} is not set")]
    NoLimit {
        /// The dialect.
        dialect: &'static str,
        /// The limit.
        name: &'static str,
    },
}
