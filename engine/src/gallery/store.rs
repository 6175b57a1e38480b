//! What keeps the gallery: the contract a database implements.

use super::{Change, Person, StoredFace};
use crate::vision::Description;

/// The store failed; the text is for logs, never for a client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It cannot be read.
    #[error("the store cannot be read: {0}")]
    Read(String),
    /// It cannot be written.
    #[error("the store cannot be written: {0}")]
    Write(String),
}

/// Looks at a state.
pub type Look<'a> = &'a mut dyn FnMut(&dyn StateView) -> Result<(), StoreError>;

/// Decides on a state what to change.
pub type Decide<'a> = &'a mut dyn FnMut(&dyn StateView) -> Result<Vec<Change>, StoreError>;

/// Keeps persons, groups and faces, apart for each tenant. Calls may block.
///
/// A tenant needs no creation. What a closure finds out it keeps itself: an error of it is one of the view that it was
/// shown. A closure may be called again when a transaction has to be repeated, so it must
/// have no effect beyond what it returns.
pub trait Store: Send + Sync {
    /// Shows one consistent state of a tenant.
    fn read(&self, tenant: &str, look: Look<'_>) -> Result<(), StoreError>;

    /// Shows one consistent state of a tenant and applies the changes decided on it: all, or on an error none.
    /// No other write of the same tenant comes in between.
    fn write(&self, tenant: &str, decide: Decide<'_>) -> Result<(), StoreError>;
}

/// One consistent state of one tenant.
///
/// A group exists as long as a person belongs to it.
pub trait StateView {
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

    /// For each description the persons of the groups that are nearest to it, at most `top`, nearest first; a person
    /// counts with its nearest face, the first added one of those equally near. Persons equally near come in the
    /// order of their ids.
    ///
    /// Distances are Euclidean, and exactly those that [`Description::distance`] gives. Faces without a description,
    /// or with one of another length, are not found.
    fn nearest(
        &self,
        groups: &[String],
        descriptions: &[Description],
        top: usize,
    ) -> Result<Vec<Vec<Near>>, StoreError>;
}

/// A person near to a description.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The person.
    pub person: String,
    /// The person's tag.
    pub tag: String,
    /// The person's nearest face.
    pub face: String,
    /// Its distance, 0 and more.
    pub distance: f32,
}
