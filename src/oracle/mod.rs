//! Which answers a changed request may get, and why.
//!
//! Pure, and a function of dialect, operation and what the mutations broke; knows no target and no engine. The order of
//! checks is data of the dialect. Start with [`predict`].

use lianpu_corpus::{Certainty, Code, Dialect, Operation, Row};

use crate::mutate::{Effect, Outcome};

/// The answers that are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The codes that may answer, each with its reason.
    pub answers: Vec<Allowed>,
    /// Whether a success is right.
    pub success: bool,
    /// HTTP statuses with which a gateway may answer instead, whatever the body.
    pub statuses: Vec<u16>,
    /// Whether the connection may be closed without an answer.
    pub closes: bool,
}

/// One code that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The code.
    pub code: Code,
    /// Why.
    pub rule: String,
    /// How well that is founded.
    pub certainty: Certainty,
}

/// Predicts the answers to a request with these effects.
///
/// Of several faults the one of the earliest stage speaks; where the order of two stages is only inferred, either may. A
/// fault that may be taken as none adds its codes and lets the others speak.
pub fn predict(dialect: &Dialect, operation: &Operation, effects: &[Effect]) -> Prediction {
    let faults: Vec<_> = effects.iter().map(Fault::of).collect();
    let mut prediction = Prediction {
        answers: Vec::new(),
        success: faults.iter().all(|fault| fault.taken),
        statuses: Vec::new(),
        closes: false,
    };
    for (index, fault) in faults.iter().enumerate() {
        let others =
            || faults.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        for condition in fault.conditions {
            let forestalled = others().any(|other| other.certainly_before(dialect, condition));
            if let (false, Some(row)) = (forestalled, row(dialect, operation, condition)) {
                prediction.allow(&row.code, fault.effect);
            }
        }
        if let Outcome::Gateway { statuses, closes, .. } = &fault.effect.outcome {
            prediction.statuses.extend(statuses);
            prediction.closes |= closes;
        }
    }
    prediction
}

impl Prediction {
    /// Whether this code may answer; the dialect's success code where a success is right.
    pub fn allows(&self, code: &Code, dialect: &Dialect) -> bool {
        let success = dialect.envelope().is_some_and(|envelope| envelope.is_success(Some(code)));
        (success && self.success) || self.answers.iter().any(|allowed| allowed.code == *code)
    }

    fn allow(&mut self, code: &Code, effect: &Effect) {
        if self.answers.iter().all(|allowed| allowed.code != *code) {
            let (rule, certainty) = (effect.rule.clone(), effect.certainty);
            self.answers.push(Allowed { code: code.clone(), rule, certainty });
        }
    }
}

/// One effect as the order of checks sees it.
struct Fault<'a> {
    effect: &'a Effect,
    conditions: &'a [String],
    /// Whether it may be taken as no fault.
    taken: bool,
    /// Whether a gateway may answer it, before all checks of the service.
    gateway: bool,
}

impl<'a> Fault<'a> {
    fn of(effect: &'a Effect) -> Self {
        let (conditions, taken, gateway): (&[String], _, _) = match &effect.outcome {
            Outcome::Harmless => (&[], true, false),
            Outcome::Refused(conditions) => (conditions, false, false),
            Outcome::RefusedOrTaken(conditions) => (conditions, true, false),
            Outcome::Gateway { or, or_taken, .. } => (or, *or_taken, true),
        };
        Self { effect, conditions, taken, gateway }
    }

    /// Whether this fault, whichever of its conditions is chosen, is found before that condition.
    fn certainly_before(&self, dialect: &Dialect, condition: &str) -> bool {
        if self.taken || self.gateway {
            return false;
        }
        self.conditions.iter().all(|own| comes_before(dialect, own, condition))
    }
}

/// Whether the dialect's documents say that the one condition is checked before the other.
fn comes_before(dialect: &Dialect, one: &str, other: &str) -> bool {
    let stage = |condition: &str| {
        dialect
            .manifest
            .order
            .iter()
            .position(|stage| stage.conditions.iter().any(|known| known == condition))
    };
    match (stage(one), stage(other)) {
        (Some(one), Some(other)) => {
            one < other && dialect.manifest.order[other].certainty != Certainty::Inferred
        }
        _ => false,
    }
}

/// The row of the operation's tables with this condition.
fn row<'a>(dialect: &'a Dialect, operation: &Operation, condition: &str) -> Option<&'a Row> {
    operation.tables.iter().find_map(|table| dialect.table(table)?.row_for(condition))
}
