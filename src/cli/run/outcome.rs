//! What a run's exit says.

use crate::cli::error::ExitStatus;
use crate::report::Summary;

/// The exit of a run that could be carried out. What was not judged is never a success.
pub(super) fn status(summary: &Summary, interrupted: bool) -> ExitStatus {
    let totals = summary.totals();
    let selected = summary.started.as_ref().and_then(|started| started.selected).unwrap_or_default();
    if interrupted {
        return ExitStatus::Interrupted;
    }
    if totals.fail + totals.unexpected_pass + totals.indeterminate > 0 {
        return ExitStatus::Deviations;
    }
    if totals.scenarios < selected || totals.pass + totals.tolerated + totals.expected_fail == 0 {
        return ExitStatus::FewerScenarios;
    }
    ExitStatus::AsExpected
}
