//! A bundle sent again: is the finding still there?

use std::cell::RefCell;

use lianpu_corpus::ConditionClass;

use super::bundle::Bundle;
use super::seal::{Seal, Unfilled};
use crate::judge::Finding;
use crate::run::{Care, PreparedPlan, Session, Trouble};

/// How to send again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The plan, at this time, under new names.
    #[default]
    Resign,
    /// The same bytes, with the secrets of the target put in; the things they name are created again.
    Exact,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// It is still there.
    StillThere(Vec<Finding>),
    /// It is gone; what came instead, in words.
    Gone(String),
    /// The bytes say nothing any more.
    Over(String),
}

/// Why a bundle could not be sent again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// See [`Trouble`].
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The target lacks what it needs.
    #[error("the target lacks what this scenario needs: {0}")]
    Lacks(String),
    /// It cannot be sent so.
    #[error("{0}")]
    NotSo(String),
    /// The bytes hold what this target cannot fill in.
    #[error("sent: {0}")]
    Unfilled(String),
}

/// Sends a bundle again.
pub async fn replay(session: &Session, bundle: &Bundle, mode: Mode) -> Result<Replayed, ReplayError> {
    let dialect =
        lianpu_corpus::dialect(&bundle.plan.dialect).map_err(|error| Trouble::SetUp(error.to_string()))?;
    let care = Care { traces: true, again: true };
    let attempt = match mode {
        Mode::Resign => {
            let mut fixture = session.fixture(dialect);
            let attempt = fixture.attempt(&bundle.plan, care).await;
            fixture.clear().await;
            attempt?
        }
        Mode::Exact => {
            let mut fixture = session.fixture_named(dialect, &bundle.circumstance.namespace);
            let unfilled = RefCell::new(None);
            let change = |plan: &mut PreparedPlan| match Seal::of(&plan.ground.caller, &plan.mutant.request)
                .open(&bundle.bytes())
            {
                Ok(bytes) => plan.bytes = bytes,
                Err(Unfilled(placeholder)) => *unfilled.borrow_mut() = Some(placeholder),
            };
            let attempt = fixture.attempt_again(&bundle.plan, bundle.circumstance.clone(), change).await;
            fixture.clear().await;
            if let Some(placeholder) = unfilled.take() {
                return Err(ReplayError::Unfilled(Unfilled(placeholder).to_string()));
            }
            attempt?
        }
    };
    if !attempt.findings.is_empty() {
        let over = attempt.code.as_ref().is_some_and(|code| {
            dialect.is_of_class(attempt.ground.operation, code, &[ConditionClass::CredentialsExpired])
        });
        let as_before = attempt.code == bundle.actual.code;
        if mode == Mode::Exact && over && !as_before {
            return Ok(Replayed::Over("the signature in these bytes has expired; use --resign".to_owned()));
        }
        return Ok(Replayed::StillThere(attempt.findings));
    }
    let came = match (&attempt.answer, &attempt.code) {
        (Ok(reply), Some(code)) => format!("{code} with HTTP {}", reply.status),
        (Ok(reply), None) => format!("HTTP {}", reply.status),
        (Err(why), _) => why.to_string(),
    };
    Ok(Replayed::Gone(format!("{came}, of {}", attempt.prediction.words(dialect, attempt.ground.operation))))
}
