//! Why the gallery does not do what it is asked to, in its own words.

use super::StoreError;

/// Why the gallery does not do what it is asked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GalleryError {
    /// There is a person of this id already.
    #[error("the person exists")]
    PersonExists,
    /// There is no person of this id.
    #[error("the person is unknown")]
    PersonUnknown,
    /// There is no face of this id, or none of these is the person's.
    #[error("the face is unknown")]
    FaceUnknown,
    /// There is no such group, or none of these where one is left.
    #[error("the group is unknown")]
    GroupUnknown,
    /// None of several groups exists, or there is no group at all.
    #[error("none of the groups exists")]
    NoSuchGroups,
    /// The person has as many faces as allowed.
    #[error("the person has as many faces as allowed")]
    FacesExceeded,
    /// The group has as many persons as allowed.
    #[error("the group has as many persons as allowed")]
    PersonsExceeded,
    /// The tenant has as many groups as allowed.
    #[error("there are as many groups as allowed")]
    GroupsExceeded,
    /// The person has almost the same face already.
    #[error("the person has almost the same face")]
    FaceAlmostSame,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
