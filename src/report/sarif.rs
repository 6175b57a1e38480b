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
    result["locations"] = json!([{ "physicalLocation": place(record, row) }]);
    let pardon = standing.pardon();
    if !pardon.is_empty() {
        let why = record.listed.as_ref().map_or(pardon, |listed| listed.reason.as_str());
        result["suppressions"] = json!([{ "kind": "external", "justification": printable(why) }]);
    }
    result
}

/// The row in its table's file, or the scenario in the user's own. Who reads the log may refuse it whole for one result
/// without a place, so what has neither is put into the first line of its table, or of the folder of features.
fn place(record: &ScenarioRecord, row: Option<&RowText>) -> Value {
    match (row, &record.place) {
        (Some(row), _) => json!({
            "artifactLocation": file_of(row),
            "region": { "startLine": row.line },
        }),
        (None, Some(place)) => json!({
            "artifactLocation": { "uri": uri(&place.file) },
            "region": { "startLine": place.line },
        }),
        (None, None) => {
            let mut parts = record.id.split('/');
            let table = parts.next().zip(parts.next()).filter(|_| record.row.is_some());
            let file = table.map(|(dialect, table)| format!("{dialect}/tables/{table}.toml"));
            let file = file.unwrap_or_else(|| "features".to_owned());
            json!({ "artifactLocation": { "uri": uri(&file) }, "region": { "startLine": 1 } })
        }
    }
}

/// The tables that are built in are counted from where lianpu's source is; those of a user's own stand where they are.
fn file_of(row: &RowText) -> Value {
    match row.file.as_str() {
        file if file.starts_with("corpus/") => json!({ "uri": file, "uriBaseId": BASE }),
        file if file.starts_with('/') => json!({ "uri": format!("file://{}", uri(file)) }),
        file => json!({ "uri": uri(file) }),
    }
}

/// A file's path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let written = path.trim_start_matches("./").bytes();
    written
        .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ScenarioPlace, Verdict, sample};

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
    fn a_scenario_of_a_users_own_points_at_its_file_and_every_result_at_something() {
        let mut summary = sample::summary();
        for record in &mut summary.scenarios {
            record.row = None;
        }
        let place = |line| Some(ScenarioPlace { file: "./my features/odd.feature".into(), line });
        let deviating = summary.scenarios.iter().position(|record| record.verdict == Verdict::Fail).unwrap();
        summary.scenarios[deviating].place = place(7);
        let log = sarif(&summary);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let uris: Vec<_> = results
            .iter()
            .map(|result| &result["locations"][0]["physicalLocation"])
            .map(|at| {
                format!("{}:{}", at["artifactLocation"]["uri"].as_str().unwrap(), at["region"]["startLine"])
            })
            .collect();
        assert_eq!(uris, ["my%20features/odd.feature:7", "features:1"]);
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
