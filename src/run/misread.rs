//! Where a feature file stops being Gherkin, in words for who wrote it.
//!
//! The parser tells how far it looked ahead, which is often a line or two after the mistake, and which of its rules
//! failed. Here the line is found that a person would point at.

use cucumber::gherkin::ParseError;

/// What a line of a feature file may begin with, in English.
const KEYWORDS: [&str; 15] = [
    "Feature:",
    "Rule:",
    "Background:",
    "Scenario:",
    "Scenario Outline:",
    "Scenario Template:",
    "Example:",
    "Examples:",
    "Scenarios:",
    "Given ",
    "When ",
    "Then ",
    "And ",
    "But ",
    "* ",
];

/// The line, from 1, and what is wrong there.
pub(super) fn place(text: &str, error: &ParseError) -> (usize, String) {
    let words = error.to_string();
    let reached = words.strip_prefix("Error at ").and_then(|rest| rest.split(':').next()?.parse().ok());
    let reached: usize = reached.unwrap_or(1);
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let reached = reached.clamp(1, lines.len().max(1));
    if words.contains("inconsistent table row sizes") {
        return uneven_row(&lines, reached);
    }
    let foreign = lines.iter().any(|line| line.starts_with("# language:") && !line.ends_with(" en"));
    let first = lines.iter().position(|line| !line.is_empty() && !line.starts_with(['#', '@']));
    match first {
        None => return (1, "the file is empty; it must begin with «Feature: …»".to_owned()),
        Some(first) if !foreign && !lines[first].starts_with("Feature:") => {
            return (first + 1, "the first line must be «Feature: …»".to_owned());
        }
        Some(_) => {}
    }
    if lines.iter().filter(|line| line.starts_with("\"\"\"") || line.starts_with("```")).count() % 2 == 1 {
        return (reached, "a text that begins with three quotes has no end".to_owned());
    }
    let strange = |line: &str| {
        !line.is_empty()
            && !line.starts_with(['#', '@', '|'])
            && !KEYWORDS.iter().any(|keyword| line.starts_with(keyword))
    };
    match lines[..reached].iter().rposition(|line| strange(line)) {
        Some(index) if !foreign => {
            let line: String = lines[index].chars().take(60).collect();
            (index + 1, format!("no Gherkin: «{line}»; a step begins with Given, When, Then, And or But"))
        }
        _ => (reached, "no Gherkin at this line or just before it".to_owned()),
    }
}

/// The row of the table above the line that has other cells than the table's first.
fn uneven_row(lines: &[&str], reached: usize) -> (usize, String) {
    let is_row = |index: &usize| lines[*index].starts_with('|');
    let last = (0..reached).rev().find(is_row).unwrap_or(reached - 1);
    let first = (0..=last).rev().take_while(is_row).last().unwrap_or(last);
    let cells = |line: &str| line.replace("\\|", "").matches('|').count().saturating_sub(1);
    let uneven = (first..=last).find(|index| cells(lines[*index]) != cells(lines[first])).unwrap_or(last);
    let (has, wants) = (cells(lines[uneven]), cells(lines[first]));
    (uneven + 1, format!("a row of {has} cells in a table of {wants} columns"))
}

#[cfg(test)]
mod tests {
    use cucumber::gherkin::{Feature, GherkinEnv};

    use super::*;

    fn placed(text: &str) -> (usize, String) {
        place(text, &Feature::parse(text, GherkinEnv::default()).unwrap_err())
    }

    #[test]
    fn the_line_is_the_one_that_is_wrong() {
        let head = "Feature: a\n\n  Scenario: one\n    Given x\n";
        for (rest, line, part) in [
            ("    Wen y\n", 5, "no Gherkin: «Wen y»"),
            ("    Wen y\n    Then z\n\n  Scenario: two\n    Given x\n", 5, "«Wen y»"),
            ("    and y\n    When z\n", 5, "«and y»"),
            ("      | a | b |\n      | c |\n    When y\n", 6, "a row of 1 cells in a table of 2 columns"),
            ("    \"\"\"\n    abc\n", 6, "three quotes"),
        ] {
            let (found, why) = placed(&format!("{head}{rest}"));
            assert!(found == line && why.contains(part), "{rest:?}: {found}: {why}");
        }
        assert_eq!(placed("").0, 1);
        assert_eq!(
            placed("\n# x\nScenario: one\n  Given x\n"),
            (3, "the first line must be «Feature: …»".into())
        );
    }
}
