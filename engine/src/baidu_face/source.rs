//! Where the picture of a request comes from.

use bytes::Bytes;

/// What a request gives as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Nothing of use; the reader has noted it.
    Nothing,
    /// The bytes themselves.
    Bytes(Bytes),
    /// An address.
    Url(String),
    /// A face that was seen before.
    Token(String),
}
