//! 万象优图 (tencent-ci): the face operations of Tencent's Cloud Image.
//!
//! Parses, authenticates, dispatches and renders; what a request does is the gallery's and the vision's business.
//! No code number stands here: a condition finds its row in the dialect's table. Start with `dispatch`, which holds
//! the order of checks, or with one file of `operations`.

mod authenticate;
mod call;
mod contours;
mod dispatch;
mod face_item;
mod fuzzing;
mod operations;
mod parameters;
mod pictures;
mod rate;
mod reader;
mod render;
mod replay;
mod signature;
mod verify;

use std::sync::Arc;

use axum::http::HeaderMap;
use bytes::Bytes;
use lianpu_corpus::{Account, bundled};

use crate::condition::Condition;
use crate::config::{Clock, Config};
use crate::defect::{Defect, Defects};
use crate::fetch::Fetcher;
use crate::gallery::{Gallery, GalleryLimits, Store};
use crate::vision::{Analyser, Workers};

pub use crate::answer::Answer;
pub use fuzzing::{fuzz_authorization, fuzz_json, fuzz_signature};
pub use operations::Operation;

use rate::RateLimits;
use render::Answers;
use replay::Replays;

/// The dialect's name.
pub const NAME: &str = "tencent-ci";

/// The table that carries the conditions of the face operations.
const TABLE: &str = "face";

/// One request, its body whole.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked for.
    pub operation: Operation,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
}

/// What the dialect needs and the configuration or the corpus lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The corpus has no such table.
    #[error("{NAME} has no table {TABLE}")]
    NoTable,
    /// The manifest describes no envelope.
    #[error("{NAME}/dialect.toml has no [envelope]")]
    NoEnvelope,
    /// A condition has no row.
    #[error("{NAME}/tables/{TABLE}.toml has no row with the condition {0}")]
    NoRow(Condition),
    /// A limit is not set.
    #[error("the limit {0} of {NAME} is not set")]
    NoLimit(&'static str),
}

/// The limits by name, as the rest of this folder needs them.
#[derive(Debug, Clone, Copy)]
struct Limits {
    body_bytes: u64,
    candidates: usize,
    fully_described_faces: usize,
    id_bytes: usize,
    signature_seconds: u64,
}

/// The dialect's front with its state.
pub(crate) struct TencentCi {
    accounts: Vec<Account>,
    answers: Answers,
    limits: Limits,
    clock: Clock,
    allow_faults: bool,
    rates: RateLimits,
    replays: Replays,
    gallery: Gallery,
    workers: Workers,
    fetcher: Fetcher,
    defects: Defects,
}

impl TencentCi {
    pub(crate) fn new(
        config: &Config,
        store: &Arc<dyn Store>,
        analyser: &Arc<dyn Analyser>,
        workers: Workers,
        fetcher: Fetcher,
    ) -> Result<Self, crate::EngineError> {
        let dialect = bundled(NAME)?;
        let table = dialect.table(TABLE).ok_or(SetupError::NoTable)?;
        let envelope = dialect.manifest.envelope.as_ref().ok_or(SetupError::NoEnvelope)?;
        let limit = |name| {
            let value = config.limits.get(NAME).and_then(|limits| limits.get(name)).copied();
            value.ok_or(SetupError::NoLimit(name))
        };
        let count = |name| limit(name).map(|value| usize::try_from(value).unwrap_or(usize::MAX));
        let defects = config.defects();
        let one_more = |defect| usize::from(defects.has(defect));
        let limits = Limits {
            body_bytes: limit("body-bytes")? << u32::from(defects.has(Defect::BodyLimitIgnored)),
            candidates: count("candidates")? + one_more(Defect::CandidatesOneMore),
            fully_described_faces: count("fully-described-faces")?,
            id_bytes: count("id-bytes")? + one_more(Defect::IdOneLonger),
            signature_seconds: limit("signature-seconds")?,
        };
        let gallery_limits = GalleryLimits {
            faces_per_person: count("faces-per-person")? + one_more(Defect::FacesOneMore),
            persons_per_group: count("persons-per-group")?,
            groups: count("groups-per-appid")?,
        };
        let accounts = config.accounts.get(NAME).cloned().unwrap_or_default();
        Ok(Self {
            answers: Answers::new(table, envelope)?,
            limits,
            clock: Arc::clone(&config.clock),
            allow_faults: config.allow_faults,
            rates: RateLimits::new(&accounts),
            replays: Replays::default(),
            gallery: Gallery::new(Arc::clone(store), Arc::clone(analyser), gallery_limits),
            accounts,
            workers,
            fetcher,
            defects,
        })
    }

    /// The most bytes of a body.
    pub(crate) fn body_limit(&self) -> u64 {
        self.limits.body_bytes
    }

    /// Whether this is done wrongly on purpose.
    fn has(&self, defect: Defect) -> bool {
        self.defects.has(defect)
    }

    /// The answer for a condition found outside.
    pub(crate) fn refuse(&self, condition: Condition) -> Answer {
        self.answers.refusal(&condition.into())
    }
}
