//! Bundles written, read, edited.

use std::time::Duration;

use super::*;
use crate::fuzzing::known::Key;
use crate::fuzzing::sample::{DIALECT, ground};
use crate::judge::Check;
use crate::mutate;
use crate::oracle;
use crate::wire::{Reply, write_exact};

fn written(folder: &Path) -> Plan {
    let plan = r#""operation":"newperson","mutations":[{"mutator":"expired","by":900}]"#;
    let plan: Plan = serde_json::from_str(&format!("{{\"dialect\":\"{DIALECT}\",{plan}}}")).unwrap();
    let ground = ground();
    let mutant = mutate::apply(&plan, &ground).unwrap();
    let prediction = oracle::predict(ground.dialect, ground.operation, &mutant.effects);
    let finding = Finding::new(Check::Code, "9", "0 for PLANTEDsecretId0123456789");
    let body = mutant.request.header("Authorization").unwrap().to_owned();
    let attempt = Attempt {
        bytes: write_exact(&mutant.request, &mutant.framing, "h:1"),
        circumstance: Circumstance {
            now: 1,
            nonce: 7,
            namespace: "lpx_1".into(),
            fresh: "lpx_1_new1".into(),
        },
        answer: Ok(Reply {
            status: 200,
            content_type: None,
            headers: Vec::new(),
            body: body.into_bytes(),
            took: Duration::ZERO,
        }),
        ground,
        mutant,
        prediction,
        code: Some(0.into()),
        findings: vec![finding.clone()],
        gone: false,
    };
    let record = FindingRecord {
        number: 1,
        key: Key::of(&plan, &Finding::new(Check::Code, "9", "0")),
        why: vec!["because".into()],
        case: 5,
        seen: 1,
        confirmed: true,
        bundle: None,
    };
    let shown = Shown {
        target: "http://h:1",
        seed: 3,
        case: 5,
        drawn: &plan,
        plan: &plan,
        attempt: &attempt,
        record: &record,
    };
    write_bundle(&shown, folder).unwrap();
    plan
}

#[test]
fn no_file_of_a_bundle_says_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let bundle = read_bundle(folder.path()).unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("PLANTED"), "{text}");
        // What base64 of the signed text would look like, at each of the three places it may begin.
        for start in ["UExBTlRFR", "BMQU5URU", "QTEFOVEV"] {
            assert!(!text.contains(start), "{text}");
        }
        files += 1;
    }
    assert_eq!(files, 3); // with the body for curl
    let sent = String::from_utf8_lossy(&bundle.bytes()).into_owned();
    assert!(sent.contains("\r\nAuthorization: {{Authorization}}\r\n") && !sent.contains("PLANTED"), "{sent}");
    assert!(bundle.curl.unwrap().contains("-H 'Authorization: {{Authorization}}'"));
    assert_eq!(bundle.actual.body.as_deref(), Some("{{Authorization}}"));
}

#[test]
fn a_bundle_opens_to_the_bytes_that_were_sent() {
    let folder = tempfile::tempdir().unwrap();
    let plan = written(folder.path());
    let bundle = read_bundle(folder.path()).unwrap();
    assert_eq!(bundle.plan, plan);
    let ground = ground();
    let mutant = mutate::apply(&plan, &ground).unwrap();
    let opened = Seal::of(&ground.caller, &mutant.request).open(&bundle.bytes()).unwrap();
    assert_eq!(opened, write_exact(&mutant.request, &mutant.framing, "h:1"));
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
        parse(&path, &edited.to_string()).unwrap_err().to_string()
    };
    for (pointer, value, words) in [
        ("/schema", 9.into(), ": schema: is 9, but this version reads 1"),
        ("/seed", "x".into(), ": seed: invalid type"),
        ("/plan/dialect", "nowhere".into(), ": plan.dialect:"),
        ("/plan/operation", "newpersn".into(), " has no operation «newpersn»"),
        (
            "/plan/mutations/0/mutator",
            "expird".into(),
            ": plan.mutations[0].mutator: no mutator «expird»; the nearest is expired",
        ),
        ("/plan/mutations/0/by", "x".into(), ": plan.mutations[0]: not what expired takes"),
        ("/sent", "!!".into(), ": sent: is no base64"),
        ("/sent", "AAAA".into(), ": sha256: is not the digest"),
        ("/expected/codes", 1.into(), ": expected:"),
    ] {
        let error = edited(pointer, value);
        assert!(error.contains(words), "{error}, not {words}");
    }
    let mut lacking = whole.clone();
    lacking.as_object_mut().unwrap().remove("circumstance");
    let error = parse(&path, &lacking.to_string()).unwrap_err().to_string();
    assert!(error.ends_with("circumstance: is missing"), "{error}");
    for (text, words) in [("[]", "one JSON object"), ("{", "line 1 column 1")] {
        let error = parse(&path, text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    assert!(matches!(read_bundle(&folder.path().join("nowhere")), Err(BundleError::Read { .. })));
}
