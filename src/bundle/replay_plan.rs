//! The plan of a finding carried out again.

use std::cell::RefCell;

use super::expiry::{SIGNATURE_OVER, says_expired};
use super::file::{Bundle, MutationSubject};
use super::outcome::{Mode, ReplayError, Replayed};
use super::request::KeptRequest;
use super::seal::{Seal, Unfilled};
use crate::run::{Care, PreparedPlan, Session, Trouble};

/// Carries the plan out again.
pub(super) async fn replay(
    session: &Session,
    bundle: &Bundle,
    subject: &MutationSubject,
    mode: Mode,
) -> Result<Replayed, ReplayError> {
    let MutationSubject { plan, circumstance, .. } = subject;
    let dialect = lianpu_corpus::dialect(&plan.dialect).map_err(|error| Trouble::SetUp(error.to_string()))?;
    let care = Care { traces: true, again: true };
    let attempt = match mode {
        Mode::Resign => {
            let mut fixture = session.fixture(dialect);
            let attempt = fixture.attempt(plan, care).await;
            fixture.clear().await;
            attempt?
        }
        Mode::Exact => {
            let mut fixture = session.fixture_named(dialect, &circumstance.namespace);
            let kept = bundle.requests.first().map(KeptRequest::bytes).transpose();
            let kept = kept.ok().flatten().unwrap_or_default(); // looked at when the bundle was read
            let unfilled = RefCell::new(None);
            let change = |plan: &mut PreparedPlan| match Seal::of(&plan.ground.caller, &plan.mutant.request)
                .open(&kept)
            {
                Ok(bytes) => plan.bytes = bytes,
                Err(Unfilled(placeholder)) => *unfilled.borrow_mut() = Some(placeholder),
            };
            let attempt = fixture.attempt_again(plan, circumstance.clone(), change).await;
            fixture.clear().await;
            if let Some(placeholder) = unfilled.take() {
                return Err(ReplayError::Unfilled(Unfilled(placeholder).to_string()));
            }
            attempt?
        }
    };
    if !attempt.findings.is_empty() {
        let over = attempt.code.as_ref().is_some_and(|code| says_expired(code, dialect, &plan.operation));
        let as_before = attempt.code == bundle.actual.as_ref().and_then(|actual| actual.code.clone());
        if mode == Mode::Exact && over && !as_before {
            return Ok(Replayed::Over(SIGNATURE_OVER.to_owned()));
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
