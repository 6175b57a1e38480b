//! From what is broken to what may answer.

use lianpu_corpus::{Certainty, Dialect, Operation, Row};

use super::order::{comes_before, stage};
use crate::judge::{Allowed, Expected};
use crate::mutate::{Effect, EffectOutcome, Refusal};

/// Predicts the answers to a request with these effects.
///
/// Of several faults the one of the earliest stage speaks; where the order of two stages is only inferred, either may. A
/// fault that may be taken as none adds its codes and lets the others speak.
pub fn predict(dialect: &Dialect, operation: &Operation, effects: &[Effect]) -> Expected {
    let faults: Vec<_> = effects.iter().map(|effect| Fault::of(effect, dialect, operation)).collect();
    let mut prediction = Expected { success: faults.iter().all(|fault| fault.taken), ..Expected::default() };
    for (index, fault) in faults.iter().enumerate() {
        let others =
            || faults.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        for &condition in &fault.conditions {
            let forestalled = others().any(|other| other.certainly_before(dialect, condition));
            let per_item = stage(dialect, condition).is_some_and(|stage| stage.per_item);
            // A whole that is refused for another reason has no items.
            let in_items = per_item && others().all(|other| other.taken || other.is_per_item(dialect));
            if let (false, Some(row)) = (forestalled, dialect.row_for(operation, condition)) {
                allow(&mut prediction, row, fault.effect, in_items);
            }
        }
        if fault.conditions.is_empty() || !others().any(|other| other.precedes(dialect, fault)) {
            let whole = others().all(|other| other.taken || other.is_per_item(dialect));
            allow_further_codes(&mut prediction, dialect, fault, whole);
        }
        if fault.is_unmarked() {
            allow_any_error(&mut prediction, dialect, operation, fault.effect);
        }
        if let EffectOutcome::Gateway { statuses, closes, .. } = &fault.effect.outcome {
            prediction.statuses.extend(statuses);
            prediction.closes |= closes;
        }
    }
    if prediction.answers.iter().any(|allowed| allowed.in_items) {
        prediction.item = items(dialect, operation);
    }
    prediction
}

fn allow(prediction: &mut Expected, row: &Row, effect: &Effect, in_items: bool) {
    if let Some(known) = prediction.answers.iter_mut().find(|allowed| allowed.code == row.code) {
        known.in_items |= in_items;
        return;
    }
    let (rule, certainty) = (effect.rule.clone(), effect.certainty);
    prediction.answers.push(Allowed { code: row.code.clone(), rule, certainty, in_items });
}

/// What may be refused may be told by a code that stands in no table, where one is known for such a fault.
fn allow_further_codes(prediction: &mut Expected, dialect: &Dialect, fault: &Fault<'_>, whole: bool) {
    let (effect, in_items) = (fault.effect, whole && fault.is_per_item(dialect));
    for further in &dialect.manifest.further_codes {
        let tells = |refusal: &Refusal| match refusal {
            Refusal::Of(class) => further.classes.contains(class),
            Refusal::Condition(condition) => dialect.manifest.classes.have(&further.classes, condition),
        };
        let is_known = prediction.answers.iter().any(|allowed| allowed.code == further.code);
        if !is_known && effect.outcome.refusals().iter().any(tells) {
            let rule = format!("{}; {}", effect.rule, further.source);
            let code = further.code.clone();
            prediction.answers.push(Allowed { code, rule, certainty: Certainty::Inferred, in_items });
        }
    }
}

/// What must be refused and has no row of its own may be told by any error.
fn allow_any_error(prediction: &mut Expected, dialect: &Dialect, operation: &Operation, effect: &Effect) {
    let envelope = dialect.envelope_of(operation);
    let success = |row: &&Row| envelope.is_some_and(|envelope| envelope.is_success(&row.code));
    let unmarked = Effect {
        rule: format!("{}; no row of the tables has one of these conditions", effect.rule),
        certainty: Certainty::Inferred,
        ..effect.clone()
    };
    let rows = dialect.tables_of(operation).flat_map(|table| &table.rows);
    for row in rows.filter(|row| !success(row)) {
        allow(prediction, row, &unmarked, false);
    }
}

/// One effect as the order of checks sees it.
struct Fault<'a> {
    effect: &'a Effect,
    /// Those for which the operation has a row: no other can be what is answered.
    conditions: Vec<&'a str>,
    /// Whether it may be taken as no fault.
    taken: bool,
    /// Whether a gateway may answer it, before all checks of the service.
    gateway: bool,
}

impl<'a> Fault<'a> {
    fn of(effect: &'a Effect, dialect: &'a Dialect, operation: &Operation) -> Self {
        let (taken, gateway) = match &effect.outcome {
            EffectOutcome::Harmless | EffectOutcome::RefusedOrTaken(_) => (true, false),
            EffectOutcome::Refused(_) => (false, false),
            EffectOutcome::Gateway { or_taken, .. } => (*or_taken, true),
        };
        let told = effect.outcome.refusals().iter().flat_map(|refusal| conditions(refusal, dialect));
        let conditions = told.filter(|condition| dialect.row_for(operation, condition).is_some()).collect();
        Self { effect, conditions, taken, gateway }
    }

    /// Whether this fault, whichever of its conditions is chosen, is found before that condition.
    fn certainly_before(&self, dialect: &Dialect, condition: &str) -> bool {
        if self.taken || self.gateway || self.conditions.is_empty() {
            return false;
        }
        self.conditions.iter().all(|own| comes_before(dialect, own, condition))
    }

    /// Whether this fault is found before the other, whichever conditions are chosen.
    fn precedes(&self, dialect: &Dialect, other: &Self) -> bool {
        other.conditions.iter().all(|condition| self.certainly_before(dialect, condition))
    }

    /// Whether it must be refused, and no row of the operation's tables is for it.
    const fn is_unmarked(&self) -> bool {
        matches!(self.effect.outcome, EffectOutcome::Refused(_)) && self.conditions.is_empty()
    }

    /// Whether some choice of condition concerns one picture of several.
    fn is_per_item(&self, dialect: &Dialect) -> bool {
        self.conditions.iter().any(|own| stage(dialect, own).is_some_and(|stage| stage.per_item))
    }
}

/// The conditions of a refusal: its own, or those that the dialect's data give its class.
fn conditions<'a>(refusal: &'a Refusal, dialect: &'a Dialect) -> impl Iterator<Item = &'a str> {
    let conditions = match refusal {
        Refusal::Of(class) => dialect.manifest.classes.conditions(*class),
        Refusal::Condition(condition) => std::slice::from_ref(condition),
    };
    conditions.iter().map(String::as_str)
}

/// Where the operation's answer has a code for each of several pictures, if it has.
fn items(dialect: &Dialect, operation: &Operation) -> Option<String> {
    let pointers = dialect.provocations.iter().filter_map(|provocation| provocation.item_code.as_ref());
    let mut own = pointers.filter(|pointer| {
        let list = pointer.trim_end_matches("/*");
        operation.replies.iter().any(|reply| reply.pointer == list)
    });
    own.next().cloned()
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::{Certainty, Code, ConditionClass};

    use super::*;

    fn codes(operation: &str, effects: &[Effect]) -> (Vec<i64>, bool) {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let prediction = predict(dialect, dialect.operation(operation).unwrap(), effects);
        let code = |allowed: &Allowed| match allowed.code {
            Code::Int(code) => code,
            Code::Text(_) => unreachable!("the codes of this dialect are integers"),
        };
        (prediction.answers.iter().map(code).collect(), prediction.success)
    }

    fn refused(conditions: &[&str]) -> Effect {
        Effect::refused(conditions, "", Certainty::Documented)
    }

    fn refused_or_taken(conditions: &[&str]) -> Effect {
        Effect::refused_or_taken(conditions, "", Certainty::Documented)
    }

    #[test]
    fn nothing_broken_is_a_success_and_nothing_else() {
        assert_eq!(codes("getinfo", &[]), (vec![], true));
        assert_eq!(codes("getinfo", &[Effect::harmless("", Certainty::Documented)]), (vec![], true));
    }

    #[test]
    fn one_fault_gives_its_codes() {
        assert_eq!(
            codes("getinfo", &[refused(&["signature-expired", "signature-wrong"])]),
            (vec![9, 14], false)
        );
        assert_eq!(codes("getinfo", &[refused_or_taken(&["parameter-invalid"])]), (vec![21], true));
    }

    #[test]
    fn of_two_faults_the_one_that_the_other_needs_speaks() {
        let undecodable = refused(&["picture-undecodable"]);
        assert_eq!(codes("detect", &[undecodable.clone(), refused(&["bad-request"])]), (vec![3], false));
        let either = codes("detect", &[undecodable.clone(), refused(&["signature-wrong"])]);
        assert_eq!(either, (vec![-1102, 14], false), "no document says which is first");
        let maybe = codes("detect", &[undecodable, refused_or_taken(&["bad-request"])]);
        assert_eq!(maybe, (vec![-1102, 3], false), "taken as none, it lets the other speak");
    }

    #[test]
    fn a_code_stands_at_a_picture_only_where_there_are_several_and_the_whole_succeeds() {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let of = |operation: &str, effects: &[Effect]| {
            predict(dialect, dialect.operation(operation).unwrap(), effects)
        };
        let undecodable = refused(&["picture-undecodable"]);
        assert_eq!(
            of("addface", std::slice::from_ref(&undecodable)).item.as_deref(),
            Some("/data/ret_codes/*")
        );
        assert!(!of("addface", std::slice::from_ref(&undecodable)).refuses());
        assert_eq!(of("detect", std::slice::from_ref(&undecodable)).item, None);
        assert_eq!(of("addface", &[undecodable, refused(&["signature-wrong"])]).item, None);
    }

    #[test]
    fn where_no_row_is_for_a_fault_any_error_may_tell_it() {
        let (any, success) = codes("getinfo", &[refused(&["on-no-table"])]);
        assert!(any.len() > 20 && !any.contains(&0) && !success, "{any:?}");
        assert_eq!(codes("getinfo", &[refused(&["on-no-table", "signature-wrong"])]), (vec![14], false));
        assert_eq!(codes("getinfo", &[refused_or_taken(&["on-no-table"])]), (vec![], true));
    }

    #[test]
    fn expectations_are_said_in_words() {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let effect = Effect {
            outcome: EffectOutcome::Gateway {
                statuses: vec![400],
                closes: true,
                or: vec![Refusal::Of(ConditionClass::RequestMalformed)],
                or_taken: true,
            },
            rule: String::new(),
            certainty: Certainty::Inferred,
        };
        let detect = dialect.operation("detect").unwrap();
        assert_eq!(
            predict(dialect, detect, &[effect]).words(dialect, detect),
            "0, 3, HTTP 400 or a closed connection"
        );
    }
}
