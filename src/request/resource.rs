//! What requests create and clean-up deletes again.

use lianpu_corpus::{Dialect, Operation, Parameter};

use super::word::Word;

/// A kind of thing that is deleted when a scenario is over, by the catalogue's word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// The word: `person`, `group`.
    pub kind: &'static str,
    /// The part that the operation plays which deletes one.
    pub deleted_by: &'static str,
    /// The conditions of the rows that say it is gone, or going.
    pub gone: &'static [&'static str],
}

/// All of them; what takes others with it when it goes stands first.
const RESOURCES: [Resource; 2] = [
    Resource { kind: "group", deleted_by: "delete-group", gone: &["group-unknown", "group-deleting"] },
    Resource { kind: "person", deleted_by: "delete-person", gone: &["person-unknown"] },
];

impl Resource {
    /// What a dialect's scenarios clean up: where groups outlive their persons the groups, and the persons with them.
    pub fn of(dialect: &Dialect) -> &'static Self {
        let is_deleted = |resource: &&Self| dialect.manifest.role(resource.deleted_by).is_some();
        RESOURCES.iter().find(is_deleted).unwrap_or(&RESOURCES[1])
    }

    /// The operation that deletes one.
    pub fn deletion(&self, dialect: &'static Dialect) -> Option<&'static Operation> {
        dialect.operation(dialect.manifest.role(self.deleted_by)?)
    }

    /// The parameter that names what an operation creates of this kind.
    pub fn created_by<'o>(&self, operation: &'o Operation) -> Option<&'o Parameter> {
        let creates = |parameter: &&Parameter| matches!(Word::of(parameter), Some(Word::Fresh { kind, .. }) if kind == self.kind);
        operation.parameters.iter().find(creates)
    }
}
