//! What a service keeps: persons, groups and faces, or whatever else its operations make, list and delete.
//!
//! A dialect declares its resources (`[[resource]]` of `dialect.toml`); a new kind needs data only.

use serde::{Deserialize, Serialize};

/// A kind of thing that operations make, list and delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its name, such as `person`: the words `person`, `persons`, `fresh-person`, `fresh-persons` and `other-person` of a
    /// parameter's `valid` come of it.
    pub name: String,
    /// Our English rendering.
    pub gloss: String,
    /// The operation that makes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create: Option<String>,
    /// The operation that deletes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete: Option<String>,
    /// The operation that tells which there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Where the answer of `list` tells their ids: a JSON pointer in which `*` stands for every entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<String>,
    /// An id of the right form that nothing has, where not any text is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
    /// The resource with which it goes away: deleting that one deletes this too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The conditions by which `delete` tells that it is gone already, or going.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
}

impl Resource {
    /// The operation that does this with it: `create`, `delete` or `list`.
    pub fn operation(&self, what: &str) -> Option<&str> {
        match what {
            "create" => self.create.as_deref(),
            "delete" => self.delete.as_deref(),
            "list" => self.list.as_deref(),
            _ => None,
        }
    }
}
