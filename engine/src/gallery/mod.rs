//! Accounts' groups, persons and faces: the rules, over any [`Store`].
//!
//! A tenant is an opaque name; nothing of one tenant is ever seen by another. Knows nothing of dialects, codes,
//! HTTP or pictures' bytes. Start with [`Gallery`]; [`Store`] is what a database implements.

mod batches;
mod change;
mod finder;
mod ids;
mod index;
mod limits;
mod matching;
mod membership;
mod memory;
mod persons;
mod store;

use std::sync::Arc;

pub use change::Change;
pub use ids::FaceIds;
pub use limits::GalleryLimits;
pub use matching::{Candidate, Probe};
pub use membership::Membership;
pub use memory::MemoryStore;
pub use persons::{NewPerson, Person, StoredFace};
pub use store::{Decide, Look, Near, Store, StoreError, View};

use crate::condition::Condition;
use crate::vision::Analyser;

/// The rules of groups, persons and faces over a store.
#[derive(Clone)]
pub struct Gallery {
    store: Arc<dyn Store>,
    analyser: Arc<dyn Analyser>,
    limits: GalleryLimits,
    ids: Arc<FaceIds>,
}

impl Gallery {
    /// A gallery over a store; faces are compared by the analyser that described them.
    pub fn new(store: Arc<dyn Store>, analyser: Arc<dyn Analyser>, limits: GalleryLimits) -> Self {
        Self { store, analyser, limits, ids: Arc::new(FaceIds::new()) }
    }

    /// The same gallery, its store wrapped: the fault hook's way in.
    #[must_use]
    pub fn over(&self, wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>) -> Self {
        Self { store: wrap(Arc::clone(&self.store)), ..self.clone() }
    }

    /// An id that no other face has.
    pub fn fresh_face_id(&self) -> String {
        self.ids.fresh()
    }

    /// Looks at one consistent state.
    pub(crate) fn read<T>(
        &self,
        tenant: &str,
        mut look: impl FnMut(&dyn View) -> Result<T, Condition>,
    ) -> Result<T, Condition> {
        let mut seen = None;
        self.store.read(tenant, &mut |view| {
            seen = Some(look(view)?);
            Ok(())
        })?;
        seen.ok_or(Condition::StorageFailed)
    }

    /// Decides on one consistent state what to change, and changes all of it or nothing.
    pub(crate) fn write<T>(
        &self,
        tenant: &str,
        mut decide: impl FnMut(&dyn View) -> Result<(T, Vec<Change>), Condition>,
    ) -> Result<T, Condition> {
        let mut outcome = None;
        self.store.write(tenant, &mut |view| {
            let (value, changes) = decide(view)?;
            outcome = Some(value);
            Ok(changes)
        })?;
        outcome.ok_or(Condition::StorageFailed)
    }
}

#[cfg(test)]
mod tests;
