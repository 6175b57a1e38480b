//! Plans: drawn from any bytes, kept as text, and nothing of the list of mutators missing.

use std::collections::BTreeSet;

use arbitrary::Unstructured;
use lianpu::mutate::{Mutation, Plan, mutators};
use proptest::prelude::*;

#[test]
fn names_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    for mutator in mutators() {
        assert!(seen.insert(mutator.name), "{} stands there twice", mutator.name);
        let kebab = mutator
            .name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit());
        assert!(kebab, "{}", mutator.name);
        assert!(
            mutator.gloss.ends_with('.') && mutator.gloss.len() > 10,
            "{}: {}",
            mutator.name,
            mutator.gloss
        );
    }
}

#[test]
fn every_mutator_is_drawn_by_its_name_and_read_from_its_text() {
    for mutator in mutators() {
        let bytes = [0x5a; 64];
        let mutation = Mutation::draw(mutator, &mut Unstructured::new(&bytes)).unwrap();
        assert_eq!(mutation.name(), mutator.name);
        let text = serde_json::to_value(&mutation).unwrap();
        assert_eq!(text["mutator"], mutator.name);
        assert_eq!(serde_json::from_value::<Mutation>(text).unwrap(), mutation);
    }
}

#[test]
fn an_unknown_mutator_or_parameter_is_refused() {
    for text in [r#"{"mutator": "no-such"}"#, r#"{"mutator": "digest-flipped", "extra": 1}"#, r"{}"] {
        assert!(serde_json::from_str::<Mutation>(text).is_err(), "{text}");
    }
}

#[test]
fn every_class_of_conditions_is_given_by_some_dialect_and_has_rows_there() {
    let dialects: Vec<_> = lianpu_corpus::dialect_names()
        .into_iter()
        .map(|name| lianpu_corpus::bundled(name).unwrap())
        .collect();
    for class in lianpu_corpus::ConditionClass::ALL {
        let given = dialects.iter().any(|dialect| !dialect.manifest.classes.conditions(*class).is_empty());
        assert!(given, "no dialect gives {}", class.as_str());
    }
}

proptest! {
    #[test]
    fn any_bytes_give_a_plan_that_survives_its_text(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        for dialect in ["tencent-ci", "baidu-face"] {
            let dialect = lianpu_corpus::bundled(dialect).unwrap();
            let operation = at.get(&dialect.operations);
            let plan = Plan::arbitrary_for(&mut Unstructured::new(&bytes), dialect, operation, &[]).unwrap();
            prop_assert!(!plan.mutations.is_empty());
            let aspects: BTreeSet<_> = plan.mutations.iter().map(Mutation::aspect).collect();
            prop_assert_eq!(aspects.len(), plan.mutations.len());
            for mutation in &plan.mutations {
                prop_assert!(mutation.mutator().applies_to(dialect, operation));
            }
            let text = serde_json::to_string(&plan).unwrap();
            prop_assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
        }
    }
}
