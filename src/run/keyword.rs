//! Gherkin's keywords in the words of the step vocabulary.

use cucumber::gherkin::StepType;

use crate::provoke::StepKind;

/// The vocabulary's word for a keyword of Gherkin.
pub(super) const fn kind_of(keyword: StepType) -> StepKind {
    match keyword {
        StepType::Given => StepKind::Given,
        StepType::When => StepKind::When,
        StepType::Then => StepKind::Then,
    }
}
