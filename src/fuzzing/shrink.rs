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
    use super::*;

    fn plan(mutations: &str) -> Plan {
        let text = format!(r#"{{"dialect":"d","operation":"o","mutations":{mutations}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn fewer_mutations_come_first_and_then_smaller_numbers() {
        let plan = plan(r#"[{"mutator":"expired","by":8},{"mutator":"length-short","by":0}]"#);
        let simpler = simpler(&plan);
        let texts: Vec<_> =
            simpler.iter().map(|plan| serde_json::to_string(&plan.mutations).unwrap()).collect();
        assert_eq!(
            texts,
            [
                r#"[{"mutator":"length-short","by":0}]"#,
                r#"[{"mutator":"expired","by":8}]"#,
                r#"[{"mutator":"expired","by":0},{"mutator":"length-short","by":0}]"#,
                r#"[{"mutator":"expired","by":4},{"mutator":"length-short","by":0}]"#,
                r#"[{"mutator":"expired","by":7},{"mutator":"length-short","by":0}]"#,
            ]
        );
    }

    #[test]
    fn it_ends() {
        let mut plan = plan(r#"[{"mutator":"expired","by":65535}]"#);
        let mut steps = 0;
        while let Some(next) = simpler(&plan).pop() {
            plan = next;
            steps += 1;
            assert!(steps <= 65_536);
        }
        assert_eq!(serde_json::to_value(&plan.mutations[0]).unwrap()["by"], 0);
    }
}
