//! Which of the scenarios run.

use std::fmt;
use std::sync::Arc;

/// Takes scenarios by their ids.
#[derive(Clone)]
pub struct Only(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl Only {
    /// The scenarios whose id is taken.
    pub fn new(takes: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(takes))
    }

    /// Whether the scenario runs.
    pub fn takes(&self, id: &str) -> bool {
        (self.0)(id)
    }

    /// The scenarios that both take.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::new(move |id| self.takes(id) && other.takes(id))
    }
}

impl fmt::Debug for Only {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Only")
    }
}
