//! A plan made simpler while it still shows the same finding.

use serde_json::{Value, json};

use crate::mutate::{Mutation, Plan};

/// Simpler plans of the same operation, the simplest first: without one of several mutations, then with simpler
/// parameters.
pub(super) fn simpler(plan: &Plan) -> Vec<Plan> {
    let mut found = Vec::new();
    if plan.mutations.len() > 1 {
        for without in 0..plan.mutations.len() {
            let mut fewer = plan.clone();
            fewer.mutations.remove(without);
            found.push(fewer);
        }
    }
    for (place, mutation) in plan.mutations.iter().enumerate() {
        for simpler in parameters(mutation) {
            let mut same = plan.clone();
            same.mutations[place] = simpler;
            found.push(same);
        }
    }
    found
}

/// The mutation with one parameter made simpler. A value that the parameter does not take makes no mutation.
fn parameters(mutation: &Mutation) -> Vec<Mutation> {
    let Ok(Value::Object(own)) = serde_json::to_value(mutation) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in own.iter().filter(|(name, _)| *name != "mutator") {
        for simpler in values(value) {
            let mut changed = own.clone();
            changed.insert(name.clone(), simpler);
            found.extend(serde_json::from_value::<Mutation>(Value::Object(changed)).ok());
        }
    }
    found.retain(|simpler| simpler != mutation);
    found
}

fn values(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(true) => vec![json!(false)],
        Value::Number(number) => {
            let Some(number) = number.as_i64() else { return vec![json!(0)] };
            let mut smaller = vec![0, number / 2, number - number.signum()];
            smaller.retain(|other| other.unsigned_abs() < number.unsigned_abs());
            smaller.dedup();
            smaller.into_iter().map(|number| json!(number)).collect()
        }
        Value::String(text) if !text.is_empty() => {
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            vec![json!(""), json!("a"), json!(half)]
        }
        Value::Array(entries) if !entries.is_empty() => {
            let mut shorter = vec![json!([]), json!(entries[..entries.len() / 2])];
            for (place, entry) in entries.iter().enumerate().take(4) {
                for simpler in values(entry) {
                    let mut changed = entries.clone();
                    changed[place] = simpler;
                    shorter.push(Value::Array(changed));
                }
            }
            shorter
        }
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| {
                values(value).into_iter().map(move |simpler| {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), simpler);
                    Value::Object(changed)
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use arbitrary::Unstructured;
    use proptest::prelude::*;

    use super::*;

    /// How much there is to a plan: mutations, then the sizes of their parameters.
    fn size(plan: &Plan) -> (usize, u128) {
        fn of(value: &Value) -> u128 {
            match value {
                Value::Bool(yes) => u128::from(*yes),
                Value::Number(number) => {
                    number.as_i64().map_or(1, |number| u128::from(number.unsigned_abs()))
                }
                // Of texts of one length «a» is the simplest.
                Value::String(text) => text.chars().map(|c| u128::from(u32::from(c)) + 1).sum(),
                Value::Array(entries) => entries.iter().map(|entry| of(entry) + 1).sum(),
                Value::Object(fields) => fields.values().map(of).sum(),
                Value::Null => 0,
            }
        }
        let parameters = plan.mutations.iter().map(|mutation| {
            let mut own = serde_json::to_value(mutation).unwrap();
            own.as_object_mut().unwrap().remove("mutator");
            of(&own)
        });
        (plan.mutations.len(), parameters.sum())
    }

    proptest! {
        #[test]
        fn every_plan_has_only_simpler_ones_of_the_same_mutators(
            bytes in prop::collection::vec(any::<u8>(), 16..200),
            at in any::<prop::sample::Index>(),
        ) {
            for name in ["tencent-ci", "baidu-face"] {
                let dialect = lianpu_corpus::bundled(name).unwrap();
                let operation = at.get(&dialect.operations);
                let plan = Plan::arbitrary_for(&mut Unstructured::new(&bytes), dialect, operation, &[]).unwrap();
                for simpler in simpler(&plan) {
                    prop_assert_ne!(&simpler, &plan);
                    let names: Vec<_> = plan.mutations.iter().map(Mutation::name).collect();
                    prop_assert!(simpler.mutations.iter().all(|mutation| names.contains(&mutation.name())));
                    let numbers = size(&simpler) < size(&plan);
                    let text = serde_json::to_string(&simpler).unwrap().len() <= serde_json::to_string(&plan).unwrap().len();
                    prop_assert!(numbers || text, "{:?} of {:?}", simpler, plan);
                    let read: Plan = serde_json::from_str(&serde_json::to_string(&simpler).unwrap()).unwrap();
                    prop_assert_eq!(read, simpler);
                }
            }
        }
    }

    fn plan(mutations: &str) -> Plan {
        let text = format!(r#"{{"dialect":"d","operation":"o","mutations":{mutations}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn fewer_mutations_come_first_and_then_smaller_numbers() {
        let plan = plan(r#"[{"mutator":"length-short","by":8},{"mutator":"token-expired"}]"#);
        let simpler = simpler(&plan);
        let texts: Vec<_> =
            simpler.iter().map(|plan| serde_json::to_string(&plan.mutations).unwrap()).collect();
        assert_eq!(
            texts,
            [
                r#"[{"mutator":"token-expired"}]"#,
                r#"[{"mutator":"length-short","by":8}]"#,
                r#"[{"mutator":"length-short","by":0},{"mutator":"token-expired"}]"#,
                r#"[{"mutator":"length-short","by":4},{"mutator":"token-expired"}]"#,
                r#"[{"mutator":"length-short","by":7},{"mutator":"token-expired"}]"#,
            ]
        );
    }

    #[test]
    fn it_ends() {
        let mut plan = plan(r#"[{"mutator":"length-short","by":255}]"#);
        let mut steps = 0;
        while let Some(next) = simpler(&plan).pop() {
            plan = next;
            steps += 1;
            assert!(steps <= 256);
        }
        assert_eq!(serde_json::to_value(&plan.mutations[0]).unwrap()["by"], 0);
    }
}
