//! The JSON of Cucumber's reports, which many viewers read: a feature a table, an element a scenario, its sentences as steps.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::gate::GateInfo;
use super::record::ScenarioRecord;
use super::reference::{Reference, Sentence};
use super::standing::Standing;
use super::summary::{OWN_FEATURES, Summary, table_of};
use super::text::printable;
use super::verdict::Verdict;

/// Writes the report, feature by feature.
pub fn write_cucumber(summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    let gate = summary.gate();
    let mut by_table: std::collections::BTreeMap<String, Vec<&ScenarioRecord>> =
        std::collections::BTreeMap::new();
    for record in &summary.scenarios {
        by_table.entry(table_of(record.row.as_deref().unwrap_or(OWN_FEATURES))).or_default().push(record);
    }
    to.write_all(b"[")?;
    let mut separator = "\n";
    for (table, records) in by_table {
        let elements: Vec<_> = records.iter().map(|record| element(record, &gate, reference)).collect();
        let feature = json!({
            "uri": format!("features/{table}.feature"),
            "keyword": "Feature",
            "id": table,
            "name": table,
            "line": 1,
            "elements": elements,
        });
        to.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *to, &feature)?;
        separator = ",\n";
    }
    to.write_all(b"\n]\n")
}

fn element(record: &ScenarioRecord, gate: &GateInfo, reference: &dyn Reference) -> Value {
    let mut sentences = reference.sentences(&record.id);
    if sentences.is_empty() {
        sentences.push(Sentence { keyword: "Then", text: "the scenario is as expected".to_owned() });
    }
    let last = sentences.len() - 1;
    let judged = sentences.iter().position(|sentence| sentence.keyword == "Then").unwrap_or(last);
    let steps: Vec<_> = sentences
        .iter()
        .enumerate()
        .map(|(index, sentence)| {
            json!({
                "keyword": format!("{} ", sentence.keyword),
                "name": sentence.text,
                "line": 1,
                "match": {},
                "result": outcome(record, gate, index, judged),
            })
        })
        .collect();
    let mut tags: Vec<String> = Vec::new();
    tags.extend(record.op.as_ref().map(|op| format!("@op:{op}")));
    tags.extend(record.reach.map(|reach| format!("@reach:{reach}")));
    tags.extend(record.certainty.map(|certainty| format!("@certainty:{certainty}")));
    tags.push(format!("@verdict:{}", record.verdict));
    json!({
        "type": "scenario",
        "keyword": "Scenario",
        "id": printable(&record.id),
        "name": printable(&record.id),
        "line": 1,
        "tags": tags.iter().map(|tag| json!({ "name": tag, "line": 1 })).collect::<Vec<_>>(),
        "steps": steps,
    })
}

/// The whole time and the findings are told at the first judging step; what comes before it was carried out.
fn outcome(record: &ScenarioRecord, gate: &GateInfo, index: usize, judged: usize) -> Value {
    let nanoseconds = if index == judged { (record.ms.max(0.0) * 1e6) as u64 } else { 0 };
    let status = match record.verdict {
        verdict if verdict.is_green() => "passed",
        Verdict::NotProvoked => "skipped",
        _ if index < judged => "passed",
        _ if index > judged => "skipped",
        // Viewers know no known failures; pending is neither a success nor a failure.
        _ if !Standing::of(record, gate).pardon().is_empty() => "pending",
        Verdict::Indeterminate => "undefined",
        _ => "failed",
    };
    let mut result = json!({ "status": status, "duration": nanoseconds });
    if index == judged && status != "passed" {
        let mut lines: Vec<_> = record.findings.iter().map(ToString::to_string).collect();
        lines.extend(record.reason.as_ref().map(ToString::to_string));
        lines.extend(record.listed.as_ref().map(|listed| listed.reason.clone()));
        let lines: Vec<_> = lines.iter().map(|line| printable(line)).collect();
        result["error_message"] = lines.join("\n").into();
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn cucumber(summary: &Summary) -> Value {
        let mut text = Vec::new();
        write_cucumber(summary, &sample::Rows, &mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn the_sample_as_cucumber_json() {
        let report = cucumber(&sample::summary());
        sample::assert_snapshot("cucumber.json", &serde_json::to_string_pretty(&report).unwrap());
    }

    #[test]
    fn only_green_verdicts_pass_in_every_step() {
        for verdict in Verdict::ALL {
            let mut summary = sample::summary();
            summary.scenarios.truncate(1);
            summary.scenarios[0].verdict = verdict;
            let report = cucumber(&summary);
            let steps = report[0]["elements"][0]["steps"].as_array().unwrap();
            let passed = steps.iter().all(|step| step["result"]["status"] == "passed");
            assert_eq!(passed, verdict.is_green(), "{verdict}");
        }
    }
}
