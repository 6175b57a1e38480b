//! What keeps the gallery: the contract a database implements.

use super::{Change, Person, StoredFace};
use crate::condition::Condition;

/// The store failed; the text is for logs, never for a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreError(pub String);

impl From<StoreError> for Condition {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        Self::StorageFailed
    }
}

/// Looks at a state.
pub type Look<'a> = &'a mut dyn FnMut(&dyn View) -> Result<(), Condition>;

/// Decides on a state what to change.
pub type Decide<'a> = &'a mut dyn FnMut(&dyn View) -> Result<Vec<Change>, Condition>;

/// Keeps persons, groups and faces, apart for each tenant. Calls may block.
///
/// A tenant needs no creation. A closure may be called again when a transaction has to be repeated, so it must
/// have no effect beyond what it returns.
pub trait Store: Send + Sync {
    /// Shows one consistent state of a tenant.
    fn read(&self, tenant: &str, look: Look<'_>) -> Result<(), Condition>;

    /// Shows one consistent state of a tenant and applies the changes decided on it: all, or on an error none.
    /// No other write of the same tenant comes in between.
    fn write(&self, tenant: &str, decide: Decide<'_>) -> Result<(), Condition>;
}

/// One consistent state of one tenant.
///
/// A group exists as long as a person belongs to it.
pub trait View {
    /// The person of this id.
    fn person(&self, person: &str) -> Result<Option<Person>, StoreError>;

    /// The faces of a person in the order in which they were added, with their descriptions; empty when there is no
    /// such person.
    fn faces_of(&self, person: &str) -> Result<Vec<StoredFace>, StoreError>;

    /// The face of this id.
    fn face(&self, face: &str) -> Result<Option<StoredFace>, StoreError>;

    /// The groups, sorted.
    fn groups(&self) -> Result<Vec<String>, StoreError>;

    /// The number of groups.
    fn group_count(&self) -> Result<usize, StoreError>;

    /// The number of persons of a group, 0 when there is no such group.
    fn group_size(&self, group: &str) -> Result<usize, StoreError>;

    /// The persons of a group, sorted; empty when there is no such group.
    fn persons_in(&self, group: &str) -> Result<Vec<String>, StoreError>;

    /// Visits every described face of every person of the groups: each person once, the faces of a person
    /// one after the other.
    fn scan(&self, groups: &[String], visit: &mut dyn FnMut(Scanned<'_>)) -> Result<(), StoreError>;
}

/// A face as a scan passes by it.
#[derive(Debug, Clone, Copy)]
pub struct Scanned<'a> {
    /// Whose face it is.
    pub person: &'a str,
    /// The person's tag.
    pub tag: &'a str,
    /// The face's id.
    pub face: &'a str,
    /// What it is matched by.
    pub description: &'a [f32],
}
