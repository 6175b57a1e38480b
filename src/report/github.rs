//! Annotations as GitHub's runners read them from a step's output: `::error file=…,line=…::message`.
//!
//! A runner shows ten of each level of a step, so the rest is counted in a last notice.

use std::io::{self, Write};

use super::record::ScenarioRecord;
use super::reference::Reference;
use super::score::shown_percent;
use super::standing::Standing;
use super::summary::Summary;

/// What a runner shows of each level.
const SHOWN: usize = 10;

/// Writes the annotations.
pub fn write_github(summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    let gate = summary.gate();
    let (mut errors, mut warnings) = (0, 0);
    for record in &summary.scenarios {
        let standing = Standing::of(record, &gate);
        let (level, number) = match standing {
            Standing::Deviates | Standing::Open => ("error", &mut errors),
            Standing::Expired | Standing::Stale => ("warning", &mut warnings),
            _ => continue,
        };
        *number += 1;
        if *number <= SHOWN {
            write_annotation(level, record, standing, reference, to)?;
        }
    }
    let score = summary.score();
    let line = format!(
        "{errors} failing, {warnings} stale or expired; divergence {}, coverage {}",
        shown_percent(score.diverging, score.total),
        shown_percent(score.judged, score.total)
    );
    writeln!(to, "::notice title=lianpu::{}", data(&line))
}

fn write_annotation(
    level: &str,
    record: &ScenarioRecord,
    standing: Standing,
    reference: &dyn Reference,
    to: &mut impl Write,
) -> io::Result<()> {
    let row = record.row.as_deref().and_then(|row| reference.row(row));
    let mut lines: Vec<_> = record.findings.iter().map(ToString::to_string).collect();
    lines.extend(record.reason.as_ref().map(ToString::to_string));
    lines.extend(record.listed.as_ref().map(|listed| match standing {
        Standing::Stale => format!("it passes now; the entry {} can go", listed.entry),
        _ => format!("{} expectation, until {}: {}", listed.state.as_str(), listed.expires, listed.reason),
    }));
    lines.extend(row.as_ref().map(|row| format!("{} ({})", row.meaning, row.gloss)));
    write!(to, "::{level} ")?;
    if let Some(row) = &row {
        write!(to, "file={},line={},", property(&row.file), row.line)?;
    }
    writeln!(to, "title={}::{}", property(&record.id), data(&lines.join("\n")))
}

/// A message: percent signs and line ends are escaped, other control characters are shown.
fn data(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(super::text::printable).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// A property's value: the signs that end it are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ScenarioRecord, sample};

    fn github(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_github(summary, &sample::Rows, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_sample_as_annotations() {
        sample::assert_snapshot("github.txt", &github(&sample::summary()));
    }

    #[test]
    fn a_text_cannot_begin_a_command_of_its_own() {
        let mut summary = sample::summary();
        summary.scenarios[2].findings[0].actual = "0\n::set-output name=a::b\r".into();
        let text = github(&summary);
        assert!(text.lines().all(|line| !line.starts_with("::set-output")), "{text}");
    }

    #[test]
    fn more_than_a_runner_shows_is_counted() {
        let mut summary = sample::summary();
        let fail = summary.scenarios[2].clone();
        summary.scenarios = (0..25).map(|n| ScenarioRecord { id: format!("{n}"), ..fail.clone() }).collect();
        let text = github(&summary);
        assert_eq!(text.matches("::error ").count(), SHOWN);
        assert!(text.contains("25 failing"), "{text}");
    }
}
