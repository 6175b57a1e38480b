//! SARIF 2.1.0: every deviation at the line of the table that it is about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::digest::digest_of_ids;
use super::record::ScenarioRecord;
use super::reference::{Reference, RowText};
use super::rerun::rerun;
use super::standing::Standing;
use super::summary::Summary;
use super::text::printable;

/// Where the tables' files are counted from.
const BASE: &str = "LIANPU";

/// Writes the log. Deviations that fail no run are suppressed, so that they are kept and not shown.
pub fn write_sarif(summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    let gate = summary.gate();
    let told: Vec<_> = summary
        .scenarios
        .iter()
        .map(|record| (record, Standing::of(record, &gate)))
        .filter(|(_, standing)| !matches!(standing, Standing::Good | Standing::NotProvoked))
        .collect();
    let mut rules: BTreeMap<&str, Option<RowText>> = BTreeMap::new();
    for (record, _) in &told {
        rules.entry(rule_of(record)).or_insert_with(|| reference.row(rule_of(record)));
    }
    let places: BTreeMap<&str, usize> =
        rules.keys().enumerate().map(|(index, rule)| (*rule, index)).collect();
    let version = summary.started.as_ref().map_or(env!("CARGO_PKG_VERSION"), |started| &started.tool.version);
    let results: Vec<_> = told
        .iter()
        .map(|(record, standing)| {
            result(summary, record, *standing, rules[rule_of(record)].as_ref(), &places)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "lianpu",
                "version": version,
                "rules": rules.iter().map(|(id, row)| rule(id, row.as_ref())).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !summary.partial(),
                "exitCodeDescription": summary.outcome().as_str(),
            }],
            "results": results,
        }],
    });
    serde_json::to_writer(&mut *to, &log)?;
    to.write_all(b"\n")
}

/// The row, or `own` for the scenarios of a user's own file.
fn rule_of(record: &ScenarioRecord) -> &str {
    record.row.as_deref().unwrap_or("own")
}

fn rule(id: &str, row: Option<&RowText>) -> Value {
    let text = row
        .map_or_else(|| "a scenario of its own".to_owned(), |row| format!("{} ({})", row.meaning, row.gloss));
    json!({ "id": id, "shortDescription": { "text": text } })
}

fn result(
    summary: &Summary,
    record: &ScenarioRecord,
    standing: Standing,
    row: Option<&RowText>,
    places: &BTreeMap<&str, usize>,
) -> Value {
    let mut lines = vec![record.id.clone()];
    lines.extend(record.findings.iter().map(ToString::to_string));
    lines.extend(record.reason.as_ref().map(ToString::to_string));
    lines.extend(rerun(summary.started.as_ref(), record).map(|words| words.join(" ")));
    let lines: Vec<_> = lines.iter().map(|line| printable(line)).collect();
    let mut result = json!({
        "ruleId": rule_of(record),
        "ruleIndex": places[rule_of(record)],
        "level": match standing {
            Standing::Deviates | Standing::Open => "error",
            Standing::Expired | Standing::Stale => "warning",
            _ => "note",
        },
        "message": { "text": lines.join("\n") },
        "partialFingerprints": { "scenario/v1": digest_of_ids([record.id.as_str()]).to_string() },
        "properties": {
            "verdict": record.verdict,
            "certainty": record.certainty,
            "expected": record.expected,
            "actual": record.actual,
        },
    });
    if let Some(row) = row {
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": row.file, "uriBaseId": BASE },
            "region": { "startLine": row.line },
        }}]);
    }
    let pardon = standing.pardon();
    if !pardon.is_empty() {
        let why = record.listed.as_ref().map_or(pardon, |listed| listed.reason.as_str());
        result["suppressions"] = json!([{ "kind": "external", "justification": printable(why) }]);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn sarif(summary: &Summary) -> Value {
        let mut text = Vec::new();
        write_sarif(summary, &sample::Rows, &mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn the_sample_as_sarif() {
        let log = sarif(&sample::summary());
        sample::assert_snapshot("sarif.json", &serde_json::to_string_pretty(&log).unwrap());
    }

    #[test]
    fn each_deviation_points_at_its_row() {
        let log = sarif(&sample::summary());
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 2, "a deviation, and one that could not be judged");
        for result in results {
            let place = &result["locations"][0]["physicalLocation"];
            let row = sample::Rows.row(result["ruleId"].as_str().unwrap()).unwrap();
            assert_eq!(place["artifactLocation"]["uri"], row.file);
            assert_eq!(place["region"]["startLine"], row.line);
            let rule =
                &log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
}
