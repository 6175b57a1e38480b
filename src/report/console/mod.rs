//! The readable summary, the last thing of a run: failures, then a table for each dialect, totals, reports, hints.
//!
//! Fits 80 columns. Text that came from a target is stripped of control characters.

mod counts;
mod failures;
mod hints;
mod layout;

use std::io::{self, Write};

use layout::{count, wrapped_under};
use lianpu_corpus::Certainty;

use super::palette::Palette;
use super::score::shown_percent;
use super::standing::Outcome;
use super::summary::Summary;
use super::text::{printable, wrapped_figures};
use super::totals::Totals;

pub use layout::Console;

/// Writes the summary.
pub fn write_console(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    failures::write(summary, console, to)?;
    counts::write(summary, console, to)?;
    write_totals(summary, console, to)?;
    for (format, path) in &console.reports {
        writeln!(to, "report    {format:<6} {path}")?;
    }
    if let Some(words) = &console.reproducers {
        wrapped_under(&format!("replay    {words}"), console, to)?;
    }
    hints::write(summary, console, to)
}

fn write_totals(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let palette = &console.palette;
    if let Some(started) = &summary.started {
        let target = printable(&format!("{} at {}", started.target.name, started.target.base_url));
        writeln!(to, "target    {target}")?;
        writeln!(to, "seed      {}", started.seed)?;
    }
    let totals = summary.totals();
    let style = match () {
        () if summary.outcome() == Outcome::Deviations => palette.bad,
        () if summary.outcome() != Outcome::AsExpected || summary.partial() => palette.warn,
        () => palette.good,
    };
    let selected = summary.started.as_ref().and_then(|started| started.selected).unwrap_or(totals.scenarios);
    let mut words = vec![match selected {
        _ if selected == totals.scenarios => count(totals.scenarios, "scenario"),
        _ => format!("{} of {}", totals.scenarios, count(selected, "scenario")),
    }];
    words.extend(by_verdict(&totals));
    words.extend(summary.finished.as_ref().map(|finished| format!("{:.1} s", finished.seconds)));
    for (index, line) in
        wrapped_figures(&words.join(", "), console.width.saturating_sub(10)).iter().enumerate()
    {
        let label = if index == 0 { "result    " } else { "          " };
        writeln!(to, "{label}{}", Palette::paint(style, line))?;
    }
    write_gate(summary, console, to)?;
    if summary.partial() {
        let note = "partial   the run did not come to its end; the figures are of what was judged until then";
        wrapped_under(note, console, to)?;
    }
    Ok(())
}

/// What may fail the run, what does not, and the two figures.
fn write_gate(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let (gate, standings, score) = (summary.gate(), summary.standings(), summary.score());
    let kinds = [
        (standings.deviates, "deviating"),
        (standings.open, "not judged"),
        (standings.expired, "expired"),
        (standings.stale, "stale"),
    ];
    let kinds: Vec<_> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let mut line =
        format!("gate      {}", if kinds.is_empty() { "nothing fails it".into() } else { kinds.join(", ") });
    let pardoned = [
        (standings.expected, "known".to_owned()),
        (standings.quarantined, "quarantined".to_owned()),
        (standings.weaker, format!("weaker than {}", gate.on)),
    ];
    let pardoned: Vec<_> =
        pardoned.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if !pardoned.is_empty() {
        line.push_str(&format!("; not counted: {}", pardoned.join(", ")));
    }
    wrapped_under(&line, console, to)?;
    let figures = format!(
        "score     divergence {} ({} of {}), coverage {} ({} of {}), of {}",
        shown_percent(score.diverging, score.total),
        score.diverging,
        score.total,
        shown_percent(score.judged, score.total),
        score.judged,
        score.total,
        match gate.on {
            Certainty::Inferred => "all statements".to_owned(),
            Certainty::Recorded => "documented and recorded statements".to_owned(),
            Certainty::Documented => "documented statements".to_owned(),
        }
    );
    wrapped_under(&figures, console, to)?;
    for threshold in summary.missed() {
        let line = format!("missed    {threshold}");
        writeln!(to, "{}", Palette::paint(console.palette.bad, &line))?;
    }
    if let Some((chosen, canonical)) = summary.narrowed() {
        wrapped_under(&format!("chosen    {chosen} of {canonical} scenarios"), console, to)?;
    }
    if let Some(shard) = summary.started.as_ref().and_then(|started| started.selection.as_ref()?.shard) {
        wrapped_under(
            &format!("part      {shard}; `lianpu merge` joins the events of all parts"),
            console,
            to,
        )?;
    }
    Ok(())
}

/// The verdicts that occur, with their counts.
fn by_verdict(totals: &Totals) -> impl Iterator<Item = String> {
    let verdicts = [
        (totals.pass, "pass"),
        (totals.tolerated, "tolerated"),
        (totals.fail, "fail"),
        (totals.flaky, "flaky"),
        (totals.expected_fail, "expected-fail"),
        (totals.unexpected_pass, "unexpected-pass"),
        (totals.not_provoked, "not provoked"),
        (totals.indeterminate, "indeterminate"),
    ];
    verdicts.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ScenarioRecord, sample, width};

    fn shown(summary: &Summary, console: &Console) -> String {
        let mut text = Vec::new();
        write_console(summary, console, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn console(width: usize, palette: Palette) -> Console {
        Console {
            width,
            palette,
            reports: vec![("json".into(), "out/report.json".into())],
            reproducers: None,
        }
    }

    #[test]
    fn the_sample_on_screens_of_80_and_140_columns() {
        for columns in [80, 140] {
            let text = shown(&sample::summary(), &console(columns, Palette::PLAIN));
            sample::assert_snapshot(&format!("console-{columns}"), &text);
            assert!(text.lines().all(|line| width(line) <= columns), "{text}");
            assert!(!text.contains('\u{1b}'), "a target's escape sequence got through");
        }
    }

    #[test]
    fn colour_changes_nothing_but_styles() {
        let coloured = shown(&sample::summary(), &console(80, Palette::COLOUR));
        assert!(coloured.contains("\u{1b}["));
        assert_eq!(
            anstream::adapter::strip_str(&coloured).to_string(),
            shown(&sample::summary(), &console(80, Palette::PLAIN))
        );
    }

    #[test]
    fn a_partial_run_says_so() {
        let mut summary = sample::summary();
        summary.finished = None;
        summary.scenarios.truncate(2);
        let text = shown(&summary, &Console::default());
        assert!(text.contains("2 of 6 scenarios") && text.contains("did not come to its end"), "{text}");
    }

    #[test]
    fn at_most_twenty_failures_stand_in_full() {
        let mut summary = sample::summary();
        let fail = summary.scenarios[2].clone();
        let many = (0..25).map(|n| ScenarioRecord { id: format!("{}-{n}", fail.id), ..fail.clone() });
        summary.scenarios.extend(many);
        let text = shown(&summary, &console(80, Palette::PLAIN));
        assert_eq!(text.matches("FAIL").count(), 20);
        assert!(text.contains("and 6 more, all in out/report.json"), "{text}");
    }
}
