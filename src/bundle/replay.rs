//! A bundle sent again: does it still show?

use super::file::{Bundle, BundleSubject};
use super::outcome::{Mode, ReplayError, Replayed};
use super::{replay_plan, replay_scenario};
use crate::run::Session;

/// Carries a bundle out again, whatever it is of, and judges it as it was judged then.
///
/// Anew, everything is signed and named at this time. With the bytes that were sent then, only what is a placeholder is put
/// in.
pub async fn replay(session: &Session, bundle: &Bundle, mode: Mode) -> Result<Replayed, ReplayError> {
    match &bundle.subject {
        BundleSubject::Scenario(scenario) => replay_scenario::replay(session, bundle, scenario, mode).await,
        BundleSubject::Mutations(mutations) => replay_plan::replay(session, bundle, mutations, mode).await,
    }
}
