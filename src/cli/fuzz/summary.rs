//! The last thing of a campaign: findings, then what was done, then what to do next.

use std::io::{self, Write};
use std::path::Path;

use crate::fuzzing::{CampaignOutcome, FindingRecord, Predicted, Tally};
use crate::report::{Palette, padded, printable, width, wrapped};
use crate::run::Target;

/// Findings that stand in full; the others are a line each.
const IN_FULL: usize = 20;

/// Leftovers that are named.
const LEFTOVERS: usize = 5;

/// What is shown.
pub(super) struct Shown<'a> {
    pub(super) outcome: &'a CampaignOutcome,
    pub(super) seed: u64,
    pub(super) folder: &'a Path,
    pub(super) target: &'a Target,
    /// The words by which `replay` finds the same target.
    pub(super) replay: String,
    pub(super) width: usize,
    pub(super) palette: Palette,
}

/// Writes the summary; the seed stands last.
pub(super) fn write(shown: &Shown<'_>, to: &mut impl Write) -> io::Result<()> {
    let CampaignOutcome { tally, findings, leftovers, seconds, .. } = shown.outcome;
    for record in findings.iter().take(IN_FULL) {
        write_finding(record, shown, to)?;
    }
    for record in findings.iter().skip(IN_FULL) {
        let bundle = record.bundle.as_deref().unwrap_or("without a bundle");
        writeln!(to, "FINDING {} {} {}", record.number, printable(&heading(record)), bundle)?;
    }
    write_counts(tally, shown, to)?;
    for (what, number) in &tally.left_out {
        writeln!(to, "left out  {number} cases: the target has no {what}")?;
    }
    for line in leftovers.iter().take(LEFTOVERS) {
        lines("left over", &printable(line), shown, to)?;
    }
    if let Some(more @ 1..) = leftovers.len().checked_sub(LEFTOVERS) {
        writeln!(to, "left over and {more} more")?;
    }
    let target = format!("{} at {}", shown.target.name, shown.target.base_url);
    writeln!(to, "target    {}", printable(&target))?;
    writeln!(to, "journal   {}", shown.folder.join(crate::fuzzing::JOURNAL).display())?;
    let rate = tally.cases as f64 / seconds.max(0.001);
    let seen = findings.iter().filter(|record| !record.confirmed).count();
    let mut result = format!(
        "{} in {seconds:.1} s ({rate:.0}/s), {}",
        count(tally.cases, "case"),
        count(findings.len() as u64, "finding")
    );
    if seen > 0 {
        result.push_str(&format!(", {seen} of them seen once and not again"));
    }
    let style = match (findings.is_empty(), tally.cases) {
        (true, 1..) => shown.palette.good,
        (true, 0) => shown.palette.warn,
        _ => shown.palette.bad,
    };
    writeln!(to, "result    {}", Palette::paint(style, &result))?;
    writeln!(to, "seed      {}", shown.seed)
}

fn write_finding(record: &FindingRecord, shown: &Shown<'_>, to: &mut impl Write) -> io::Result<()> {
    let label = Palette::paint(shown.palette.bad, &format!("FINDING {}", record.number));
    writeln!(to, "{label}  {}", Palette::paint(shown.palette.strong, &printable(&heading(record))))?;
    let key = &record.key;
    lines("  expected", &printable(&format!("{}: {}", key.check, key.expected)), shown, to)?;
    lines("  came    ", &printable(&key.actual), shown, to)?;
    for rule in &record.why {
        lines("  because ", &printable(rule), shown, to)?;
    }
    let again = if record.confirmed { "" } else { ", but not when it was sent again" };
    writeln!(to, "  seen      {}, first in case {}{again}", count_times(record.seen), record.case)?;
    if let Some(bundle) = &record.bundle {
        // A command is not broken into lines.
        writeln!(to, "  replay    lianpu replay {}{}", shown.folder.join(bundle).display(), shown.replay)?;
    }
    writeln!(to)
}

fn heading(record: &FindingRecord) -> String {
    let mutators = &record.key.mutators;
    let mutators = if mutators.is_empty() { "the valid request".to_owned() } else { mutators.join(" and ") };
    format!("{}: {mutators}", record.key.operation)
}

/// A table: operations down, predictions across; then the subjects in one line.
fn write_counts(tally: &Tally, shown: &Shown<'_>, to: &mut impl Write) -> io::Result<()> {
    let names = tally.operations.keys().map(|name| width(name)).max().unwrap_or(0).max("operation".len()) + 2;
    let headings: Vec<_> =
        Predicted::ALL.iter().map(|predicted| format!("{:>10}", predicted.as_str())).collect();
    let headings = headings.concat();
    let findings =
        |name: &str| shown.outcome.findings.iter().filter(|record| record.key.operation == name).count();
    let heading = format!("{}{:>10}{headings}{:>10}", padded("operation", names), "cases", "findings");
    writeln!(to, "{}", Palette::paint(shown.palette.faint, &heading))?;
    for (name, numbers) in &tally.operations {
        let own = numbers.iter().map(|number| format!("{number:>10}")).collect::<Vec<_>>().concat();
        let found = findings(name);
        let line = format!("{}{:>10}{own}{found:>10}", padded(name, names), numbers.iter().sum::<u64>());
        let style = if found > 0 { shown.palette.bad } else { anstyle::Style::new() };
        writeln!(to, "{}", Palette::paint(style, &line))?;
    }
    let subjects: Vec<_> =
        tally.subjects.iter().map(|(subject, number)| format!("{number} {subject}")).collect();
    if subjects.is_empty() {
        return Ok(());
    }
    lines("subjects ", &subjects.join(", "), shown, to)
}

/// A label of nine columns and a text whose further lines stand under its first.
fn lines(label: &str, text: &str, shown: &Shown<'_>, to: &mut impl Write) -> io::Result<()> {
    let indent = width(label).max(9) + if label.starts_with(' ') { 2 } else { 1 };
    for (index, line) in wrapped(text, shown.width.saturating_sub(indent)).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(to, "{}{line}", padded(label, indent))?;
    }
    Ok(())
}

fn count(number: u64, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

fn count_times(number: u64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::bundle::FindingKey;
    use crate::cli::sample::assert_snapshot;
    use crate::fuzzing::Ended;

    fn record(number: usize) -> FindingRecord {
        FindingRecord {
            number,
            key: FindingKey {
                operation: "tencent-ci/detect".into(),
                mutators: vec!["expired".into(), "length-short".into()],
                check: "code".into(),
                expected: "9 or 14".into(),
                actual: "0 \u{1b}[2J".into(),
            },
            why: vec!["e has passed; the vendor's own advice conflates expiry with a failed check, and more words than fit".into()],
            case: 17,
            seen: number as u64,
            confirmed: number != 2,
            bundle: Some(format!("00{number}-tencent-ci-detect-expired")),
        }
    }

    fn written(findings: Vec<FindingRecord>, cases: u64) -> String {
        let tally = Tally {
            cases,
            left_out: BTreeMap::from([("disabled-key".to_owned(), 3)]),
            operations: BTreeMap::from([
                ("tencent-ci/detect".to_owned(), [9, 1, 2, 3]),
                ("baidu-face/person-verify".to_owned(), [0, 0, 0, 1000]),
            ]),
            subjects: BTreeMap::from([("picture".to_owned(), 12), ("valid".to_owned(), 1)]),
        };
        let outcome = CampaignOutcome {
            tally,
            findings,
            seconds: 2.0,
            ended: Ended::Done,
            leftovers: vec!["lpx_1_new1: delperson answered nothing".into()],
            unwritten: None,
        };
        let target = Target {
            name: "t".into(),
            base_url: "http://h:1".into(),
            accounts: BTreeMap::new(),
            capabilities: BTreeSet::new(),
            assumed: BTreeSet::new(),
            operations: None,
            without: BTreeSet::default(),
            limits: BTreeMap::new(),
            origin: None,
            route: crate::run::Route::default(),
        };
        let shown = Shown {
            outcome: &outcome,
            seed: 42,
            folder: Path::new("out"),
            target: &target,
            replay: " --target t".into(),
            width: 80,
            palette: Palette::PLAIN,
        };
        let mut text = Vec::new();
        write(&shown, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn findings_and_numbers_on_a_screen_of_80_columns() {
        let text = written(vec![record(1), record(2)], 1015);
        assert_snapshot("fuzz-summary", &text);
        assert!(!text.contains('\u{1b}'), "a target's escape sequence got through");
    }

    #[test]
    fn without_findings_the_seed_still_stands_last() {
        let text = written(Vec::new(), 1015);
        assert!(
            text.ends_with("result    1015 cases in 2.0 s (508/s), 0 findings\nseed      42\n"),
            "{text}"
        );
    }
}
