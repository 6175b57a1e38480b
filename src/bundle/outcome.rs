//! How a bundle is sent again, and what came of it.

use crate::judge::Finding;
use crate::run::Trouble;

/// How to send again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything made anew: at this time, under new names, with new signatures.
    #[default]
    Resign,
    /// The same bytes, with the secrets of the target put in; the things they name are created again.
    Exact,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// It is still there.
    StillThere(Vec<Finding>),
    /// It is gone; what came instead, in words.
    Gone(String),
    /// The bytes say nothing any more; why, and what to do instead.
    Over(String),
}

/// Why a bundle could not be sent again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// See [`Trouble`].
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The target lacks what it needs.
    #[error("the target lacks what this scenario needs: {0}")]
    Lacks(String),
    /// It cannot be sent so.
    #[error("{0}")]
    NotSo(String),
    /// The bytes hold what this target cannot fill in.
    #[error("sent: {0}")]
    Unfilled(String),
}
