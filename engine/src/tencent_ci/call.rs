//! What an operation gets to work with.

use std::sync::Arc;

use lianpu_corpus::Code;

use super::account::BucketAccount;
use super::condition::Condition;
use super::fault::Fault;
use super::parameters::Parameters;
use super::reader::Reader;
use super::state::{Bounds, TencentCi};
use crate::fetch::Fetcher;
use crate::gallery::{FailingStore, Gallery};
use crate::vision::Workers;

/// One authenticated request with its parameters.
pub(crate) struct Call<'a> {
    front: &'a TencentCi,
    /// Under which name the account's gallery is kept.
    pub(super) tenant: String,
    parameters: Parameters,
    pub(super) fault: Option<Fault>,
    /// The gallery; it fails where the fault hook says so.
    pub(super) gallery: Gallery,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        front: &'a TencentCi,
        account: &BucketAccount,
        parameters: Parameters,
        fault: Option<Fault>,
    ) -> Self {
        let gallery = match fault {
            Some(Fault::GalleryRead) => failing(&front.gallery, true),
            Some(Fault::GalleryWrite) => failing(&front.gallery, false),
            _ => front.gallery.clone(),
        };
        Self { front, tenant: TencentCi::tenant(account), parameters, fault, gallery }
    }

    /// Reads the parameters; every operation has an appid.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.parameters, self.front.bounds.id_bytes)
    }

    pub(super) fn bounds(&self) -> &Bounds {
        &self.front.bounds
    }

    pub(super) fn workers(&self) -> &Workers {
        &self.front.workers
    }

    pub(super) fn fetcher(&self) -> &Fetcher {
        &self.front.fetcher
    }

    /// The code of what became of one entry of a list.
    pub(super) fn code_of<T>(&self, outcome: &Result<T, Condition>) -> &Code {
        match outcome {
            Ok(_) => self.front.answers.success_code(),
            Err(condition) => self.front.answers.code(*condition),
        }
    }
}

fn failing(gallery: &Gallery, reads_too: bool) -> Gallery {
    gallery.over(|store| Arc::new(FailingStore { store, reads_too }))
}
