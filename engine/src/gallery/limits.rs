//! How much one tenant may keep.

/// How much one tenant may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GalleryLimits {
    /// Faces of one person.
    pub faces_per_person: usize,
    /// Persons of one group.
    pub persons_per_group: usize,
    /// Groups of the tenant.
    pub groups: usize,
}
