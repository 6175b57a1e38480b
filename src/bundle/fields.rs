//! The fields of a bundle's file, read one by one: what is wrong is told with file and field.

use crate::nearest::by_likeness;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::mutate::{Mutation, Plan, mutator, mutators};

/// A file that is not a bundle, or not one that this version reads.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file cannot be had.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no JSON.
    #[error("{path}: not a bundle: {why}")]
    NotJson {
        /// The file.
        path: PathBuf,
        /// What the parser says, with line and column.
        why: String,
    },
    /// A field is missing or wrong.
    #[error("{path}: {field}: {why}")]
    Field {
        /// The file.
        path: PathBuf,
        /// The field, such as `plan.mutations[0].mutator`.
        field: String,
        /// What would be right.
        why: String,
    },
}

/// The fields of a bundle's file, each of which is told by its name where it is wrong.
pub(super) struct Fields<'a> {
    /// The file.
    pub(super) path: &'a Path,
    /// What it holds.
    pub(super) object: &'a Map<String, Value>,
}

impl Fields<'_> {
    pub(super) fn read<T: DeserializeOwned>(&self, field: &str) -> Result<T, BundleError> {
        let Some(value) = self.object.get(field) else {
            return Err(self.wrong(field, "is missing".to_owned()));
        };
        T::deserialize(value).map_err(|error| self.wrong(field, error.to_string()))
    }

    /// A plan that this version can carry out.
    pub(super) fn plan(&self, field: &str) -> Result<Plan, BundleError> {
        let value = self.object.get(field).cloned().unwrap_or_default();
        for (place, mutation) in value["mutations"].as_array().into_iter().flatten().enumerate() {
            let name = mutation["mutator"].as_str().unwrap_or_default();
            if mutator(name).is_none() {
                let near = by_likeness(name, mutators().map(|known| known.name)).next();
                let why = format!("no mutator «{name}»; the nearest is {}", near.unwrap_or_default());
                return Err(self.wrong(&format!("{field}.mutations[{place}].mutator"), why));
            }
            if let Err(error) = serde_json::from_value::<Mutation>(mutation.clone()) {
                let why = format!("not what {name} takes: {error}");
                return Err(self.wrong(&format!("{field}.mutations[{place}]"), why));
            }
        }
        let plan: Plan = self.read(field)?;
        let dialect = lianpu_corpus::dialect(&plan.dialect)
            .map_err(|error| self.wrong(&format!("{field}.dialect"), error.to_string()))?;
        if dialect.operation(&plan.operation).is_none() {
            let why = format!("{} has no operation «{}»", plan.dialect, plan.operation);
            return Err(self.wrong(&format!("{field}.operation"), why));
        }
        Ok(plan)
    }

    pub(super) fn wrong(&self, field: &str, why: String) -> BundleError {
        BundleError::Field { path: self.path.to_owned(), field: field.to_owned(), why }
    }
}
