//! What a store is told to change: plain values, decided before anything is touched.

use super::StoredFace;

/// One change. It only ever follows a check on the same state, so applying it cannot be refused.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "few exist at a time, and nearly all are of the large kind")]
pub enum Change {
    /// A new person without groups and faces.
    CreatePerson {
        /// Its id.
        person: String,
        /// Its name, possibly empty.
        name: String,
        /// Its tag, possibly empty.
        tag: String,
    },
    /// Another name or tag; `None` leaves it as it is.
    DescribePerson {
        /// Whose.
        person: String,
        /// The new name.
        name: Option<String>,
        /// The new tag.
        tag: Option<String>,
    },
    /// The person goes, with its faces and memberships.
    RemovePerson(String),
    /// A face for the person that it names.
    AddFace(StoredFace),
    /// The face of this id goes.
    RemoveFace(String),
    /// The person joins a group, which comes to exist.
    Join {
        /// Who.
        person: String,
        /// Where.
        group: String,
    },
    /// The person leaves a group, which ceases to exist with its last person.
    Leave {
        /// Who.
        person: String,
        /// Where.
        group: String,
    },
}
