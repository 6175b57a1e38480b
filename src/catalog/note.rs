//! What was left out of a document or read otherwise than it stands.

use crate::catalog::Column;

/// One thing that was left out, or read otherwise than it stands, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {remark}")]
pub struct ImportNote {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// What was done.
    pub remark: ImportRemark,
}

/// What may be left out or read otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRemark {
    /// The code stands in the table already; both rows are kept, for `catalog lint` to speak of.
    #[error("code {code} stands in line {first} already; both rows are kept")]
    Duplicate {
        /// The code, as written in ids.
        code: String,
        /// The line where it stands first.
        first: u32,
    },
    /// The header names a column that is unknown, or that stands there already.
    #[error("the column `{name}` is left out; --column COLUMN={name} takes it for one of {known}", known = Column::words())]
    LeftOut {
        /// What the header says.
        name: String,
    },
    /// The table has messages and no meanings.
    #[error("no column tells the meaning (含义); the message stands for it")]
    MeaningOfMessage,
    /// A code is written in full-width characters, or with another minus.
    #[error("`{written}` is read as {read}")]
    ReadAs {
        /// What stands there.
        written: String,
        /// What it was taken for.
        read: String,
    },
}
