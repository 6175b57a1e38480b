//! The analyser that there are weights for.

use std::path::Path;
use std::sync::Arc;

use super::analyser::Analyser;
use super::models::{self, ModelError};
use super::{Classic, Limits, Seeing};

/// The analyser `nets` when `models` is a directory of models, the analyser `classic` when it is `None` or holds
/// no model. Models that are there but damaged or incomplete are an error, not a reason to see less.
pub fn load(models: Option<&Path>) -> Result<Arc<dyn Analyser>, ModelError> {
    let limits = Limits::default();
    match models.filter(|directory| models::any(directory)) {
        Some(directory) => Ok(Arc::new(Seeing::load(directory, limits)?)),
        None => Ok(Arc::new(Classic::new(limits))),
    }
}
