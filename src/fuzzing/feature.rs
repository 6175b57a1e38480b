//! A finding as a feature file that fails until it is fixed.

use super::known::Key;
use crate::mutate::Plan;

/// The file, in steps of the vocabulary.
pub(super) fn feature(plan: &Plan, key: &Key, why: &[String]) -> String {
    let mutations = serde_json::to_string(&plan.mutations).expect("mutations are plain data");
    let comments: Vec<_> = why.iter().map(|rule| format!("  # {}\n", one_line(rule))).collect();
    let name = match key.mutators.is_empty() {
        true => "the valid request".to_owned(),
        false => key.mutators.join(" and "),
    };
    format!(
        "@dialect:{dialect} @op:{operation}\n\
         Feature: {dialect} {operation}, {name}\n\
         \n  # expected {expected}\n  # came     {actual}\n{comments}\
         \n  Scenario: {dialect}/{operation}/{id}\n\
         \x20   When a {operation} request is sent with the mutations {mutations}\n\
         \x20   Then the answer is one that the oracle allows\n",
        dialect = plan.dialect,
        operation = plan.operation,
        expected = one_line(&key.expected),
        actual = one_line(&key.actual),
        comments = comments.concat(),
        id = if key.mutators.is_empty() { "valid".to_owned() } else { key.mutators.join("+") },
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
