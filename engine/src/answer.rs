//! What every dialect's front hands to the server.

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Compact JSON.
    pub body: String,
}
