//! Scenarios of one name told apart: a name is one line of a report, of a baseline, of a comparison.

use std::collections::HashSet;

use cucumber::gherkin::Feature;

/// The names that were given out.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Gives a scenario whose name another has already that name with a number: `same`, `same (2)`, in the order in which they
    /// are read.
    pub(super) fn tell_apart(&mut self, feature: &mut Feature) {
        let in_rules = feature.rules.iter_mut().flat_map(|rule| &mut rule.scenarios);
        for scenario in feature.scenarios.iter_mut().chain(in_rules) {
            let mut number = 1;
            let mut name = scenario.name.clone();
            while !self.0.insert(name.clone()) {
                number += 1;
                name = format!("{} ({number})", scenario.name);
            }
            scenario.name = name;
        }
    }
}
