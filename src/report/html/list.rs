//! Every scenario, as compact JSON for the page's own list.

use serde_json::{Value, json};

use crate::report::record::ScenarioRecord;
use crate::report::summary::Summary;
use crate::report::text::printable;
use crate::report::verdict::Verdict;

/// `[[id, verdict, reach, certainty, expected, got, ms, reason], …]`, harmless inside a `<script>` element.
pub(super) fn json(summary: &Summary) -> String {
    let list: Vec<Value> = summary.scenarios.iter().map(entry).collect();
    Value::Array(list).to_string().replace('<', "\\u003c")
}

fn entry(record: &ScenarioRecord) -> Value {
    let verdict = Verdict::ALL.iter().position(|known| *known == record.verdict);
    let code = record.actual.as_ref().and_then(|actual| actual.code.as_ref());
    json!([
        printable(&record.id),
        verdict,
        record.reach,
        record.certainty,
        record.expected.first().map(|code| printable(&code.to_string())),
        code.map(|code| printable(&code.to_string())),
        (record.ms * 10.0).round() / 10.0,
        record.reason.as_ref().map(|reason| printable(&reason.to_string())),
    ])
}
