//! What each mutator of signatures and bodies lets answer, as codes: what their classes of conditions come to in the data.

use std::fmt::Write as _;
use std::sync::Arc;

use arbitrary::Unstructured;
use lianpu::judge::Expected;
use lianpu::mutate::{Mutation, Plan, Subject, apply, mutators};
use lianpu::oracle::predict;
use lianpu::request::{Caller, Ground, Standing};
use lianpu::wire::File;
use lianpu_corpus::{Dialect, Operation, bundled};

/// Bytes that the parameters of every mutation are drawn from.
const DRAWN_FROM: [u8; 64] = [0x35; 64];

fn ground(dialect: &'static Dialect, operation: &'static Operation) -> Ground {
    let file = Arc::new(File {
        name: "p.jpeg".into(),
        media_type: "image/jpeg".into(),
        bytes: b"\xFF\xD8one".to_vec(),
    });
    let standing = Standing::default()
        .with("person", ["p"])
        .with("group", ["g"])
        .with("other-group", ["h"])
        .with("face", ["1"])
        .with_pictures(Arc::clone(&file), file);
    let mut account = dialect.manifest.accounts[0].clone();
    account.set("expired_token", "24.expired");
    let caller = Caller {
        dialect,
        account,
        other: dialect.manifest.accounts.get(1).cloned(),
        token: Some("24.abcdef0123".into()),
        other_token: Some("24.other".into()),
        host: "h".into(),
        now: 1_700_000_000,
        nonce: 7,
        limits: dialect.manifest.limits.clone(),
    };
    Ground::valid(dialect, operation, &standing, "f", caller).unwrap()
}

fn words(prediction: &Expected) -> String {
    let mut codes: Vec<_> = prediction.answers.iter().map(|allowed| allowed.code.to_string()).collect();
    codes.sort();
    let mut words = if prediction.success { vec!["success".to_owned()] } else { Vec::new() };
    words.extend(codes);
    words.extend(prediction.statuses.iter().map(|status| format!("HTTP {status}")));
    words.extend(prediction.closes.then(|| "closed".to_owned()));
    words.join(" ")
}

#[test]
fn every_mutator_lets_the_same_codes_answer_as_ever() {
    let mut text = String::new();
    for (dialect, operation) in
        [("tencent-ci", "getinfo"), ("tencent-ci", "newperson"), ("baidu-face", "user-add")]
    {
        let dialect = bundled(dialect).unwrap();
        let operation = dialect.operation(operation).unwrap();
        let ground = ground(dialect, operation);
        writeln!(text, "{} {}", dialect.manifest.name, operation.name).unwrap();
        let own = mutators().filter(|mutator| mutator.applies_to(dialect, operation));
        for mutator in own.filter(|mutator| mutator.subject != Subject::Picture) {
            let drawn = Mutation::draw(mutator, &mut Unstructured::new(&DRAWN_FROM)).unwrap();
            let plan = Plan {
                dialect: dialect.manifest.name.clone(),
                operation: operation.name.clone(),
                mutations: vec![drawn],
            };
            let mutant = apply(&plan, &ground).unwrap();
            let prediction = predict(dialect, operation, &mutant.effects);
            writeln!(text, "  {}: {}", mutator.name, words(&prediction)).unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/predictions");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("codes", text));
}
