//! The failures: what was expected, what came, every finding, and how to see it again.

use std::io::{self, Write};

use super::layout::Console;
use crate::report::listed::ListedState;
use crate::report::palette::Palette;
use crate::report::record::{ScenarioRecord, Started};
use crate::report::rerun::{replay, rerun};
use crate::report::standing::Standing;
use crate::report::summary::Summary;
use crate::report::text::{padded, printable, width, wrapped};
use crate::report::verdict::Verdict;

/// More than this would push the tables off the screen.
const IN_FULL: usize = 20;
const INDENT: usize = 2;
const LABEL: usize = 14;

pub(super) fn write(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let gate = summary.gate();
    let fails = |record: &&ScenarioRecord| {
        let standing = Standing::of(record, &gate);
        matches!(standing, Standing::Deviates | Standing::Expired | Standing::Stale)
    };
    let failures: Vec<_> = summary.scenarios.iter().filter(fails).collect();
    for record in failures.iter().take(IN_FULL) {
        write_failure(record, summary.started.as_ref(), console, to)?;
    }
    if let Some(more @ 1..) = failures.len().checked_sub(IN_FULL) {
        let place = console
            .reports
            .first()
            .map_or_else(|| "a report (--report json=PATH)".to_owned(), |(_, path)| path.clone());
        writeln!(to, "and {more} more, all in {place}\n")?;
    }
    Ok(())
}

fn write_failure(
    record: &ScenarioRecord,
    started: Option<&Started>,
    console: &Console,
    to: &mut impl Write,
) -> io::Result<()> {
    let palette = &console.palette;
    let gone = record.verdict == Verdict::UnexpectedPass;
    let word = match record.verdict {
        Verdict::UnexpectedPass => "GONE",
        Verdict::Flaky => "SOME",
        _ => "FAIL",
    };
    let word = Palette::paint(palette.bad, word);
    for (index, line) in wrapped(&printable(&record.id), console.width.saturating_sub(6)).iter().enumerate() {
        let line = Palette::paint(palette.strong, line);
        if index == 0 { writeln!(to, "{word}  {line}")? } else { writeln!(to, "      {line}")? }
    }
    if gone {
        labelled("known as", "a deviation, but it passes now: take its expectation out", console, to)?;
    }
    if let Some(attempts) = record.attempts.filter(|_| record.verdict == Verdict::Flaky) {
        labelled(
            "flaky",
            &format!("it deviates only sometimes: it passed at attempt {attempts}"),
            console,
            to,
        )?;
    }
    if let Some(listed) = record.listed.as_ref().filter(|_| !gone) {
        let text = match listed.state {
            ListedState::Expired => format!("known until {}: {}", listed.expires, printable(&listed.reason)),
            _ => "it is known to deviate otherwise; this is a new failure".to_owned(),
        };
        labelled("expectation", &text, console, to)?;
    }
    labelled("expected", &expected(record), console, to)?;
    labelled("got", &got(record), console, to)?;
    for finding in &record.findings {
        let text = format!("expected {}, got {}", printable(&finding.expected), printable(&finding.actual));
        labelled(finding.check.as_str(), &text, console, to)?;
    }
    if let Some(words) = rerun(started, record) {
        write_command("again", &words, console, to)?;
    }
    if let Some(words) = replay(started, record) {
        write_command("replay", &words, console, to)?;
    }
    writeln!(to)
}

fn expected(record: &ScenarioRecord) -> String {
    let Some((first, others)) = record.expected.split_first() else { return "no certain code".to_owned() };
    let others: Vec<_> = others.iter().map(|code| format!(", {code} tolerated")).collect();
    printable(&format!("code {first}{}", others.concat()))
}

fn got(record: &ScenarioRecord) -> String {
    match &record.actual {
        None => "no answer".to_owned(),
        Some(actual) => match &actual.code {
            Some(code) => printable(&format!("code {code} with HTTP {}", actual.http)),
            None => format!("no readable code with HTTP {}", actual.http),
        },
    }
}

fn labelled(label: &str, text: &str, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let columns = console.width.saturating_sub(INDENT + LABEL).max(20);
    for (index, line) in wrapped(text, columns).iter().enumerate() {
        let label = padded(if index == 0 { label } else { "" }, LABEL);
        writeln!(to, "{:INDENT$}{}{line}", "", Palette::paint(console.palette.faint, &label))?;
    }
    Ok(())
}

/// A command stays one that a shell takes, also where it does not fit on a line.
fn write_command(label: &str, words: &[String], console: &Console, to: &mut impl Write) -> io::Result<()> {
    let columns = console.width.saturating_sub(INDENT + LABEL + 2);
    let mut lines = vec![String::new()];
    for word in words {
        let line = lines.last().map_or(0, |line| width(line));
        if line > 0 && line + 1 + width(word) > columns {
            lines.push(format!("  {word}"));
        } else if let Some(last) = lines.last_mut() {
            if line > 0 {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    let last = lines.len() - 1;
    for (index, line) in lines.iter().enumerate() {
        let label = padded(if index == 0 { label } else { "" }, LABEL);
        let more = if index == last { "" } else { " \\" };
        writeln!(to, "{:INDENT$}{}{line}{more}", "", Palette::paint(console.palette.faint, &label))?;
    }
    Ok(())
}
