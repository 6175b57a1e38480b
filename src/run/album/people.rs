//! Who is shown by the scenarios of a run, found before it begins.

use std::collections::BTreeSet;
use std::fs;

use super::super::feed::FeatureSource;
use super::super::usual::{DEFAULT_PORTRAIT, FURTHER_PORTRAIT};
use crate::portrait::{Scene, Who};

/// The names of the people in the pictures of these features, and of those that valid requests show by themselves.
///
/// Whatever stands between quotes and reads as a scene counts. A file that cannot be read names nobody: the run tells.
pub fn people_shown(sources: &[FeatureSource]) -> BTreeSet<String> {
    let mut people: BTreeSet<_> = [DEFAULT_PORTRAIT, FURTHER_PORTRAIT].map(str::to_owned).into();
    for source in sources {
        match source {
            FeatureSource::Text { text, .. } => people.extend(named(text)),
            FeatureSource::File(path) => people.extend(named(&fs::read_to_string(path).unwrap_or_default())),
            FeatureSource::Read(feature) => {
                let rules = feature.rules.iter();
                let scenarios =
                    feature.scenarios.iter().chain(rules.clone().flat_map(|rule| &rule.scenarios));
                let backgrounds =
                    rules.filter_map(|rule| rule.background.as_ref()).chain(&feature.background);
                let steps = backgrounds.flat_map(|background| &background.steps);
                for step in scenarios.flat_map(|scenario| &scenario.steps).chain(steps) {
                    people.extend(named(&step.value));
                }
            }
        }
    }
    people
}

fn named(text: &str) -> impl Iterator<Item = String> {
    let scenes = text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).flat_map(Scene::parse);
    scenes.flat_map(|scene| scene.faces).filter_map(|sitter| match sitter.who {
        Who::Named(person) => Some(person.name.clone()),
        Who::Seed(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_steps_and_nowhere_else() {
        let text = "Feature: hugo\n  Scenario: emma\n    Given a person \"p\" in group \"g\" with the portrait \"carl yaw=8\"\n    \
                    When its image shows \"dan + seed:7\", \"nobody\"\n";
        let sources = [FeatureSource::Text { path: "a.feature".into(), text: text.into() }];
        assert_eq!(people_shown(&sources).into_iter().collect::<Vec<_>>(), ["anna", "bea", "carl", "dan"]);
        let read = super::super::super::outline(sources.to_vec(), None).unwrap().sources;
        assert_eq!(people_shown(&read).len(), 4);
    }
}
