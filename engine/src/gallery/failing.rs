//! A store that cannot be read or written.

use std::sync::Arc;

use super::{Decide, Look, Store, StoreError};

/// A store whose writes fail at the last moment, or that fails altogether. The store behind it stays as it was.
pub struct FailingStore {
    /// The store that would have answered.
    pub store: Arc<dyn Store>,
    /// Whether reading fails as well; every write begins with a read.
    pub reads_too: bool,
}

impl Store for FailingStore {
    fn read(&self, tenant: &str, look: Look<'_>) -> Result<(), StoreError> {
        if self.reads_too {
            return Err(StoreError::Read("asked to fail at reading".to_owned()));
        }
        self.store.read(tenant, look)
    }

    fn write(&self, tenant: &str, decide: Decide<'_>) -> Result<(), StoreError> {
        if self.reads_too {
            return Err(StoreError::Read("asked to fail at reading".to_owned()));
        }
        self.store.write(tenant, &mut |view| {
            decide(view)?;
            Err(StoreError::Write("asked to fail at writing".to_owned()))
        })
    }
}
