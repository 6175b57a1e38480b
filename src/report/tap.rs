//! The Test Anything Protocol, version 14: a line a scenario, with a YAML block where there is something to tell.
//!
//! What was not provoked is skipped and a deviation that fails no run is a `TODO`: neither is counted as passed by a reader
//! of the protocol.

use std::io::{self, Write};

use super::record::ScenarioRecord;
use super::rerun::rerun;
use super::standing::Standing;
use super::summary::Summary;
use super::text::printable;

/// Writes the report.
pub fn write_tap(summary: &Summary, to: &mut impl Write) -> io::Result<()> {
    let gate = summary.gate();
    writeln!(to, "TAP version 14")?;
    writeln!(to, "1..{}", summary.scenarios.len())?;
    for (index, record) in summary.scenarios.iter().enumerate() {
        let standing = Standing::of(record, &gate);
        let (ok, directive) = match standing {
            Standing::Good => ("ok", String::new()),
            Standing::NotProvoked => ("ok", format!(" # SKIP {}", reason(record))),
            Standing::Expected | Standing::Quarantined | Standing::Weaker => {
                ("not ok", format!(" # TODO {}", standing.pardon()))
            }
            Standing::Deviates | Standing::Open | Standing::Expired | Standing::Stale => {
                ("not ok", String::new())
            }
        };
        writeln!(to, "{ok} {} - {}{directive}", index + 1, escaped(&record.id))?;
        if ok != "ok" {
            write_block(summary, record, to)?;
        }
    }
    if summary.partial() {
        writeln!(to, "Bail out! The run did not come to its end.")?;
    }
    Ok(())
}

fn write_block(summary: &Summary, record: &ScenarioRecord, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "  ---")?;
    writeln!(to, "  verdict: {}", record.verdict)?;
    if record.reason.is_some() {
        writeln!(to, "  reason: {}", quoted(&reason(record)))?;
    }
    if !record.findings.is_empty() {
        writeln!(to, "  findings:")?;
        for finding in &record.findings {
            writeln!(to, "    - {}", quoted(&finding.to_string()))?;
        }
    }
    if let Some(words) = rerun(summary.started.as_ref(), record) {
        writeln!(to, "  again: {}", quoted(&words.join(" ")))?;
    }
    writeln!(to, "  ...")
}

fn reason(record: &ScenarioRecord) -> String {
    record.reason.as_ref().map_or_else(|| record.verdict.to_string(), |reason| printable(&reason.to_string()))
}

/// A description: `#` would begin a directive.
fn escaped(text: &str) -> String {
    printable(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// A text as YAML takes it: JSON's texts are YAML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(&printable(text)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Verdict, sample};

    fn tap(summary: &Summary) -> String {
        let mut text = Vec::new();
        write_tap(summary, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_sample_as_tap() {
        sample::assert_snapshot("report.tap", &tap(&sample::summary()));
    }

    #[test]
    fn only_what_is_good_is_ok_without_a_directive() {
        for verdict in Verdict::ALL {
            let mut summary = sample::summary();
            summary.scenarios.truncate(1);
            summary.scenarios[0].verdict = verdict;
            let text = tap(&summary);
            let line = text.lines().find(|line| line.contains(" 1 - ")).unwrap();
            assert_eq!(line.starts_with("ok") && !line.contains(" # "), verdict.is_green(), "{line}");
        }
    }

    #[test]
    fn a_name_begins_no_directive() {
        let mut summary = sample::summary();
        summary.scenarios[0].id = "a # SKIP b\n1..0".into();
        assert!(tap(&summary).contains("ok 1 - a \\# SKIP b\\\\n1..0\n"), "{}", tap(&summary));
    }
}
