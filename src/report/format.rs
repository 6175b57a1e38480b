//! The formats of reports by their words.

use std::io::{self, Write};

use super::record::Event;
use super::reference::Reference;
use super::summary::Summary;
use super::{
    write_badge, write_cucumber, write_event, write_github, write_html, write_json, write_junit,
    write_markdown, write_sarif, write_tap,
};
use crate::closed_list::closed_list;

closed_list! {
    /// A report's format.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Format {
        /// One page for a browser.
        Html = "html",
        /// The whole run as one JSON object.
        Json = "json",
        /// JUnit XML.
        Junit = "junit",
        /// The event stream itself, NDJSON.
        Events = "events",
        /// Markdown, for a step summary or a comment.
        Markdown = "markdown",
        /// The Test Anything Protocol, version 14.
        Tap = "tap",
        /// SARIF 2.1.0.
        Sarif = "sarif",
        /// Annotations as GitHub's runners read them from a step's output.
        Github = "github",
        /// An endpoint badge of shields.io.
        Badge = "badge",
        /// The JSON of Cucumber's reports.
        Cucumber = "cucumber",
    }
}

impl Format {
    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }

    /// Writes a run in the format.
    pub fn write(self, summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Html => write_html(summary, reference, to),
            Self::Json => write_json(summary, to),
            Self::Junit => write_junit(summary, to),
            Self::Events => write_events(summary, to),
            Self::Markdown => write_markdown(summary, reference, to),
            Self::Tap => write_tap(summary, to),
            Self::Sarif => write_sarif(summary, reference, to),
            Self::Github => write_github(summary, reference, to),
            Self::Badge => write_badge(summary, to),
            Self::Cucumber => write_cucumber(summary, reference, to),
        }
    }
}

fn write_events(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    if let Some(started) = &summary.started {
        write_event(&Event::RunStarted(started.clone()), to)?;
    }
    for record in &summary.scenarios {
        write_event(&Event::Scenario(record.clone()), to)?;
    }
    if let Some(finished) = &summary.finished {
        write_event(&Event::RunFinished(finished.clone()), to)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::reference::NoReference;
    use crate::report::{read_events, sample};

    fn written(summary: &Summary, format: Format) -> Vec<u8> {
        let mut text = Vec::new();
        format.write(summary, &NoReference, &mut text).unwrap();
        text
    }

    #[test]
    fn every_word_is_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(format));
        }
        assert_eq!(Format::parse("pdf"), None);
    }

    #[test]
    fn no_format_lets_a_control_character_through() {
        for format in Format::ALL {
            let text = String::from_utf8(written(&sample::summary(), format)).unwrap();
            let bad = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
            assert_eq!(bad, None, "{}", format.as_str());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// A run that is killed leaves a stream cut anywhere; every format makes of it a report that holds what was judged.
        #[test]
        fn a_cut_stream_is_rendered_by_every_format(cut in 1_usize..4000) {
            let stream = written(&sample::summary(), Format::Events);
            let cut = cut.min(stream.len());
            let summary = read_events(&stream[..cut]).unwrap();
            for format in Format::ALL {
                let text = String::from_utf8(written(&summary, format)).unwrap();
                let told = summary.scenarios.iter().filter(|record| text.contains(&record.id)).count();
                match format {
                    Format::Badge => prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok()),
                    Format::Events if summary.started.is_none() => prop_assert_eq!(&text, ""),
                    Format::Events => prop_assert_eq!(&read_events(text.as_bytes()).unwrap(), &summary),
                    // These tell of deviations alone.
                    Format::Github | Format::Sarif | Format::Markdown => {}
                    _ => prop_assert_eq!(told, summary.scenarios.len(), "{}", format.as_str()),
                }
            }
        }
    }
}
