//! The HTML report in a real browser: no network, no complaint, nothing that a screen reader or the keyboard cannot reach.
//!
//! `LIANPU_CHROMIUM` is the browser, `LIANPU_BROWSER_MODULES` the node_modules of tests/browser. `LIANPU_PICTURES`, a folder,
//! gets screenshots for a person to look at.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use lianpu::judge::{Check, Finding};
use lianpu::provoke::{self, Scenario};
use lianpu::report::{
    Actual, Event, Evidence, Finished, GateInfo, Lines, Reason, ReasonCode, Reference, RowInfo, RowText,
    ScenarioRecord, SeenReply, SentRequest, Sentence, Started, Summary, TableText, TargetInfo, ToolInfo,
    Verdict, matrix, write_html, write_matrix_html,
};
use lianpu_corpus::{Code, Dialect, Reach, bundled};
use lianpu_testing::lacking;
use serde_json::Value;

/// Scenarios of the page that is looked at.
const SCENARIOS: usize = 5000;

const SCENES: [&str; 4] = ["anna", "bea yaw=20", "carl glasses=sun", "nobody"];

/// A run in which something of every kind happened, with thousands of scenarios.
fn summary(dialects: &[&Dialect]) -> Summary {
    let mut summary = Summary::default();
    let rows = dialects.iter().flat_map(|dialect| {
        dialect.tables.iter().flat_map(|table| {
            table.rows.iter().map(|row| RowInfo {
                id: format!("{}/{}/{}", dialect.manifest.name, table.id, row.code),
                reach: Reach::Wire,
                reason: None,
            })
        })
    });
    summary.push(Event::RunStarted(Started {
        schema: lianpu::report::EVENT_SCHEMA,
        tool: ToolInfo { name: "lianpu".into(), version: "0.1.0".into() },
        target: TargetInfo {
            name: "staging".into(),
            base_url: "http://127.0.0.1:8080".into(),
            capabilities: vec!["face-nets".into()],
        },
        asked: Vec::new(),
        filters: Vec::new(),
        seed: 7,
        at_ms: 1_700_000_000_000,
        selected: Some(SCENARIOS),
        selection: None,
        gate: GateInfo::default(),
        rows: rows.collect(),
    }));
    let scenarios: Vec<Scenario> =
        dialects.iter().flat_map(|dialect| provoke::scenarios(dialect).unwrap()).collect();
    for (index, scenario) in scenarios.iter().cycle().take(SCENARIOS).enumerate() {
        summary.push(Event::Scenario(record(scenario, index, index / scenarios.len())));
    }
    summary.push(Event::RunFinished(Finished {
        partial: false,
        seconds: 61.5,
        leftovers: Vec::new(),
        left: Vec::new(),
        totals: None,
        digest: None,
    }));
    summary
}

/// The bundled tables' words.
struct Corpus;

impl Reference for Corpus {
    fn row(&self, id: &str) -> Option<RowText> {
        let mut parts = id.splitn(3, '/');
        let table = bundled(parts.next()?).ok()?.table(parts.next()?)?;
        let row = table.row(&Code::parse(parts.next()?))?;
        Some(RowText {
            file: String::new(),
            line: 1,
            meaning: row.meaning.clone(),
            gloss: row.gloss.clone(),
            message: row.message.clone(),
            remedy: row.remedy.clone(),
            document: format!("{}:{}", table.source, row.line),
        })
    }

    fn table(&self, id: &str) -> Option<TableText> {
        let (dialect, table) = id.split_once('/')?;
        let table = bundled(dialect).ok()?.table(table)?;
        Some(TableText { title: table.title.clone(), gloss: table.gloss.clone() })
    }

    fn operations(&self, dialect: &str) -> Vec<String> {
        let operations = bundled(dialect).into_iter().flat_map(|dialect| &dialect.operations);
        operations.map(|operation| operation.name.clone()).collect()
    }

    fn sentences(&self, _: &str) -> Vec<Sentence> {
        Vec::new()
    }
}

fn record(scenario: &Scenario, index: usize, round: usize) -> ScenarioRecord {
    let verdict = match index % 40 {
        0 => Verdict::Fail,
        7 => Verdict::Tolerated,
        11 => Verdict::NotProvoked,
        13 => Verdict::Indeterminate,
        17 => Verdict::ExpectedFail,
        23 => Verdict::UnexpectedPass,
        _ => Verdict::Pass,
    };
    let failed = verdict == Verdict::Fail;
    let code = if failed { Code::Int(-1) } else { scenario.code.clone() };
    ScenarioRecord {
        attempts: None,
        id: if round == 0 { scenario.id() } else { format!("{}-{round}", scenario.id()) },
        row: Some(scenario.row_id()),
        place: None,
        op: Some(scenario.operation.clone()),
        reach: Some(scenario.reach),
        certainty: Some(scenario.certainty),
        verdict,
        reason: matches!(verdict, Verdict::NotProvoked | Verdict::Indeterminate)
            .then(|| Reason::new(ReasonCode::NeedsFaultHook)),
        expected: vec![scenario.code.clone()],
        actual: Some(Actual { http: 200, code: Some(code) }),
        findings: failed
            .then(|| Finding::new(Check::Code, scenario.code.to_string(), "-1"))
            .into_iter()
            .collect(),
        listed: None,
        ms: 12.5,
        evidence: failed.then(|| Box::new(evidence(scenario, index))),
        reproducer: None,
    }
}

fn evidence(scenario: &Scenario, index: usize) -> Evidence {
    Evidence {
        steps: scenario.steps.iter().map(|step| format!("{} {step}", step.keyword())).collect(),
        portraits: vec![SCENES[index / 40 % SCENES.len()].to_owned()],
        request: Some(SentRequest {
            method: "POST".into(),
            target: "/face/detect".into(),
            headers: vec![("Authorization".into(), "[redacted]".into())],
            fields: vec![("image".into(), "portrait.jpeg (image/jpeg, 20480 bytes)".into())],
            body_bytes: 21_000,
            body: None,
        }),
        reply: Some(SeenReply {
            status: 200,
            content_type: Some("application/json".into()),
            body: format!("{{\"code\":-1,\"message\":\"{}\"}}", "人脸检测失败 ".repeat(20)),
            ms: 4.25,
        }),
    }
}

/// What a script of tests/browser finds in a page; `None` where there is no browser.
fn seen_by(script: &str, page: &Path) -> Option<Value> {
    let (Ok(chromium), Ok(modules)) =
        (std::env::var("LIANPU_CHROMIUM"), std::env::var("LIANPU_BROWSER_MODULES"))
    else {
        lacking("chromium", "LIANPU_CHROMIUM and LIANPU_BROWSER_MODULES are not set");
        return None;
    };
    let mut command = Command::new("node");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script));
    command.args([&modules, &chromium]).arg(page).args(std::env::var("LIANPU_PICTURES"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    Some(serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{errors}")))
}

#[test]
fn a_browser_shows_implementations_side_by_side_to_everybody() {
    let dialects = [bundled("tencent-ci").unwrap(), bundled("baidu-face").unwrap()];
    let (first, mut second, mut third) = (summary(&dialects), summary(&dialects), summary(&dialects));
    for record in second.scenarios.iter_mut().step_by(9) {
        record.verdict = Verdict::Fail;
        record.actual = Some(Actual { http: 200, code: Some(Code::Int(7)) });
    }
    third.scenarios.retain(|record| record.id.starts_with("tencent-ci"));
    third.finished = None;
    let names = ["staging", "私有云引擎", "old <b>emulator"].map(str::to_owned);
    let runs: Vec<_> = names.into_iter().zip([first, second, third]).collect();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("matrix.html");
    let mut bytes = Vec::new();
    write_matrix_html(&matrix(&runs, Lines::All, &Corpus), &Corpus, &mut bytes).unwrap();
    assert!(bytes.len() < 3 << 20, "{} bytes", bytes.len());
    std::fs::write(&page, &bytes).unwrap();
    let Some(seen) = seen_by("side.mjs", &page) else { return };
    eprintln!("{} bytes, loaded after {} ms", bytes.len(), seen["milliseconds"]);

    let none = Value::Array(Vec::new());
    assert_eq!(seen["light"], none, "what axe says of the light page");
    assert_eq!(seen["dark"], none, "what axe says of the dark page");
    assert_eq!(seen["complaints"], none);
    let elsewhere =
        seen["requests"].as_array().unwrap().iter().filter(|url| !url.as_str().unwrap().starts_with("file:"));
    assert_eq!(elsewhere.count(), 0, "only the page itself is asked for: {}", seen["requests"]);
    let lines =
        |of: &str| -> usize { seen[of].as_str().unwrap().split(' ').next().unwrap().parse().unwrap() };
    assert!(lines("all") > lines("named") && lines("named") > lines("different"), "{seen}");
    assert!(lines("different") > 0, "{seen}");
    assert_eq!(seen["headless"], 0, "every row keeps its words where its first lines are filtered out");
    assert!(
        seen["labels"].as_array().unwrap().iter().any(|label| label.as_str().unwrap().contains("getinfo"))
    );
    assert!(seen["text"].as_i64().unwrap() > 10_000, "most of it can be read without JavaScript");
}

#[test]
fn a_browser_shows_the_report_to_everybody() {
    let dialects = [bundled("tencent-ci").unwrap(), bundled("baidu-face").unwrap()];
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    let mut bytes = Vec::new();
    write_html(&summary(&dialects), &Corpus, &mut bytes).unwrap();
    assert!(bytes.len() < 3 << 20, "{} bytes", bytes.len());
    std::fs::write(&page, &bytes).unwrap();
    let Some(seen) = seen_by("look.mjs", &page) else { return };
    eprintln!("{} bytes, loaded after {} ms", bytes.len(), seen["milliseconds"]);

    let none = Value::Array(Vec::new());
    assert_eq!(seen["light"], none, "what axe says of the light page");
    assert_eq!(seen["dark"], none, "what axe says of the dark page");
    assert_eq!(seen["complaints"], none);
    let requests: BTreeSet<_> =
        seen["requests"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    let elsewhere: Vec<_> = requests.iter().filter(|url| !url.starts_with("data:")).collect();
    assert_eq!(elsewhere.len(), 1, "only the page itself is asked for: {elsewhere:?}");
    assert!(seen["text"].as_i64().unwrap() > 10_000, "most of it can be read without JavaScript");

    let cells: Vec<_> = seen["cells"].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap()).collect();
    assert!(cells[0] != cells[1] && cells[1] != cells[2], "the arrow keys move: {cells:?}");
    let listed = seen["listed"].as_u64().unwrap();
    assert!(listed > 0 && listed < SCENARIOS as u64 / 10, "a cell lists its own scenarios: {listed}");
    assert_eq!(seen["found"], format!("{listed} of {SCENARIOS} scenarios"));
    assert_eq!(seen["failing"], serde_json::json!(["✕ fail"]));
    assert!(seen["loaded"].as_array().unwrap().iter().all(|loaded| loaded == true), "pictures are shown");
    assert_eq!(seen["folded"], 0, "all is printed");
    assert!(seen["pdf"].as_u64().unwrap() > 10_000);
}
