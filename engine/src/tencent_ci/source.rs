//! Where the picture of a request comes from.

use bytes::Bytes;

/// What a request gives as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// Nothing.
    Absent,
    /// The bytes themselves, possibly none.
    Bytes(Bytes),
    /// An address.
    Url(String),
}
