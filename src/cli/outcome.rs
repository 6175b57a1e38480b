//! What a run's exit says.

use super::exit::ExitStatus;
use crate::report::{Outcome, Summary};

/// The exit of a run that came to its end.
pub(super) fn status(summary: &Summary) -> ExitStatus {
    match summary.outcome() {
        Outcome::AsExpected => ExitStatus::AsExpected,
        Outcome::Deviations => ExitStatus::Deviations,
        Outcome::FewerScenarios => ExitStatus::FewerScenarios,
        Outcome::StaleExpectations => ExitStatus::StaleExpectations,
    }
}
