//! What a mutation broke, in domain words: the conditions of the tables' rows, never their codes.
//!
//! A mutator knows what it did; which code that is, and which of two faults speaks first, is the oracle's business.

use lianpu_corpus::Certainty;

/// What one mutation means for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What must follow from it.
    pub outcome: Outcome,
    /// Why: one sentence, with its source.
    pub rule: String,
    /// How well the rule is founded.
    pub certainty: Certainty,
}

/// What must follow from a mutation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A conforming server does not mind.
    Harmless,
    /// It must be refused for one of these conditions.
    Refused(Vec<String>),
    /// It may be refused for one of these conditions, or taken as if nothing were wrong.
    RefusedOrTaken(Vec<String>),
    /// A gateway in front may answer in its own words, whatever the body.
    Gateway {
        /// The HTTP statuses it may answer with.
        statuses: Vec<u16>,
        /// Whether it may also close the connection without an answer.
        closes: bool,
        /// The conditions with which the service itself may refuse it instead.
        or: Vec<String>,
        /// Whether it may also be taken as if nothing were wrong.
        or_taken: bool,
    },
}

impl Effect {
    /// It changes nothing.
    pub fn harmless(rule: &str, certainty: Certainty) -> Self {
        Self { outcome: Outcome::Harmless, rule: rule.to_owned(), certainty }
    }

    /// It must be refused.
    pub fn refused(conditions: &[&str], rule: &str, certainty: Certainty) -> Self {
        Self { outcome: Outcome::Refused(owned(conditions)), rule: rule.to_owned(), certainty }
    }

    /// It may be refused, or taken.
    pub fn refused_or_taken(conditions: &[&str], rule: &str, certainty: Certainty) -> Self {
        Self { outcome: Outcome::RefusedOrTaken(owned(conditions)), rule: rule.to_owned(), certainty }
    }

    /// Adds conditions to those for which it may be refused.
    pub(super) fn widen(&mut self, further: &[&str]) {
        if let Outcome::Refused(conditions)
        | Outcome::RefusedOrTaken(conditions)
        | Outcome::Gateway { or: conditions, .. } = &mut self.outcome
        {
            conditions.extend(owned(further));
        }
    }

    /// Lets what had to be refused be taken as well, because something else may hide it.
    pub(crate) fn soften(&mut self) {
        match &mut self.outcome {
            Outcome::Refused(conditions) => {
                self.outcome = Outcome::RefusedOrTaken(std::mem::take(conditions));
            }
            Outcome::Gateway { or_taken, .. } => *or_taken = true,
            Outcome::Harmless | Outcome::RefusedOrTaken(_) => {}
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
