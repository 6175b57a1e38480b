//! Markdown for a step summary or a comment: the figures, the tables, the deviations.

use std::io::{self, Write};

use super::record::ScenarioRecord;
use super::reference::Reference;
use super::rerun::rerun;
use super::score::shown_percent;
use super::standing::{Outcome, Standing};
use super::summary::Summary;
use super::text::printable;

/// More deviations than this are counted: a comment holds 65,536 characters.
const SHOWN: usize = 50;

/// Writes the report.
pub fn write_markdown(summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    write_head(summary, to)?;
    write_tables(summary, to)?;
    let gate = summary.gate();
    let of = |wanted: &[Standing]| -> Vec<_> {
        let stands = |record: &&ScenarioRecord| wanted.contains(&Standing::of(record, &gate));
        summary.scenarios.iter().filter(stands).collect()
    };
    for (title, standings) in [
        ("Deviations", &[Standing::Deviates][..]),
        ("Not judged", &[Standing::Open]),
        ("Stale or expired expectations", &[Standing::Stale, Standing::Expired]),
        ("Known", &[Standing::Expected, Standing::Quarantined]),
        ("From weaker statements, which fail no run", &[Standing::Weaker]),
    ] {
        write_list(title, &of(standings), summary, reference, to)?;
    }
    Ok(())
}

fn write_head(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let outcome = match summary.outcome() {
        Outcome::AsExpected => "as expected",
        Outcome::Deviations => "deviations",
        Outcome::FewerScenarios => "too little was judged",
        Outcome::StaleExpectations => "stale or expired expectations",
    };
    let target = summary.started.as_ref().map_or_else(
        || "unknown target".to_owned(),
        |started| format!("{} at {}", started.target.name, started.target.base_url),
    );
    writeln!(to, "## lianpu: {outcome}\n\nTarget: {}", inline(&target))?;
    if summary.partial() {
        writeln!(
            to,
            "\n**The run did not come to its end; the figures are of what was judged until then.**"
        )?;
    }
    if let Some((chosen, canonical)) = summary.narrowed() {
        writeln!(to, "\nChosen: {chosen} of {canonical} scenarios.")?;
    }
    let (score, gate, standings) = (summary.score(), summary.gate(), summary.standings());
    writeln!(to, "\n| figure | | of {} scenarios of {} and stronger statements |", score.total, gate.on)?;
    writeln!(to, "|---|---:|---:|")?;
    for (word, part) in [("divergence", score.diverging), ("coverage", score.judged)] {
        writeln!(to, "| {word} | {} | {part} |", shown_percent(part, score.total))?;
    }
    for threshold in summary.missed() {
        writeln!(to, "\nMissed: `{threshold}`")?;
    }
    let pardoned = [
        (standings.expected, "known"),
        (standings.quarantined, "quarantined"),
        (standings.weaker, "from weaker statements"),
        (standings.not_provoked, "not provoked"),
    ];
    let pardoned: Vec<_> =
        pardoned.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if !pardoned.is_empty() {
        writeln!(to, "\nBesides: {}.", pardoned.join(", "))?;
    }
    Ok(())
}

fn write_tables(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let tables = summary.tables();
    if tables.is_empty() {
        return Ok(());
    }
    writeln!(
        to,
        "\n| table | rows | provoked | pass | scenarios | pass | tolerated | fail | known | not provoked | not judged |"
    )?;
    writeln!(to, "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")?;
    for table in tables {
        let totals = table.totals;
        writeln!(
            to,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            inline(&table.id),
            table.rows,
            table.rows_provoked,
            table.rows_pass,
            totals.scenarios,
            totals.pass,
            totals.tolerated,
            totals.failing(),
            totals.expected_fail,
            totals.not_provoked,
            totals.indeterminate
        )?;
    }
    Ok(())
}

fn write_list(
    title: &str,
    records: &[&ScenarioRecord],
    summary: &Summary,
    reference: &dyn Reference,
    to: &mut impl Write,
) -> io::Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n<details><summary>{title}: {}</summary>\n", records.len())?;
    for record in records.iter().take(SHOWN) {
        write_item(record, summary, reference, to)?;
    }
    if let Some(more @ 1..) = records.len().checked_sub(SHOWN) {
        writeln!(to, "- and {more} more")?;
    }
    writeln!(to, "\n</details>")
}

fn write_item(
    record: &ScenarioRecord,
    summary: &Summary,
    reference: &dyn Reference,
    to: &mut impl Write,
) -> io::Result<()> {
    write!(to, "- {}", inline(&record.id))?;
    if let Some(row) = record.row.as_deref().and_then(|row| reference.row(row)) {
        write!(to, ": {} ({})", escaped(&row.meaning), escaped(&row.gloss))?;
    }
    writeln!(to)?;
    for finding in &record.findings {
        let (expected, actual) = (inline(&finding.expected), inline(&finding.actual));
        writeln!(to, "  - {}: expected {expected}, got {actual}", finding.check.as_str())?;
    }
    if let Some(reason) = &record.reason {
        writeln!(to, "  - {}", inline(&reason.to_string()))?;
    }
    if let Some(listed) = &record.listed {
        let issue = listed.issue.as_ref().map_or_else(String::new, |issue| format!(", {}", escaped(issue)));
        let (state, until) = (listed.state.as_str(), escaped(&listed.expires));
        writeln!(to, "  - {state} expectation, until {until}{issue}: {}", escaped(&listed.reason))?;
    }
    if let Some(words) = rerun(summary.started.as_ref(), record) {
        writeln!(to, "  - {}", inline(&words.join(" ")))?;
    }
    Ok(())
}

/// A text as code; it cannot end the code itself.
pub(super) fn inline(text: &str) -> String {
    let text = printable(text).replace('|', "¦");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text as prose, in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '@' | '#' => shown.extend(['\\', c]),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ScenarioRecord, sample};

    fn markdown(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_markdown(summary, &sample::Rows, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_sample_as_markdown() {
        sample::assert_snapshot("report.md", &markdown(&sample::summary()));
    }

    #[test]
    fn a_target_writes_no_markup() {
        assert_eq!(inline("a`b``c"), "```a`b``c```");
        assert_eq!(inline("`"), "`` ` ``");
        assert_eq!(inline("a|b"), "`a¦b`");
        assert_eq!(escaped("<b>@me [x](y)"), "&lt;b&gt;\\@me \\[x\\](y)");
    }

    #[test]
    fn a_comment_is_never_too_long() {
        let mut summary = sample::summary();
        let fail = summary.scenarios[2].clone();
        summary.scenarios =
            (0..20_000).map(|n| ScenarioRecord { id: format!("{n}"), ..fail.clone() }).collect();
        let text = markdown(&summary);
        assert!(text.len() < 65_536 && text.contains("and 19950 more"), "{}", text.len());
    }
}
