//! What a mutation broke, in classes of conditions: never in a vendor's conditions, let alone its codes.
//!
//! A mutator knows what it did; which condition of a dialect that is, which code that has, and which of two faults speaks
//! first, is the oracle's business.

use lianpu_corpus::{Certainty, ConditionClass};

/// What one mutation means for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What must follow from it.
    pub outcome: EffectOutcome,
    /// Why: one sentence, with its source.
    pub rule: String,
    /// How well the rule is founded.
    pub certainty: Certainty,
}

/// What must follow from a mutation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectOutcome {
    /// A conforming server does not mind.
    Harmless,
    /// It must be refused for one of these.
    Refused(Vec<Refusal>),
    /// It may be refused for one of these, or taken as if nothing were wrong.
    RefusedOrTaken(Vec<Refusal>),
    /// A gateway in front may answer in its own words, whatever the body.
    Gateway {
        /// The HTTP statuses it may answer with.
        statuses: Vec<u16>,
        /// Whether it may also close the connection without an answer.
        closes: bool,
        /// For what the service itself may refuse it instead.
        or: Vec<Refusal>,
        /// Whether it may also be taken as if nothing were wrong.
        or_taken: bool,
    },
}

/// What a request may be refused for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Any condition of a class; which those are, the dialect's data say.
    Of(ConditionClass),
    /// One condition, which the dialect's data name for the very parameter that was changed.
    Condition(String),
}

impl From<&ConditionClass> for Refusal {
    fn from(class: &ConditionClass) -> Self {
        Self::Of(*class)
    }
}

impl From<ConditionClass> for Refusal {
    fn from(class: ConditionClass) -> Self {
        Self::Of(class)
    }
}

impl From<&&str> for Refusal {
    fn from(condition: &&str) -> Self {
        Self::Condition((*condition).to_owned())
    }
}

impl Effect {
    /// It changes nothing.
    pub fn harmless(rule: &str, certainty: Certainty) -> Self {
        Self { outcome: EffectOutcome::Harmless, rule: rule.to_owned(), certainty }
    }

    /// It must be refused.
    pub fn refused(
        refusals: impl IntoIterator<Item = impl Into<Refusal>>,
        rule: &str,
        certainty: Certainty,
    ) -> Self {
        Self { outcome: EffectOutcome::Refused(collected(refusals)), rule: rule.to_owned(), certainty }
    }

    /// It may be refused, or taken.
    pub fn refused_or_taken(
        refusals: impl IntoIterator<Item = impl Into<Refusal>>,
        rule: &str,
        certainty: Certainty,
    ) -> Self {
        Self { outcome: EffectOutcome::RefusedOrTaken(collected(refusals)), rule: rule.to_owned(), certainty }
    }

    /// Adds to what it may be refused for.
    pub(super) fn widen(&mut self, further: &[ConditionClass]) {
        if let EffectOutcome::Refused(refusals)
        | EffectOutcome::RefusedOrTaken(refusals)
        | EffectOutcome::Gateway { or: refusals, .. } = &mut self.outcome
        {
            refusals.extend(further.iter().map(Refusal::from));
        }
    }

    /// Lets what had to be refused be taken as well, because something else may hide it.
    pub(crate) fn soften(&mut self) {
        match &mut self.outcome {
            EffectOutcome::Refused(refusals) => {
                self.outcome = EffectOutcome::RefusedOrTaken(std::mem::take(refusals));
            }
            EffectOutcome::Gateway { or_taken, .. } => *or_taken = true,
            EffectOutcome::Harmless | EffectOutcome::RefusedOrTaken(_) => {}
        }
    }
}

impl EffectOutcome {
    /// What a gateway may answer with one of these statuses.
    pub(super) fn gateway(statuses: &[u16], closes: bool, or: &[ConditionClass], or_taken: bool) -> Self {
        Self::Gateway { statuses: statuses.to_vec(), closes, or: collected(or), or_taken }
    }

    /// For what it may be refused, if it may.
    pub fn refusals(&self) -> &[Refusal] {
        match self {
            Self::Harmless => &[],
            Self::Refused(refusals) | Self::RefusedOrTaken(refusals) | Self::Gateway { or: refusals, .. } => {
                refusals
            }
        }
    }
}

fn collected(refusals: impl IntoIterator<Item = impl Into<Refusal>>) -> Vec<Refusal> {
    refusals.into_iter().map(Into::into).collect()
}
