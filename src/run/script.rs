//! A scenario out of a feature file: its steps as values, read once.

use cucumber::gherkin::{Feature, GherkinEnv, Scenario, StepType};

use crate::provoke::{Keyword, Step, StepError};

/// A scenario as it can be carried out again.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Its id.
    pub id: String,
    /// Its tags, those of its feature too, without `@`.
    pub tags: Vec<String>,
    /// Its steps.
    pub steps: Vec<Step>,
}

impl Script {
    /// Reads the one scenario of a feature; what is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let feature =
            Feature::parse(text, GherkinEnv::default()).map_err(|error| format!("no Gherkin: {error}"))?;
        let [scenario] = feature.scenarios.as_slice() else {
            return Err(format!("must hold one scenario, not {}", feature.scenarios.len()));
        };
        let steps = read_steps(&feature, scenario);
        if steps.is_empty() {
            return Err("the scenario has no step".to_owned());
        }
        let steps = steps.into_iter().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        Ok(Self { id: scenario.name.clone(), tags: tags(&feature, scenario).cloned().collect(), steps })
    }
}

/// The steps of a scenario and of the background before it; what cannot be read blocks the scenario when its turn comes.
pub(super) fn read_steps(feature: &Feature, scenario: &Scenario) -> Vec<Result<Step, StepError>> {
    let before = feature.background.iter().flat_map(|background| &background.steps);
    before.chain(&scenario.steps).map(|step| Step::parse(keyword_of(step.ty), &step.value)).collect()
}

/// The tags of a scenario and of its feature.
pub(super) fn tags<'f>(feature: &'f Feature, scenario: &'f Scenario) -> impl Iterator<Item = &'f String> {
    feature.tags.iter().chain(&scenario.tags)
}

const fn keyword_of(keyword: StepType) -> Keyword {
    match keyword {
        StepType::Given => Keyword::Given,
        StepType::When => Keyword::When,
        StepType::Then => Keyword::Then,
    }
}
