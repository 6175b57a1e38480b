//! Bundles written, read, edited.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::BundleError;
use super::file::{Bundle, BundleSubject, MutationSubject};
use super::key::FindingKey;
use super::made::{MadeBundle, ShownFinding};
use super::read::{FILE, read_bundle};
use super::sample::{DIALECT, ground};
use super::seal::Seal;
use crate::judge::{Check, Finding};
use crate::mutate::{self, Plan};
use crate::oracle;
use crate::provoke::Step;
use crate::run::{Attempt, Circumstance, Script};
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
    let shown = ShownFinding {
        target: "staging",
        base_url: "http://h:1",
        seed: 3,
        case: 5,
        drawn: &plan,
        plan: &plan,
        attempt: &attempt,
        key: &FindingKey::of(&plan, &Finding::new(Check::Code, "9", "0")),
        why: &["because".into()],
        confirmed: true,
    };
    MadeBundle::of_finding(&shown).write(folder).unwrap();
    plan
}

fn subject(bundle: &Bundle) -> &MutationSubject {
    let BundleSubject::Mutations(mutations) = &bundle.subject else { panic!("of a plan") };
    mutations
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
    let request = &bundle.requests[0];
    let sent = String::from_utf8_lossy(&request.bytes().unwrap()).into_owned();
    assert!(sent.contains("\r\nAuthorization: {{Authorization}}\r\n") && !sent.contains("PLANTED"), "{sent}");
    assert!(request.curl.as_deref().unwrap().contains("-H 'Authorization: {{Authorization}}'"));
    assert_eq!(request.answer.body.as_deref(), Some("{{Authorization}}"));
}

#[test]
fn the_scenario_beside_a_finding_says_its_plan_in_steps_that_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let plan = written(folder.path());
    let text = fs::read_to_string(folder.path().join("reproducer.feature")).unwrap();
    assert_eq!(
        text,
        format!(
            "@dialect:{DIALECT} @op:newperson\n\
             Feature: {DIALECT} newperson, expired\n\
             \n  # expected 9\n  # came     0\n  # because\n\
             \n  Scenario: {DIALECT}/newperson/expired\n    \
             When a newperson request is sent with the mutations [{{\"mutator\":\"expired\",\"by\":900}}]\n    \
             Then the answer is one that the oracle allows\n"
        )
    );
    let steps = Script::parse(&text).unwrap().steps;
    assert_eq!(steps[0], Step::Mutated { operation: plan.operation, mutations: plan.mutations });
}

#[test]
fn a_bundle_opens_to_the_bytes_that_were_sent() {
    let folder = tempfile::tempdir().unwrap();
    let plan = written(folder.path());
    let bundle = read_bundle(folder.path()).unwrap();
    assert_eq!(subject(&bundle).plan, plan);
    let ground = ground();
    let mutant = mutate::apply(&plan, &ground).unwrap();
    let opened =
        Seal::of(&ground.caller, &mutant.request).open(&bundle.requests[0].bytes().unwrap()).unwrap();
    assert_eq!(opened, write_exact(&mutant.request, &mutant.framing, "h:1"));
}

#[test]
fn an_edited_bundle_is_refused_by_the_field() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let path = folder.path().join(FILE);
    let whole: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let told = |text: &str| {
        fs::write(&path, text).unwrap();
        read_bundle(&path).unwrap_err().to_string()
    };
    let edited = |pointer: &str, value: Value| {
        let mut edited = whole.clone();
        *edited.pointer_mut(pointer).unwrap() = value;
        told(&edited.to_string())
    };
    for (pointer, value, words) in [
        ("/schema", 9.into(), ": schema: is 9, but this version reads 2"),
        ("/case", 6.into(), ": digest: is not the digest of the other fields"),
        ("/requests", Value::Array(Vec::new()), ": requests: a plan makes one request, but 0 are here"),
        ("/seed", "x".into(), ": seed: invalid type"),
        ("/plan/dialect", "nowhere".into(), ": plan.dialect:"),
        ("/plan/operation", "newpersn".into(), " has no operation «newpersn»"),
        (
            "/plan/mutations/0/mutator",
            "expird".into(),
            ": plan.mutations[0].mutator: no mutator «expird»; the nearest is expired",
        ),
        ("/plan/mutations/0/by", "x".into(), ": plan.mutations[0]: not what expired takes"),
        ("/requests/0/sent", "!!".into(), ": requests[0].sent: is no base64"),
        ("/requests/0/sent", "AAAA".into(), ": requests[0].sha256: is not the digest"),
        ("/expected/codes", 1.into(), ": expected:"),
    ] {
        let error = edited(pointer, value);
        assert!(error.contains(words), "{error}, not {words}");
    }
    let mut lacking = whole.clone();
    lacking.as_object_mut().unwrap().remove("circumstance");
    let error = told(&lacking.to_string());
    assert!(error.ends_with("circumstance: is missing"), "{error}");
    for (text, words) in [("[]", "one JSON object"), ("{", "line 1 column 1")] {
        let error = told(text);
        assert!(error.contains(words), "{error}");
    }
    assert!(matches!(read_bundle(&folder.path().join("nowhere")), Err(BundleError::Read { .. })));
}
