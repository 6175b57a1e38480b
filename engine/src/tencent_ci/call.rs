//! What an operation gets to work with.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// Pixels of pictures that may still be looked at.
    pixels: AtomicU64,
}

/// Pixels of all pictures of one request together: what a core looks at in about two seconds. Of one picture as many are taken
/// as decoders take.
const MOST_PIXELS: u64 = 36 << 20;

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
        Self {
            front,
            tenant: TencentCi::tenant(account),
            parameters,
            fault,
            gallery,
            pixels: AtomicU64::new(MOST_PIXELS),
        }
    }

    /// Reads the parameters; every operation has an appid.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.parameters, self.front.bounds.id_bytes)
    }

    pub(super) fn bounds(&self) -> &Bounds {
        &self.front.bounds
    }

    /// Whether so many more pixels may be looked at.
    pub(super) fn takes(&self, pixels: u64) -> bool {
        self.pixels
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(pixels))
            .is_ok()
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
