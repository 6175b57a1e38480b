//! What the dialect and its table are called.

/// The dialect's name.
pub const NAME: &str = "tencent-ci";

/// The table that carries the conditions of the face operations.
pub(super) const TABLE: &str = "face";
