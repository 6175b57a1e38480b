//! The front's parts and its state.

use std::sync::Arc;

use lianpu_corpus::bundled;

use super::account::BucketAccount;
use super::condition::Condition;
use super::names::{NAME, TABLE};
use super::render::Answers;
use super::replay::Replays;
use super::section::TencentCiSection;
use crate::fetch::Fetcher;
use crate::front::{Answer, Clock, Context, Limits, RateLimits, SetupError};
use crate::gallery::{Gallery, GalleryLimits};
use crate::vision::Workers;

/// The limits by name, as the rest of this folder needs them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) body_bytes: u64,
    pub(super) candidates: usize,
    pub(super) fully_described_faces: usize,
    pub(super) id_bytes: usize,
    pub(super) signature_seconds: u64,
}

/// The dialect's front with its state.
pub(crate) struct TencentCi {
    pub(super) accounts: Vec<BucketAccount>,
    pub(super) answers: Answers,
    pub(super) limits: Limits,
    pub(super) bounds: Bounds,
    pub(super) clock: Clock,
    pub(super) allow_faults: bool,
    pub(super) rates: RateLimits,
    pub(super) replays: Replays,
    pub(super) gallery: Gallery,
    pub(super) workers: Workers,
    pub(super) fetcher: Fetcher,
}

impl TencentCi {
    pub(super) fn new(section: &TencentCiSection, context: &Context) -> Result<Self, SetupError> {
        let dialect = bundled(NAME)?;
        let table = dialect.table(TABLE).ok_or(SetupError::NoTable { dialect: NAME, table: TABLE })?;
        let envelope = dialect.manifest.envelope.as_ref().ok_or(SetupError::NoEnvelope(NAME))?;
        let limit =
            |name| section.limits.get(name).copied().ok_or(SetupError::NoLimit { dialect: NAME, name });
        let count = |name| limit(name).map(|value| usize::try_from(value).unwrap_or(usize::MAX));
        let bounds = Bounds {
            body_bytes: limit("body-bytes")?,
            candidates: count("candidates")?,
            fully_described_faces: count("fully-described-faces")?,
            id_bytes: count("id-bytes")?,
            signature_seconds: limit("signature-seconds")?,
        };
        let gallery_limits = GalleryLimits {
            faces_per_person: count("faces-per-person")?,
            persons_per_group: count("persons-per-group")?,
            groups: count("groups-per-appid")?,
        };
        let (store, analyser) = (Arc::clone(&context.store), Arc::clone(&context.analyser));
        Ok(Self {
            accounts: section.accounts.clone(),
            answers: Answers::new(table, envelope)?,
            limits: section.limits.clone(),
            bounds,
            clock: Arc::clone(&context.clock),
            allow_faults: context.allow_faults,
            rates: RateLimits::new(section.accounts.iter().map(|account| account.requests_per_second)),
            replays: Replays::default(),
            gallery: Gallery::new(store, analyser, gallery_limits),
            workers: context.workers.clone(),
            fetcher: context.fetcher.clone(),
        })
    }

    /// The answer for a condition found outside of an operation.
    pub(super) fn refusal(&self, condition: Condition) -> Answer {
        self.answers.refusal(&condition.into())
    }

    /// Under which name an account's gallery is kept.
    pub(super) fn tenant(account: &BucketAccount) -> String {
        format!("{NAME}/{}", account.appid)
    }
}
