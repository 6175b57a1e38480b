//! 百度智能云人脸识别 (baidu-face): the face operations of Baidu AI Cloud, API V3, with the endpoints of V1 that share its
//! error table and those of the private deployment that own rows of it.
//!
//! Parses, authenticates, dispatches and renders. No code number stands here: a condition finds its row in the dialect's
//! tables. Start with `dispatch`, which holds the order of checks, or with one file of `operations`.

mod account;
mod authenticate;
mod body;
mod call;
mod condition;
mod content;
mod control;
mod dispatch;
mod face_tokens;
mod face_view;
mod fault;
mod fuzzing;
mod hex;
mod level;
mod library;
mod morph;
mod operations;
mod picture;
mod private_values;
mod query;
mod quota;
mod reader;
mod register;
mod render;
mod sessions;
mod settings;
mod subject;
mod time;
mod values;

use std::sync::Arc;

use axum::http::{HeaderMap, Method};
use bytes::Bytes;
use lianpu_corpus::bundled;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::config::{Clock, Config};
use crate::defect::{Defect, Defects};
use crate::fetch::Fetcher;
use crate::gallery::Store;
use crate::vision::{Analyser, Workers};

pub use account::{AppAccount, Quota};
pub use condition::Condition;
pub use fault::Fault;
pub use fuzzing::fuzz_body;
pub use operations::Operation;
pub use register::{RegisteredCitizen, test_citizens};

use authenticate::AccessTokens;
use face_tokens::FaceTokens;
use library::Libraries;
use quota::Quotas;
use render::Answers;
use sessions::Sessions;
use settings::Settings;

pub(crate) use settings::DEFAULTS;

/// The dialect's name.
pub const NAME: &str = "baidu-face";

/// Where tokens are asked for.
pub const OAUTH_PATH: &str = "/oauth/2.0/token";

/// One request; of its body nothing where it broke off.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path as it came.
    pub path: String,
    /// The query as it came, without its question mark.
    pub query: String,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// The body as it came; none where it broke off, which is found out by the service alone: the layer in front of it
    /// judges by the head.
    pub body: Option<Bytes>,
}

/// What the dialect needs and the corpus lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// A condition has no row, or one whose code is no number.
    #[error("the tables of {NAME} have no row with the condition {0}")]
    NoRow(Condition),
}

/// The dialect's front with its state.
pub(crate) struct BaiduFace {
    accounts: Vec<AppAccount>,
    answers: Answers,
    settings: Settings,
    clock: Clock,
    allow_faults: bool,
    tokens: AccessTokens,
    quotas: Quotas,
    face_tokens: FaceTokens,
    sessions: Sessions,
    libraries: Libraries,
    citizens: Vec<RegisteredCitizen>,
    workers: Workers,
    fetcher: Fetcher,
    defects: Defects,
}

impl BaiduFace {
    pub(crate) fn new(
        config: &Config,
        store: &Arc<dyn Store>,
        analyser: &Arc<dyn Analyser>,
        workers: Workers,
        fetcher: Fetcher,
    ) -> Result<Self, crate::EngineError> {
        let defects = config.defects();
        let mut settings =
            Settings::new(config.limits.get(NAME).unwrap_or(&std::collections::BTreeMap::new()));
        settings.spoil(defects);
        let accounts = config.apps.clone();
        Ok(Self {
            answers: Answers::new(bundled(NAME)?, settings.template_messages == 0)?,
            settings,
            clock: Arc::clone(&config.clock),
            allow_faults: config.allow_faults,
            tokens: AccessTokens::new(),
            quotas: Quotas::new(&accounts),
            face_tokens: FaceTokens::new(settings.face_token_cache_bytes),
            sessions: Sessions::default(),
            libraries: Libraries::new(store, analyser, &settings),
            citizens: config.citizens.clone(),
            accounts,
            workers,
            fetcher,
            defects,
        })
    }

    /// What a client must know of the applications: their keys, and of each an access token whose time is over.
    pub(crate) fn credentials(&self) -> Value {
        let of_app = |account: &AppAccount| {
            let mut told = json!(account);
            told["expired_token"] = self.tokens.expired(&account.app_id, (self.clock)()).into();
            told
        };
        self.accounts.iter().map(of_app).collect()
    }

    /// The most bytes of a body.
    pub(crate) fn body_limit(&self) -> u64 {
        self.settings.body_bytes
    }

    /// Whether this is done wrongly on purpose.
    fn has(&self, defect: Defect) -> bool {
        self.defects.has(defect)
    }

    /// The answer for a condition found outside.
    pub(crate) fn refuse(&self, condition: Condition) -> Answer {
        self.answers.answer(&Err(condition.into()), (self.clock)())
    }
}
