//! The front's parts and its state.

use std::sync::Arc;

use lianpu_corpus::bundled;

use super::account::AppAccount;
use super::authenticate::token::AccessTokens;
use super::citizens::RegisteredCitizen;
use super::condition::Condition;
use super::face_tokens::FaceTokens;
use super::library::Libraries;
use super::names::NAME;
use super::quota::Quotas;
use super::render::Answers;
use super::section::BaiduFaceSection;
use super::sessions::Sessions;
use super::settings::Settings;
use crate::fetch::Fetcher;
use crate::front::{Answer, Clock, Context, Limits, SetupError};
use crate::vision::Workers;

/// The dialect's front with its state.
pub(crate) struct BaiduFace {
    pub(super) accounts: Vec<AppAccount>,
    pub(super) answers: Answers,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) allow_faults: bool,
    pub(super) tokens: AccessTokens,
    pub(super) quotas: Quotas,
    pub(super) face_tokens: FaceTokens,
    pub(super) sessions: Sessions,
    pub(super) libraries: Libraries,
    pub(super) citizens: Vec<RegisteredCitizen>,
    pub(super) workers: Workers,
    pub(super) fetcher: Fetcher,
}

impl BaiduFace {
    pub(super) fn new(section: &BaiduFaceSection, context: &Context) -> Result<Self, SetupError> {
        let settings = Settings::new(&section.limits);
        Ok(Self {
            answers: Answers::new(bundled(NAME)?, settings.template_messages == 0)?,
            limits: section.limits.clone(),
            settings,
            clock: Arc::clone(&context.clock),
            allow_faults: context.allow_faults,
            tokens: AccessTokens::new(),
            quotas: Quotas::new(&section.apps),
            face_tokens: FaceTokens::new(settings.face_token_cache_bytes),
            sessions: Sessions::default(),
            libraries: Libraries::new(&context.store, &context.analyser, &settings),
            citizens: section.citizens.clone(),
            accounts: section.apps.clone(),
            workers: context.workers.clone(),
            fetcher: context.fetcher.clone(),
        })
    }

    /// The answer for a condition found outside of an operation.
    pub(super) fn refusal(&self, condition: Condition) -> Answer {
        self.answers.answer(&Err(condition.into()), (self.clock)())
    }
}
