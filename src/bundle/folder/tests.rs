//! Bundles of scenarios written, read, edited.

use std::fs;
use std::path::Path;

use lianpu_corpus::{Account, bundled};
use serde_json::Value;

use super::*;
use crate::bundle::file::{Bundle, BundleSubject, ScenarioSubject};
use crate::bundle::read::{FILE, read_bundle};
use crate::bundle::seal::Seal;
use crate::judge::{Check, Finding};
use crate::provoke::{Keyword, Step};
use crate::report::{Actual, Verdict};
use crate::request::Caller;
use crate::run::{Exchange, Moment, Purpose, Script};
use crate::wire::{Reply, Request, write_lines};

const ID: &str = "tencent-ci/face/-1302/newperson/same-person-id";

fn caller(key: &str) -> Caller {
    let account = Account::of([
        ("appid", "1250000000"),
        ("bucket", "b"),
        ("secret_id", "PLANTEDsecretId0123456789"),
        ("secret_key", key),
    ]);
    Caller {
        dialect: bundled("tencent-ci").unwrap(),
        account,
        other: None,
        token: Some("PLANTED-token-012345".into()),
        other_token: None,
        host: "h:1".into(),
        now: 1,
        nonce: 2,
        limits: std::collections::BTreeMap::new(),
    }
}

fn request(authorization: &str, host: &str) -> Request {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Request {
        method: "POST".into(),
        target: "/face/newperson?access_token=PLANTED-token-012345".into(),
        headers: vec![
            header("content-type", "application/json"),
            header("authorization", authorization),
            header("accept", "*/*"),
            header("host", host),
            header("content-length", "2000"),
        ],
        body: [b"\xff\xd8 PLANTED/secret+Key ".as_slice(), &[b'x'; 2500]].concat(),
    }
}

fn transcript() -> Transcript {
    let exchange = |purpose, body: &str| Exchange {
        purpose,
        operation: "newperson".into(),
        request: request("UExBTlRFRCBzaWduYXR1cmU=", "h:1"),
        bytes: None,
        fields: Vec::new(),
        signed_text: Some("a=1&k=PLANTEDsecretId0123456789".into()),
        answer: Some(Ok(Reply {
            status: 200,
            content_type: Some("application/json".into()),
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            took: std::time::Duration::ZERO,
        })),
    };
    let step = |keyword, text: &str| Step::parse(keyword, text).unwrap();
    Transcript {
        script: Script {
            id: ID.into(),
            tags: ["dialect:tencent-ci", "table:face", "row:-1302", "op:newperson"].map(Into::into).into(),
            steps: vec![
                step(Keyword::Given, "a person \"p\" in group \"g\" with the portrait \"anna\""),
                step(Keyword::Given, "a valid newperson request"),
                step(Keyword::When, "it is sent"),
                step(Keyword::Then, "the code is -1302"),
            ],
        },
        caller: Some(caller("PLANTED/secret+Key")),
        namespace: "lpx_1".into(),
        moments: vec![Moment { now: 1, nonce: 2 }, Moment { now: 3, nonce: 4 }],
        exchanges: vec![
            exchange(Purpose::SetUp, "{\"code\":0}"),
            exchange(Purpose::Judged, "{\"code\":7,\"message\":\"PLANTEDsecretId0123456789\"}"),
        ],
        left_out: 0,
        mutated: false,
    }
}

fn record(id: &str) -> ScenarioRecord {
    ScenarioRecord {
        attempts: None,
        id: id.into(),
        row: None,
        place: None,
        op: None,
        reach: None,
        certainty: None,
        verdict: Verdict::Fail,
        reason: None,
        expected: vec![(-1302).into()],
        actual: Some(Actual { http: 200, code: Some(7.into()) }),
        findings: vec![Finding::new(Check::Code, "-1302", "7 for PLANTEDsecretId0123456789")],
        listed: None,
        ms: 1.0,
        evidence: None,
        reproducer: None,
    }
}

fn origin() -> RunOrigin {
    RunOrigin {
        target: "staging".into(),
        base_url: "http://h:1".into(),
        seed: 3,
        strict: false,
        dialect: "tencent-ci".into(),
    }
}

fn written(folder: &Path) -> Bundle {
    MadeBundle::of_scenario(&record(ID), &transcript(), &origin()).write(folder).unwrap();
    read_bundle(folder).unwrap()
}

fn subject(bundle: &Bundle) -> &ScenarioSubject {
    let BundleSubject::Scenario(scenario) = &bundle.subject else { panic!("of a scenario") };
    scenario
}

#[test]
fn a_bundle_holds_the_scenario_whole_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = written(folder.path());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
        names.push(entry.file_name().into_string().unwrap());
        assert!(!text.contains("PLANTED") && !text.contains("UExBTlRFR"), "{text}");
    }
    names.sort();
    assert_eq!(names, ["001-body.bin", "002-body.bin", "bundle.json", "reproducer.feature"]);
    assert_eq!(bundle.subject.dialect(), "tencent-ci");
    assert!(bundle.expected.codes[0].code == (-1302).into() && !bundle.expected.success);
    assert_eq!(
        bundle.requests.iter().map(|one| one.purpose).collect::<Vec<_>>(),
        [Purpose::SetUp, Purpose::Judged]
    );
    let judged = &bundle.requests[1];
    assert_eq!(judged.answer.code, Some(7.into()));
    assert_eq!(judged.string_to_sign.as_deref(), Some("a=1&k={{secret_id}}"));
    let curl = judged.curl.as_deref().unwrap();
    assert!(
        curl.contains("-H 'authorization: {{authorization}}'") && curl.contains("@002-body.bin"),
        "{curl}"
    );
    assert!(!curl.contains("content-length"), "{curl}");
    let sent = String::from_utf8_lossy(&judged.bytes().unwrap()).into_owned();
    assert!(sent.contains("\r\nauthorization: {{authorization}}\r\n"), "{sent}");
    assert!(
        sent.contains("\r\nhost: {{host}}\r\n") && sent.contains("?access_token={{access_token}} "),
        "{sent}"
    );
    let feature = &subject(&bundle).feature;
    assert!(feature.contains("    And a valid newperson request\n    When it is sent\n"), "{feature}");
    assert_eq!(Script::parse(feature).unwrap(), transcript().script);
    assert_eq!(fs::read_to_string(folder.path().join("reproducer.feature")).unwrap(), *feature);
}

#[test]
fn what_was_sent_opens_with_the_secrets_and_the_host_of_another_target() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = written(folder.path());
    let now = request("b3RoZXIgc2lnbmF0dXJl", "other.example:8080");
    let opened =
        Seal::of(&caller("PLANTED/secret+Key"), &now).open(&bundle.requests[0].bytes().unwrap()).unwrap();
    assert_eq!(opened, write_lines(&now));
}

#[test]
fn an_edited_bundle_is_refused_by_the_field() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let path = folder.path().join(FILE);
    let whole: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let edited = |pointer: &str, value: Value| {
        let mut edited = whole.clone();
        *edited.pointer_mut(pointer).unwrap() = value;
        fs::write(&path, edited.to_string()).unwrap();
        read_bundle(folder.path()).unwrap_err().to_string()
    };
    for (pointer, value, words) in [
        ("/schema", 9.into(), ": schema: is 9, but this version reads 2: it was written by a later version"),
        (
            "/schema",
            1.into(),
            ": schema: is 1, but this version reads 2: it was written by an earlier version. The scenario alone",
        ),
        ("/kind", "x".into(), ": kind: is «x», but this version reads «scenario» and «mutations»"),
        ("/seed", "x".into(), ": seed: invalid type"),
        ("/seed", 4.into(), ": digest: is not the digest of the other fields: the bundle was edited"),
        ("/namespace", "lpx_2".into(), ": digest:"),
        ("/requests/1/sent", "!!".into(), ": requests[1].sent: is no base64"),
        ("/requests/1/sent", "AAAA".into(), ": requests[1].sha256: is not the digest"),
        ("/requests/0/purpose", "play".into(), ": requests: unknown variant"),
        ("/feature", "Feature: x\n".into(), ": feature: must hold one scenario, not 0"),
        ("/feature", "Feature: x\n  Scenario: y\n    Given nonsense\n".into(), ": feature:"),
    ] {
        let error = edited(pointer, value);
        assert!(error.contains(words), "{error}, not {words}");
    }
    let mut lacking = whole.clone();
    lacking.as_object_mut().unwrap().remove("moments");
    fs::write(&path, lacking.to_string()).unwrap();
    assert!(read_bundle(&path).unwrap_err().to_string().ends_with("moments: is missing"));
    fs::write(&path, "{").unwrap();
    assert!(read_bundle(&path).unwrap_err().to_string().contains("line 1 column 1"));
    fs::write(&path, "{}").unwrap();
    assert!(read_bundle(&path).unwrap_err().to_string().ends_with("schema: is missing"));
}

#[test]
fn a_run_keeps_so_many_and_tells_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let bundles = BundleFolder::new(folder.path().join("kept"), origin());
    let mut small = transcript();
    small.exchanges.truncate(0);
    let paths: Vec<_> =
        (0..203).filter_map(|number| bundles.put(&record(&format!("a/{number}")), &small)).collect();
    assert_eq!(paths.len(), 200);
    let kept = bundles.kept();
    assert_eq!((kept.written, kept.left_out, kept.failure.is_none()), (200, 3, true));
    assert_eq!(fs::read_dir(bundles.folder()).unwrap().count(), 200);
}

#[test]
fn ids_become_folders_that_are_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let bundles = BundleFolder::new(folder.path().to_owned(), origin());
    let mut small = transcript();
    small.exchanges.truncate(0);
    let names: Vec<_> = ["a/b-c", "a-b/c", "../..", "脸谱 <x>"]
        .map(|id| bundles.put(&record(id), &small).unwrap())
        .iter()
        .map(|path| Path::new(path).file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    for name in &names {
        assert!(name.len() < 40 && !name.contains(['.', '/', '<', ' ']), "{name}");
    }
    assert_eq!(names.iter().collect::<std::collections::HashSet<_>>().len(), 4, "{names:?}");
    let of_row = ScenarioRecord {
        row: Some("tencent-ci/face/-1302".into()),
        place: None,
        op: Some("newperson".into()),
        ..record(ID)
    };
    let path = bundles.put(&of_row, &small).unwrap();
    assert!(path.rsplit('/').next().unwrap().starts_with("1302-newperson-"), "{path}");
    assert_eq!(bundles.put(&of_row, &small), Some(path), "the same scenario has the same folder");
}
