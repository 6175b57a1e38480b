//! A person and a face as the gallery keeps them.

use crate::vision::Face;

/// A person as the gallery shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id, unique in the tenant.
    pub id: String,
    /// Its name, possibly empty.
    pub name: String,
    /// Its tag, possibly empty.
    pub tag: String,
    /// Its groups in the order in which it joined them.
    pub groups: Vec<String>,
    /// The ids of its faces in the order in which they were added.
    pub faces: Vec<String>,
}

/// A face as the gallery keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFace {
    /// Its id, unique everywhere.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// What was seen when it was added; without landmarks and pixels.
    pub face: Face,
}
