//! What holds of every prediction, whatever was broken.

use lianpu_corpus::{Certainty, ConditionClass, Dialect, Operation};
use proptest::prelude::*;

use super::predict;
use crate::judge::Expected;
use crate::mutate::{Effect, EffectOutcome, Refusal};

fn dialects() -> [&'static Dialect; 2] {
    ["tencent-ci", "baidu-face"].map(|name| lianpu_corpus::bundled(name).unwrap())
}

/// An operation of one of the dialects.
fn operation() -> impl Strategy<Value = (&'static Dialect, &'static Operation)> {
    (0..2_usize, any::<prop::sample::Index>()).prop_map(|(dialect, at)| {
        let dialect = dialects()[dialect];
        (dialect, at.get(&dialect.operations))
    })
}

/// Conditions of the orders of checks, of either dialect: one without a row in an operation's tables says
/// nothing there, beside one that has a row.
fn conditions() -> impl Strategy<Value = Vec<String>> {
    let known: Vec<_> = dialects()
        .iter()
        .flat_map(|dialect| &dialect.manifest.order)
        .flat_map(|stage| stage.conditions.clone())
        .collect();
    prop::collection::vec(prop::sample::select(known), 1..4)
}

/// Refusals by a condition or by a class.
fn refusals() -> impl Strategy<Value = Vec<Refusal>> {
    let class = prop::sample::select(ConditionClass::ALL).prop_map(Refusal::Of);
    let of_classes = prop::collection::vec(class, 1..4);
    let of_conditions =
        conditions().prop_map(|conditions| conditions.into_iter().map(Refusal::Condition).collect());
    prop_oneof![of_conditions, of_classes]
}

/// The conditions that a dialect has for a refusal.
fn told<'a>(refusal: &'a Refusal, dialect: &'a Dialect) -> &'a [String] {
    match refusal {
        Refusal::Of(class) => dialect.manifest.classes.conditions(*class),
        Refusal::Condition(condition) => std::slice::from_ref(condition),
    }
}

fn effect() -> impl Strategy<Value = Effect> {
    let gateway = (refusals(), any::<bool>(), any::<bool>()).prop_map(|(or, closes, or_taken)| {
        EffectOutcome::Gateway { statuses: vec![400], closes, or, or_taken }
    });
    let outcome = prop_oneof![
        Just(EffectOutcome::Harmless),
        refusals().prop_map(EffectOutcome::Refused),
        refusals().prop_map(EffectOutcome::RefusedOrTaken),
        gateway,
    ];
    outcome.prop_map(|outcome| Effect { outcome, rule: "a rule".to_owned(), certainty: Certainty::Inferred })
}

fn effects() -> impl Strategy<Value = Vec<Effect>> {
    prop::collection::vec(effect(), 0..4)
}

/// The codes, for comparison without an order.
fn codes(prediction: &Expected) -> Vec<String> {
    let mut codes: Vec<_> = prediction.answers.iter().map(|allowed| allowed.code.to_string()).collect();
    codes.sort();
    codes
}

proptest! {
    #[test]
    fn the_order_of_effects_does_not_matter((dialect, operation) in operation(), effects in effects()) {
        let forward = predict(dialect, operation, &effects);
        let backward: Vec<_> = effects.into_iter().rev().collect();
        let backward = predict(dialect, operation, &backward);
        prop_assert_eq!(codes(&forward), codes(&backward));
        prop_assert_eq!((forward.success, forward.closes), (backward.success, backward.closes));
    }

    #[test]
    fn a_fault_that_may_pass_for_none_takes_no_answer_away(
        (dialect, operation) in operation(),
        effects in effects(),
        at in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!effects.is_empty());
        // What no row is for is told by any error, unless it may be overlooked.
        let marked = |condition: &String| {
            let mut tables = operation.tables.iter().filter_map(|table| dialect.table(table));
            tables.any(|table| table.row_for(condition).is_some())
        };
        let at = at.index(effects.len());
        prop_assume!(match &effects[at].outcome {
            EffectOutcome::Refused(refusals) => {
                refusals.iter().flat_map(|refusal| told(refusal, dialect)).any(marked)
            }
            _ => true,
        });
        let strict = predict(dialect, operation, &effects);
        let mut softened = effects.clone();
        softened[at].soften();
        let lenient = predict(dialect, operation, &softened);
        let kept = codes(&lenient);
        prop_assert!(codes(&strict).iter().all(|code| kept.contains(code)), "{:?} of {:?}", kept, codes(&strict));
        prop_assert!(lenient.success || !strict.success);
    }

    #[test]
    fn success_is_right_only_where_every_fault_may_pass_for_none(
        (dialect, operation) in operation(),
        effects in effects(),
    ) {
        let must_not = |effect: &Effect| match &effect.outcome {
            EffectOutcome::Refused(_) | EffectOutcome::Gateway { or_taken: false, .. } => true,
            EffectOutcome::Harmless | EffectOutcome::RefusedOrTaken(_) | EffectOutcome::Gateway { .. } => false,
        };
        let prediction = predict(dialect, operation, &effects);
        prop_assert_eq!(prediction.success, !effects.iter().any(must_not));
        // One fault at least that has a row is told by it, whatever forestalls what.
        let rows = operation.tables.iter().filter_map(|table| dialect.table(table));
        let known: Vec<_> = rows.flat_map(|table| &table.rows).filter_map(|row| row.condition.as_ref()).collect();
        let told = effects.iter().any(|effect| match &effect.outcome {
            EffectOutcome::Refused(refusals) => {
                let mut told = refusals.iter().flat_map(|refusal| told(refusal, dialect));
                told.all(|condition| known.contains(&condition))
            }
            _ => false,
        });
        prop_assert!(!told || !prediction.answers.is_empty());
    }

    #[test]
    fn what_certainly_comes_before_something_never_comes_after_it(
        one in conditions(),
        other in conditions(),
    ) {
        for dialect in dialects() {
            for (one, other) in one.iter().zip(&other) {
                let before = super::order::comes_before(dialect, one, other);
                prop_assert!(!(before && super::order::comes_before(dialect, other, one)), "{} {}", one, other);
            }
        }
    }
}
