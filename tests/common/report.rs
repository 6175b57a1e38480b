//! A run of the command and its JSON report.

use std::collections::BTreeSet;
use std::process::Output;

use serde_json::Value;

use super::lianpu;

/// What a run said and wrote.
pub struct Run {
    pub output: Output,
    pub report: Value,
    folder: tempfile::TempDir,
}

/// Runs `lianpu run` with these words and a report of every format.
pub fn run(words: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = |format: &str| format!("{format}={}/{format}", folder.path().display());
    let (json, junit, events) = (path("json"), path("junit"), path("events"));
    let reports = ["run", "--quiet", "--report", &json, "--report", &junit, "--report", &events];
    let output = lianpu(&[&reports[..], words].concat(), Some(folder.path()));
    let text = std::fs::read_to_string(folder.path().join("json")).unwrap_or_default();
    Run { report: serde_json::from_str(&text).unwrap_or_default(), output, folder }
}

impl Run {
    pub fn exit(&self) -> i32 {
        self.output.status.code().expect("it ended by itself")
    }

    pub fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// A report's text: `json`, `junit` or `events`.
    pub fn file(&self, format: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(format)).unwrap()
    }

    /// Where its reports are.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn scenarios(&self) -> &[Value] {
        self.report["scenarios"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The ids of the scenarios that are so.
    pub fn ids(&self, wanted: impl Fn(&Value) -> bool) -> BTreeSet<String> {
        let ids =
            self.scenarios().iter().filter(|scenario| wanted(scenario)).map(|s| s["id"].as_str().unwrap());
        ids.map(str::to_owned).collect()
    }

    /// The ids of the scenarios with a verdict.
    pub fn with(&self, verdict: &str) -> BTreeSet<String> {
        self.ids(|scenario| scenario["verdict"] == verdict)
    }

    /// Everything it said, for a failed assertion.
    pub fn said(&self) -> String {
        format!("exit {}\n{}\n{}", self.exit(), self.stdout(), self.stderr())
    }
}

/// The kinds of a scenario's findings.
pub fn checks(scenario: &Value) -> BTreeSet<&str> {
    scenario["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|finding| finding["check"].as_str())
        .collect()
}
