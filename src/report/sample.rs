//! A small made-up run with every kind of verdict, from which the snapshots of all reports are drawn.

use lianpu_corpus::{Certainty, Code, Reach};

use super::events::EVENT_SCHEMA;
use super::{
    Actual, Event, Evidence, Finished, GateInfo, Reason, ReasonCode, Reference, RowInfo, RowText,
    ScenarioRecord, SeenReply, SentRequest, Sentence, Started, Summary, TableText, TargetInfo, ToolInfo,
    Verdict,
};
use crate::judge::{Check, Finding};

/// The run's events, first to last.
pub(super) fn events() -> Vec<Event> {
    let mut events = vec![Event::RunStarted(started())];
    events.extend(records().into_iter().map(Event::Scenario));
    events.push(Event::RunFinished(Finished {
        partial: false,
        seconds: 1.25,
        leftovers: vec!["tencent-ci person lp7-3-p: delperson answered -1399".into()],
        left: Vec::new(),
        totals: None,
        digest: None,
    }));
    events
}

/// The run counted.
pub(super) fn summary() -> Summary {
    let mut summary = Summary::default();
    for event in events() {
        summary.push(event);
    }
    summary
}

/// Holds a text against `/snapshots/reports/<name>.snap`.
pub(super) fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/reports"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn started() -> Started {
    let row = |id: &str, reach, reason: Option<&str>| RowInfo {
        id: id.to_owned(),
        reach,
        reason: reason.map(str::to_owned),
    };
    Started {
        schema: EVENT_SCHEMA,
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
        selected: Some(6),
        selection: None,
        gate: GateInfo::default(),
        rows: vec![
            row("tencent-ci/face/4", Reach::Wire, None),
            row("tencent-ci/face/-1101", Reach::Picture, None),
            row("tencent-ci/face/-1302", Reach::State, None),
            row("tencent-ci/face/-1399", Reach::Fault, None),
            row("tencent-ci/face/-5999", Reach::None, Some("the documents never say what it means")),
            row("tencent-ci/face-management/-1302", Reach::State, None),
        ],
    }
}

fn records() -> Vec<ScenarioRecord> {
    let record = |table: &str, code: i64, op: &str, trigger: &str, reach, verdict, ms| ScenarioRecord {
        attempts: None,
        id: format!("tencent-ci/{table}/{code}/{op}/{trigger}"),
        row: Some(format!("tencent-ci/{table}/{code}")),
        place: None,
        op: Some(op.to_owned()),
        reach: Some(reach),
        certainty: Some(Certainty::Documented),
        verdict,
        reason: None,
        expected: vec![Code::Int(code)],
        actual: None,
        findings: Vec::new(),
        listed: None,
        ms,
        evidence: None,
        reproducer: None,
    };
    let answer = |http, code| Some(Actual { http, code: Some(Code::Int(code)) });
    vec![
        ScenarioRecord {
            actual: answer(400, 4),
            ..record("face", 4, "detect", "sign-absent", Reach::Wire, Verdict::Pass, 2.5)
        },
        ScenarioRecord {
            expected: vec![Code::Int(-1101), Code::Int(-1100)],
            actual: answer(200, -1100),
            certainty: Some(Certainty::Inferred),
            ..record("face", -1101, "detect", "no-face", Reach::Picture, Verdict::Tolerated, 41.25)
        },
        ScenarioRecord {
            actual: answer(200, 0),
            findings: vec![
                Finding::new(Check::Code, "-1302", "0"),
                Finding::new(
                    Check::Trace,
                    "getinfo as before: group_ids [\"g\"]",
                    "group_ids [\"g\",\"h\"], 脸谱人员信息已经被第二次的创建请求覆盖\u{1b}[2J<&>",
                ),
            ],
            evidence: Some(Box::new(evidence())),
            reproducer: Some("out/reproducers/1302-newperson-1d02c8".into()),
            ..record("face", -1302, "newperson", "same-person-id", Reach::State, Verdict::Fail, 120.0)
        },
        ScenarioRecord {
            reason: Some(Reason::new(ReasonCode::NeedsFaultHook)),
            ..record("face", -1399, "delperson", "gallery-write", Reach::Fault, Verdict::NotProvoked, 0.0)
        },
        ScenarioRecord {
            reason: Some(Reason::with(ReasonCode::SetUpFailed, "newperson answered 500, no JSON")),
            ..record("face", 4, "newperson", "sign-absent", Reach::Wire, Verdict::Indeterminate, 10.0)
        },
        ScenarioRecord {
            actual: answer(200, -1302),
            ..record(
                "face-management",
                -1302,
                "newperson",
                "same-person-id",
                Reach::State,
                Verdict::Pass,
                95.5,
            )
        },
    ]
}

fn evidence() -> Evidence {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    Evidence {
        steps: vec![
            "Given a person \"p\" in group \"g\" with the portrait \"anna\"".into(),
            "When newperson is sent".into(),
            "Then the code is -1302".into(),
        ],
        portraits: vec!["no scene any more =".into()],
        request: Some(SentRequest {
            method: "POST".into(),
            target: "/face/newperson".into(),
            headers: pairs(&[("Content-Type", "multipart/form-data"), ("Authorization", "[redacted]")]),
            fields: pairs(&[
                ("person_id", "\"lp7_3_p\""),
                ("image", "portrait.jpeg (image/jpeg, 20480 bytes)"),
            ]),
            body_bytes: 21_000,
            body: None,
        }),
        reply: Some(SeenReply {
            status: 200,
            content_type: Some("application/json".into()),
            body: "{\"code\":0,\"message\":\"OK</pre>\"}".into(),
            ms: 118.25,
        }),
    }
}

/// What stands in the tables for the sample's rows.
pub(super) struct Rows;

impl Reference for Rows {
    fn row(&self, id: &str) -> Option<RowText> {
        let (table, code) = id.rsplit_once('/')?;
        let line = match code {
            "4" => 16,
            "-1302" => 95,
            _ => 7,
        };
        Some(RowText {
            file: format!("corpus/dialects/{}.toml", table.replace('/', "/tables/")),
            line,
            meaning: if code == "4" { "签名为空" } else { "个体已存在 <b>" }.into(),
            gloss: if code == "4" { "the signature is empty" } else { "the person exists, or *not*" }.into(),
            message: (code == "-1302").then(|| "ERROR_PERSON_EXISTED".into()),
            remedy: None,
            document: format!("face.txt:{line}"),
        })
    }

    fn table(&self, id: &str) -> Option<TableText> {
        (id == "tencent-ci/face")
            .then(|| TableText { title: "人脸识别".into(), gloss: "face recognition".into() })
    }

    fn operations(&self, _: &str) -> Vec<String> {
        ["newperson", "delperson", "detect"].map(str::to_owned).into()
    }

    fn sentences(&self, id: &str) -> Vec<Sentence> {
        let operation = id.rsplit('/').nth(1).unwrap_or_default();
        [
            ("Given", format!("a valid {operation} request")),
            ("When", "it is sent".to_owned()),
            ("Then", "the code is as expected".to_owned()),
            ("Then", "the error left no trace".to_owned()),
        ]
        .map(|(keyword, text)| Sentence { keyword, text })
        .to_vec()
    }
}
