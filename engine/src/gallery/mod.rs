//! Accounts' groups, persons and faces: the rules, over any [`Store`].
//!
//! A tenant is an opaque name; nothing of one tenant is ever seen by another. Knows nothing of dialects, codes,
//! HTTP or pictures' bytes. Start with [`Gallery`]; [`Store`] is what a database implements.

mod batches;
mod change;
mod error;
mod failing;
mod finder;
mod ids;
mod index;
mod limits;
mod matching;
mod membership;
mod memory;
mod person;
mod persons;
mod store;

use std::sync::Arc;

pub use change::Change;
pub use error::GalleryError;
pub use failing::FailingStore;
pub use ids::FaceIds;
pub use limits::GalleryLimits;
pub use matching::{Candidate, Probe};
pub use membership::Membership;
pub use memory::MemoryStore;
pub use person::{Person, StoredFace};
pub use persons::NewPerson;
pub use store::{Decide, Look, Near, StateView, Store, StoreError};

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

    /// Looks at one consistent state. What the look comes to is the caller's, whatever its errors are.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        tenant: &str,
        mut look: impl FnMut(&dyn StateView) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut seen = None;
        self.store.read(tenant, &mut |view| {
            seen = Some(look(view));
            Ok(())
        })?;
        seen.unwrap_or_else(|| Err(StoreError::Read("it showed nothing".to_owned()).into()))
    }

    /// Decides on one consistent state what to change, and changes all of it or nothing. What is refused changes nothing,
    /// and comes before a failure of writing.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        tenant: &str,
        mut decide: impl FnMut(&dyn StateView) -> Result<(T, Vec<Change>), E>,
    ) -> Result<T, E> {
        let mut decided = None;
        let written = self.store.write(tenant, &mut |view| {
            let (value, changes) = match decide(view) {
                Ok((value, changes)) => (Ok(value), changes),
                Err(refused) => (Err(refused), Vec::new()),
            };
            decided = Some(value);
            Ok(changes)
        });
        match (decided, written) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Err(failed)) => Err(failed.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Write("it asked for no decision".to_owned()).into()),
        }
    }
}

#[cfg(test)]
mod tests;
