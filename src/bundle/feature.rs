//! The scenario beside a bundle: a feature file of its own, which fails until what it shows is mended.

use super::key::FindingKey;
use crate::judge::Finding;
use crate::mutate::Plan;
use crate::provoke::{Step, step_lines};
use crate::run::Script;

/// What a file is made of.
struct FeatureParts<'a> {
    tags: &'a [String],
    title: &'a str,
    /// What is wrong, one line each.
    comments: &'a [String],
    id: &'a str,
    steps: &'a [Step],
}

/// The file of a finding.
pub(super) fn of_finding(plan: &Plan, key: &FindingKey, why: &[String]) -> String {
    let Plan { dialect, operation, mutations } = plan;
    let (name, id) = match key.mutators.as_slice() {
        [] => ("the valid request".to_owned(), "valid".to_owned()),
        mutators => (mutators.join(" and "), mutators.join("+")),
    };
    let mut comments =
        vec![format!("expected {}", one_line(&key.expected)), format!("came     {}", one_line(&key.actual))];
    comments.extend(why.iter().map(|rule| one_line(rule)));
    write(&FeatureParts {
        tags: &[format!("dialect:{dialect}"), format!("op:{operation}")],
        title: &format!("{dialect} {operation}, {name}"),
        comments: &comments,
        id: &format!("{dialect}/{operation}/{id}"),
        steps: &[
            Step::Mutated { operation: operation.clone(), mutations: mutations.clone() },
            Step::Foreseen,
        ],
    })
}

/// The file of a failing scenario.
pub(super) fn of_scenario(script: &Script, findings: &[Finding], dialect: &str) -> String {
    let mut tags = script.tags.clone();
    if !tags.iter().any(|tag| tag.starts_with("dialect:")) {
        tags.insert(0, format!("dialect:{dialect}"));
    }
    write(&FeatureParts {
        tags: &tags,
        title: &format!("a failing scenario of {dialect}"),
        comments: &findings.iter().map(|finding| one_line(&finding.to_string())).collect::<Vec<_>>(),
        id: &script.id,
        steps: &script.steps,
    })
}

fn write(parts: &FeatureParts<'_>) -> String {
    let tags: Vec<_> = parts.tags.iter().map(|tag| format!("@{tag}")).collect();
    let comments: Vec<_> = parts.comments.iter().map(|text| format!("  # {text}\n")).collect();
    let steps: Vec<_> = step_lines(parts.steps).map(|line| format!("    {line}\n")).collect();
    format!(
        "{}\nFeature: {}\n\n{}\n  Scenario: {}\n{}",
        tags.join(" "),
        parts.title,
        comments.concat(),
        one_line(parts.id),
        steps.concat()
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
