//! A scenario as a feature file of its own, written.

use crate::judge::Finding;
use crate::provoke::step_lines;
use crate::run::Script;

/// The file, in steps of the vocabulary.
pub(super) fn feature(script: &Script, findings: &[Finding], dialect: &str) -> String {
    let mut tags: Vec<_> = script.tags.iter().map(|tag| format!("@{tag}")).collect();
    if !script.tags.iter().any(|tag| tag.starts_with("dialect:")) {
        tags.insert(0, format!("@dialect:{dialect}"));
    }
    let findings: Vec<_> =
        findings.iter().map(|finding| format!("  # {}\n", one_line(&finding.to_string()))).collect();
    let steps: Vec<_> = step_lines(&script.steps).map(|line| format!("    {line}\n")).collect();
    format!(
        "{}\nFeature: a failing scenario of {dialect}\n\n{}\n  Scenario: {}\n{}",
        tags.join(" "),
        findings.concat(),
        one_line(&script.id),
        steps.concat()
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
