//! Sentences read into steps, and steps written under each other as Gherkin has them.

use super::keyword::Keyword;
use super::pattern::matched;
use super::step::{Step, VOCABULARY};
use crate::nearest::by_likeness;

/// A sentence that is not in the vocabulary, or not sensible.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No sentence of the vocabulary matches.
    #[error("no step «{keyword} {text}»; the nearest is «{nearest}» (`lianpu list steps` shows all)")]
    Unknown {
        /// The keyword.
        keyword: Keyword,
        /// The sentence.
        text: String,
        /// The example of the nearest sentence.
        nearest: &'static str,
    },
    /// The sentence is known, but what fills it is not.
    #[error("«{text}»: {why}")]
    Unusable {
        /// The sentence.
        text: String,
        /// What would be right.
        why: String,
    },
}

impl Step {
    /// Reads a sentence that follows a keyword.
    pub fn parse(keyword: Keyword, text: &str) -> Result<Self, StepError> {
        let mut refusal = None;
        for entry in VOCABULARY.iter().filter(|entry| entry.keyword == keyword) {
            let Some(parts) = matched(entry.pattern, text) else { continue };
            match (entry.read)(parts) {
                Ok(step) => return Ok(step),
                Err(why) => refusal = Some(StepError::Unusable { text: text.to_owned(), why }),
            }
        }
        Err(refusal.unwrap_or_else(|| StepError::Unknown {
            keyword,
            text: text.to_owned(),
            nearest: nearest(keyword, text),
        }))
    }

    /// The keyword that it follows.
    pub const fn keyword(&self) -> Keyword {
        self.entry().keyword
    }
}

fn nearest(keyword: Keyword, text: &str) -> &'static str {
    let examples = VOCABULARY.iter().filter(|entry| entry.keyword == keyword).map(|entry| entry.example);
    by_likeness(text, examples).next().unwrap_or_default()
}

/// The lines of a scenario: each step's keyword, which is And where it is that of the step before, and its sentence.
pub fn step_lines(steps: &[Step]) -> impl Iterator<Item = String> {
    let mut before = None;
    steps.iter().map(move |step| {
        let keyword = step.keyword();
        let continues = before.replace(keyword) == Some(keyword);
        format!("{} {step}", if continues { "And" } else { keyword.as_str() })
    })
}

/// Reads lines such as [`step_lines`] writes; every mistake is told.
pub(super) fn read_lines(text: &str) -> Result<Vec<Step>, Vec<String>> {
    let mut before = None;
    let mut steps = Vec::new();
    let mut mistakes = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let step = split(line, before).and_then(|(keyword, sentence)| {
            before = Some(keyword);
            Step::parse(keyword, sentence).map_err(|error| error.to_string())
        });
        match step {
            Ok(step) => steps.push(step),
            Err(why) => mistakes.push(why),
        }
    }
    if mistakes.is_empty() { Ok(steps) } else { Err(mistakes) }
}

/// The keyword of a line, which may be that of the line before, and its sentence.
fn split(line: &str, before: Option<Keyword>) -> Result<(Keyword, &str), String> {
    let (word, sentence) = line.split_once(' ').ok_or_else(|| format!("«{line}» is no step"))?;
    let keyword = match word {
        "And" | "But" => before.ok_or_else(|| format!("«{line}» continues nothing; begin with Given"))?,
        _ => *Keyword::ALL
            .iter()
            .find(|keyword| keyword.as_str() == word)
            .ok_or_else(|| format!("«{line}» begins with no keyword; write Given, When, Then or And"))?,
    };
    Ok((keyword, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_sentence_names_the_nearest() {
        let error = Step::parse(Keyword::When, "it is send").unwrap_err();
        assert!(error.to_string().contains("the nearest is «it is sent»"), "{error}");
    }

    #[test]
    fn what_fills_a_sentence_is_told_where_it_is_wrong() {
        for (keyword, text, part) in [
            (Keyword::Given, "it is sent as soap", "«soap» is no body kind"),
            (Keyword::Given, "its signature uses a key", "write one of: the key of the second account; "),
            (Keyword::Given, r#"its image shows "nobody we know""#, "«its image shows"),
            (Keyword::Given, r#"its signature says "e""#, "name=value"),
            (Keyword::When, "a detect request is sent with the mutations {}", "write a list"),
            (
                Keyword::When,
                r#"a detect request is sent with the mutations [{"mutator":"x"}]"#,
                "is no mutation",
            ),
            (Keyword::Then, "the code is abc", "no code"),
            (Keyword::Then, "the status is 99999", "no HTTP status"),
        ] {
            let error = Step::parse(keyword, text).unwrap_err().to_string();
            assert!(error.contains(part) && error.starts_with('«'), "{text}: {error}");
        }
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        let text = "Given a valid detect request\nAnd its mode is 1\nWhen it is sent\nThen the code is 0";
        let steps = read_lines(&format!("\n  {}\n", text.replace('\n', "\n  "))).unwrap();
        assert_eq!(step_lines(&steps).collect::<Vec<_>>().join("\n"), text);
        let mistakes =
            read_lines("And it is sent\nWen x\nWhen it is gone\nThen\nWhen it is sent").unwrap_err();
        for (mistake, part) in
            mistakes.iter().zip(["continues nothing", "no keyword", "no step «When it is gone»", "«Then»"])
        {
            assert!(mistake.contains(part), "{mistake}");
        }
        assert_eq!(mistakes.len(), 4);
    }
}
