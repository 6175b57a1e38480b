//! The difference of two runs as text: for a screen, and as Markdown for a comment.

use std::io::{self, Write};

use super::diff::{Diff, Pair, shown};
use super::markdown::{escaped, inline};
use super::palette::Palette;
use super::reference::Reference;
use super::score::shown_percent;
use super::summary::Summary;
use super::text::{printable, wrapped};

/// More of a kind than this are counted.
const SHOWN: usize = 50;

/// The two runs and what is different.
#[derive(Debug, Clone, Copy)]
pub struct DiffView<'r> {
    /// The earlier run.
    pub before: &'r Summary,
    /// The later run.
    pub now: &'r Summary,
    /// What is different.
    pub diff: &'r Diff<'r>,
}

impl<'r> DiffView<'r> {
    fn kinds(&self) -> [(&'static str, &'static str, &'r [Pair<'r>]); 4] {
        let diff = self.diff;
        [
            ("NEW", "New deviations", &diff.new),
            ("CHANGED", "Changed", &diff.changed),
            ("FIXED", "Fixed", &diff.fixed),
            ("GONE", "Did not run", &diff.gone),
        ]
    }

    fn counts(&self) -> String {
        let Diff { new, fixed, changed, gone, added, same } = self.diff;
        format!(
            "{} new, {} fixed, {} changed, {} gone, {added} added, {same} as before",
            new.len(),
            fixed.len(),
            changed.len(),
            gone.len()
        )
    }

    /// The two figures, before and now.
    fn figures(&self) -> [(&'static str, String, String); 2] {
        let (before, now) = (self.before.score(), self.now.score());
        [
            (
                "divergence",
                shown_percent(before.diverging, before.total),
                shown_percent(now.diverging, now.total),
            ),
            ("coverage", shown_percent(before.judged, before.total), shown_percent(now.judged, now.total)),
        ]
    }
}

/// Writes the difference for a screen of so many columns.
pub fn write_diff_console(
    view: &DiffView<'_>,
    palette: &Palette,
    columns: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    for (word, _, pairs) in view.kinds() {
        let style = match word {
            "NEW" => palette.bad,
            "FIXED" => palette.good,
            _ => palette.warn,
        };
        for pair in pairs.iter().take(SHOWN) {
            for (index, line) in
                wrapped(&printable(&pair.record().id), columns.saturating_sub(9)).iter().enumerate()
            {
                let word = if index == 0 { word } else { "" };
                writeln!(to, "{} {line}", Palette::paint(style, &format!("{word:<8}")))?;
            }
            let change = format!("{} → {}", shown(pair.before), shown(pair.now));
            for line in wrapped(&printable(&change), columns.saturating_sub(9)) {
                writeln!(to, "         {}", Palette::paint(palette.faint, &line))?;
            }
        }
        if let Some(more @ 1..) = pairs.len().checked_sub(SHOWN) {
            writeln!(to, "         and {more} more")?;
        }
    }
    for (word, before, now) in view.figures() {
        writeln!(to, "{word:<11}{before} → {now}")?;
    }
    writeln!(to, "{}", view.counts())
}

/// Writes the difference as Markdown.
pub fn write_diff_markdown(
    view: &DiffView<'_>,
    reference: &dyn Reference,
    to: &mut impl Write,
) -> io::Result<()> {
    let word = if view.diff.is_worse() { "worse than before" } else { "nothing worse than before" };
    writeln!(to, "## lianpu: {word}\n\n{}.\n", view.counts())?;
    writeln!(to, "| figure | before | now |\n|---|---:|---:|")?;
    for (word, before, now) in view.figures() {
        writeln!(to, "| {word} | {before} | {now} |")?;
    }
    for (_, title, pairs) in view.kinds().into_iter().filter(|(.., pairs)| !pairs.is_empty()) {
        writeln!(to, "\n<details><summary>{title}: {}</summary>\n", pairs.len())?;
        writeln!(to, "| scenario | row | before | now |\n|---|---|---|---|")?;
        for pair in pairs.iter().take(SHOWN) {
            let record = pair.record();
            let row = record.row.as_deref().and_then(|row| reference.row(row));
            let row = row.map_or_else(String::new, |row| {
                format!("{} ({})", escaped(&row.meaning), escaped(&row.gloss))
            });
            let (before, now) = (escaped(&shown(pair.before)), escaped(&shown(pair.now)));
            writeln!(to, "| {} | {row} | {before} | {now} |", inline(&record.id))?;
        }
        if let Some(more @ 1..) = pairs.len().checked_sub(SHOWN) {
            writeln!(to, "\nand {more} more")?;
        }
        writeln!(to, "\n</details>")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::diff::diff;
    use crate::report::{Verdict, sample, width};

    fn runs() -> (Summary, Summary) {
        let (before, mut now) = (sample::summary(), sample::summary());
        now.scenarios[0].verdict = Verdict::Fail; // new
        now.scenarios[2].verdict = Verdict::Pass; // fixed
        now.scenarios.pop(); // gone
        (before, now)
    }

    #[test]
    fn for_a_screen() {
        let (before, now) = runs();
        let diff = diff(&before, &now);
        let view = DiffView { before: &before, now: &now, diff: &diff };
        let mut text = Vec::new();
        write_diff_console(&view, &Palette::PLAIN, 80, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        sample::assert_snapshot("diff.txt", &text);
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
    }

    #[test]
    fn for_a_comment() {
        let (before, now) = runs();
        let diff = diff(&before, &now);
        let view = DiffView { before: &before, now: &now, diff: &diff };
        let mut text = Vec::new();
        write_diff_markdown(&view, &sample::Rows, &mut text).unwrap();
        sample::assert_snapshot("diff.md", &String::from_utf8(text).unwrap());
    }
}
