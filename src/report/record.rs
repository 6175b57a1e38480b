//! What a run says, as it happens.

use std::fmt;

use lianpu_corpus::{Certainty, Code, Reach};
use serde::{Deserialize, Serialize};

use super::digest::Sha256Hex;
use super::evidence::Evidence;
use super::gate::GateInfo;
use super::listed::Listed;
use super::reason::Reason;
use super::shard::Shard;
use super::totals::Totals;
use super::verdict::Verdict;
use crate::judge::Finding;

/// One line of the event stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The run begins; the first line.
    RunStarted(Started),
    /// One scenario has its verdict.
    Scenario(ScenarioRecord),
    /// The run is over; the last line. A stream without it is partial.
    RunFinished(Finished),
}

/// How a run began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The version of this stream's shape.
    pub schema: u32,
    /// Who runs.
    pub tool: ToolInfo,
    /// Against what.
    pub target: TargetInfo,
    /// The options that lead to it again, each followed by its value: `--credentials`, `ready.json`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// The options that chose the scenarios, each followed by its value: `--op`, `newperson`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<String>,
    /// The seed of nonces and names.
    pub seed: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// How many scenarios were selected; absent where that was not counted.
    pub selected: Option<usize>,
    /// What was chosen of what there is; absent where that was not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Selection>,
    /// What may fail the run.
    #[serde(default)]
    pub gate: GateInfo,
    /// The rows of the selected tables, in the documents' order, with or without a scenario.
    pub rows: Vec<RowInfo>,
}

/// The name of the engine that is built in, among targets.
pub const BUNDLED: &str = "bundled";

/// What was chosen of what there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// The scenarios there are: those of the chosen dialects, or of a user's own files.
    pub canonical: usize,
    /// Those that the filters leave, before they are dealt out to shards.
    pub chosen: usize,
    /// Of the ids of the chosen ones, sorted, a line each: two runs with the same digest chose the same scenarios.
    pub digest: Sha256Hex,
    /// The part that this run is: `2/3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
}

/// One row that the run is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowInfo {
    /// `<dialect>/<table>/<code>`.
    pub id: String,
    /// From where it is provoked; the strongest reach of its recipes is not meant, but the first.
    pub reach: Reach,
    /// Why there is no recipe, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Who runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolInfo {
    /// `lianpu`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Against what. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetInfo {
    /// Its name in the configuration, or `bundled`, or its address.
    pub name: String,
    /// Its address.
    pub base_url: String,
    /// What it is said to have: `fault-hook`, `face-nets`, `origin` …
    pub capabilities: Vec<String>,
}

/// One scenario with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioRecord {
    /// `<dialect>/<table>/<code>/<operation>/<trigger>`, or the name in a user's own file.
    pub id: String,
    /// `<dialect>/<table>/<code>`; absent in a user's own file.
    pub row: Option<String>,
    /// Where it stands, in a user's own file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ScenarioPlace>,
    /// The operation.
    pub op: Option<String>,
    /// From where the row is provoked.
    pub reach: Option<Reach>,
    /// How well founded the expectation is.
    pub certainty: Option<Certainty>,
    /// The judgement.
    pub verdict: Verdict,
    /// How often it was run, where that was more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u32>,
    /// Why it was not provoked, or could not be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The codes expected, the row's own first.
    pub expected: Vec<Code>,
    /// What came.
    pub actual: Option<Actual>,
    /// The deviations.
    pub findings: Vec<Finding>,
    /// The entry of the expectations that names it.
    #[serde(default, rename = "expectation", skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// Milliseconds from the first step to the verdict, clean-up apart.
    pub ms: f64,
    /// What was sent and what came, where it is not as it should be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Box<Evidence>>,
    /// The folder with all that is needed to send it again: `lianpu replay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reproducer: Option<String>,
}

/// Where a scenario stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioPlace {
    /// The feature file.
    pub file: String,
    /// The line of its name, from 1.
    pub line: usize,
}

/// What came back to the judged request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actual {
    /// The HTTP status.
    pub http: u16,
    /// The code, if one could be read.
    pub code: Option<Code>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// Whether it was interrupted.
    pub partial: bool,
    /// Seconds.
    pub seconds: f64,
    /// What could not be cleaned up, one line each.
    pub leftovers: Vec<String>,
    /// The same as things, for `lianpu tidy`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Leftover>,
    /// The verdicts counted, so that a stream from which lines were taken is noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
    /// Of the scenarios' records, in their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Sha256Hex>,
}

/// Something that a run made at the target and could not delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// The dialect.
    pub dialect: String,
    /// Which of its resources it is.
    pub kind: String,
    /// Its id on the wire.
    pub id: String,
    /// Whether the second account made it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_second: bool,
    /// Why it is still there.
    pub why: String,
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}: {}", self.dialect, self.kind, self.id, self.why)
    }
}
