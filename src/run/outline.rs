//! What feature files hold, read before anything is sent: a mistake in the last file must not be told after the first
//! ones ran. What was read is kept for the run.

use std::collections::BTreeSet;

use cucumber::gherkin::tagexpr::TagOperation;

use super::feed::{FeatureSource, FeedError, read, split};
use super::names::Names;

/// What feature files hold.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The names of the scenarios that the filter leaves, in order; outlines are expanded.
    pub scenarios: Vec<String>,
    /// How many scenarios there are before the filter.
    pub all: usize,
    /// Every tag that stands anywhere, without `@`.
    pub tags: BTreeSet<String>,
    /// The features, read and filtered.
    pub sources: Vec<FeatureSource>,
}

/// Reads all sources; all that cannot be read is collected.
pub fn outline(sources: Vec<FeatureSource>, tags: Option<&TagOperation>) -> Result<Outline, Vec<FeedError>> {
    let mut outline = Outline::default();
    let mut errors = Vec::new();
    let mut names = Names::default();
    for source in sources {
        let mut feature = match read(source) {
            Ok(feature) => feature,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        names.tell_apart(&mut feature);
        let scenarios = feature.scenarios.iter().chain(feature.rules.iter().flat_map(|rule| &rule.scenarios));
        let tagged =
            scenarios.map(|scenario| &scenario.tags).chain(feature.rules.iter().map(|rule| &rule.tags));
        outline.tags.extend(tagged.chain([&feature.tags]).flatten().cloned());
        outline.all += feature.scenarios.len();
        outline.all += feature.rules.iter().map(|rule| rule.scenarios.len()).sum::<usize>();
        for part in split(feature, tags, |_| true) {
            outline.scenarios.extend(part.scenarios.iter().map(|scenario| scenario.name.clone()));
            outline.sources.push(FeatureSource::Read(Box::new(part)));
        }
    }
    if errors.is_empty() { Ok(outline) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> FeatureSource {
        FeatureSource::Text { path: "a.feature".into(), text: text.into() }
    }

    #[test]
    fn outlines_are_expanded_and_filtered() {
        let text = "@f\nFeature: a\n  @one\n  Scenario Outline: <op> works\n    Given a valid <op> request\n    \
                    Examples:\n      | op |\n      | getinfo |\n      | detect |\n  Rule: r\n    @two\n    Scenario: last\n      When x\n";
        let all = outline(vec![source(text)], None).unwrap();
        assert_eq!(all.scenarios, ["getinfo works", "detect works", "last"]);
        assert_eq!(all.tags.iter().map(String::as_str).collect::<Vec<_>>(), ["f", "one", "two"]);
        let two = "@f and @two".parse().unwrap();
        assert_eq!(outline(vec![source(text)], Some(&two)).unwrap().scenarios, ["last"]);
    }

    #[test]
    fn scenarios_of_one_name_are_told_apart_wherever_they_stand() {
        let one = "Feature: a\n  Scenario: same\n    When x\n  Rule: r\n    Scenario: same\n      When x\n";
        let other = source("Feature: b\n  Scenario: same\n    When x\n  Scenario: same (2)\n    When x\n");
        let all = outline(vec![source(one), other], None).unwrap();
        assert_eq!(all.scenarios, ["same", "same (2)", "same (3)", "same (2) (2)"]);
    }

    #[test]
    fn all_mistakes_are_told_with_their_lines() {
        let bad = source("Feature: a\n  Scenario: b\n    Given y\n    Wen x\n");
        let errors = outline(vec![bad.clone(), source("Feature: a\n"), bad], None).unwrap_err();
        assert_eq!(errors.len(), 2);
        assert!(errors[0].to_string().starts_with("a.feature:4: no Gherkin: «Wen x»"), "{}", errors[0]);
    }
}
