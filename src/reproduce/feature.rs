//! A scenario as a feature file of its own, written and read back.

use cucumber::gherkin::{Feature, GherkinEnv, StepType};

use crate::judge::Finding;
use crate::provoke::{Step, StepKind};
use crate::run::Script;

/// The file, in steps of the vocabulary.
pub(super) fn feature(script: &Script, findings: &[Finding], dialect: &str) -> String {
    let mut tags: Vec<_> = script.tags.iter().map(|tag| format!("@{tag}")).collect();
    if !script.tags.iter().any(|tag| tag.starts_with("dialect:")) {
        tags.insert(0, format!("@dialect:{dialect}"));
    }
    let findings: Vec<_> =
        findings.iter().map(|finding| format!("  # {}\n", one_line(&finding.to_string()))).collect();
    let mut last = None;
    let steps: Vec<_> = script
        .steps
        .iter()
        .map(|(kind, text)| {
            let keyword = if last == Some(*kind) { "And" } else { kind.as_str() };
            last = Some(*kind);
            format!("    {keyword} {text}\n")
        })
        .collect();
    format!(
        "{}\nFeature: a failing scenario of {dialect}\n\n{}\n  Scenario: {}\n{}",
        tags.join(" "),
        findings.concat(),
        one_line(&script.id),
        steps.concat()
    )
}

/// Reads the one scenario of a file; what is wrong, in words.
pub(super) fn script(text: &str) -> Result<Script, String> {
    let feature =
        Feature::parse(text, GherkinEnv::default()).map_err(|error| format!("no Gherkin: {error}"))?;
    let [scenario] = feature.scenarios.as_slice() else {
        return Err(format!("must hold one scenario, not {}", feature.scenarios.len()));
    };
    let kind = |keyword| match keyword {
        StepType::Given => StepKind::Given,
        StepType::When => StepKind::When,
        StepType::Then => StepKind::Then,
    };
    let steps: Vec<_> = scenario.steps.iter().map(|step| (kind(step.ty), step.value.clone())).collect();
    if steps.is_empty() {
        return Err("the scenario has no step".to_owned());
    }
    for (kind, text) in &steps {
        Step::parse(*kind, text).map_err(|error| error.to_string())?;
    }
    let tags = feature.tags.iter().chain(&scenario.tags).cloned().collect();
    Ok(Script { id: scenario.name.clone(), tags, steps })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
