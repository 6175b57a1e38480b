//! What an operation gets to work with.

use std::sync::Arc;

use lianpu_corpus::{Account, Code};

use super::parameters::Parameters;
use super::reader::Reader;
use super::{Limits, NAME, TencentCi};
use crate::condition::Condition;
use crate::defect::Defect;
use crate::fault::{FailingStore, Fault};
use crate::fetch::Fetcher;
use crate::gallery::Gallery;
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
        account: &Account,
        parameters: Parameters,
        fault: Option<Fault>,
    ) -> Self {
        let gallery = match fault {
            Some(Fault::GalleryRead) => failing(&front.gallery, true),
            Some(Fault::GalleryWrite) => failing(&front.gallery, false),
            _ => front.gallery.clone(),
        };
        let tenant = format!("{NAME}/{}", account.part("appid"));
        Self { front, tenant, parameters, fault, gallery }
    }

    /// Reads the parameters; every operation has an appid.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.parameters, self.front.limits.id_bytes, self.front.defects)
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.front.limits
    }

    /// Whether this is done wrongly on purpose.
    pub(super) fn has(&self, defect: Defect) -> bool {
        self.front.has(defect)
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
