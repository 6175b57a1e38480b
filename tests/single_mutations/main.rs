//! Every mutator of bodies and pictures, one at a time, on every operation: the bundled engine answers within what is
//! predicted.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

mod asking;
mod engine;

use std::collections::BTreeMap;

use arbitrary::Unstructured;
use lianpu::mutate::{Ground, Mutation, Mutator, Plan, Subject, apply, mutators};
use lianpu::oracle::predict;
use lianpu_corpus::{Dialect, Operation};

use asking::{Answer, Asker};
use engine::Engine;

/// How often each mutator draws its parameters for an operation.
const DRAWS: u64 = 6;
/// The same where pictures are drawn and looked at.
const DRAWS_OF_PICTURES: u64 = 3;

#[test]
fn the_engine_answers_bodies_as_predicted() {
    let disagreements = all(Subject::Body, DRAWS);
    assert!(disagreements.is_empty(), "{}", told(&disagreements));
}

#[test]
fn the_engine_answers_pictures_as_predicted() {
    let disagreements = all(Subject::Picture, DRAWS_OF_PICTURES);
    assert!(disagreements.is_empty(), "{}", told(&disagreements));
}

/// By what disagrees, the operations and the first example.
type Disagreements = BTreeMap<String, (Vec<String>, String)>;

fn told(disagreements: &Disagreements) -> String {
    let lines = disagreements.iter().map(|(what, (operations, example))| {
        format!("{what}\n    on {}\n    such as {example}\n", operations.join(", "))
    });
    format!("{} disagreements\n{}", disagreements.len(), lines.collect::<String>())
}

fn all(subject: Subject, draws: u64) -> Disagreements {
    let engine = Engine::start();
    let mut operations = Vec::new();
    for name in ["tencent-ci", "baidu-face"] {
        let dialect = lianpu_corpus::bundled(name).unwrap();
        operations.extend(dialect.operations.iter().map(|operation| (dialect, operation)));
    }
    operations.retain(|(_, operation)| engine.can(operation));
    let halves = operations.chunks(operations.len().div_ceil(2));
    let found: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = halves
            .map(|half| {
                scope
                    .spawn(|| half.iter().map(|(d, o)| on(&engine, d, o, subject, draws)).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let cases: usize = found.iter().map(|(cases, _)| cases).sum();
    assert!(cases > 1000, "only {cases} cases ran");
    eprintln!("{cases} cases");
    let mut all = Disagreements::new();
    for (what, operation, example) in found.into_iter().flat_map(|(_, found)| found) {
        let (operations, _) = all.entry(what).or_insert_with(|| (Vec::new(), example));
        if !operations.contains(&operation) {
            operations.push(operation);
        }
    }
    all
}

/// The number of cases, and what disagrees with the operation and an example.
fn on(
    engine: &Engine,
    dialect: &'static Dialect,
    operation: &'static Operation,
    subject: Subject,
    draws: u64,
) -> (usize, Vec<(String, String, String)>) {
    let mut asker = Asker::new(engine, dialect);
    let mut found = Vec::new();
    let mut cases = 0;
    let started = std::time::Instant::now();
    let own =
        mutators().filter(|mutator| mutator.subject == subject && mutator.applies_to(dialect, operation));
    for mutator in own {
        for draw in 0..draws {
            let mutation = drawn(mutator, draw);
            let ground = asker.ground(operation);
            let plan = Plan {
                dialect: dialect.manifest.name.clone(),
                operation: operation.name.clone(),
                mutations: vec![mutation],
            };
            cases += 1;
            found.extend(disagreement(&asker, &ground, &plan));
        }
    }
    eprintln!("{} {cases} in {:?}", operation.name, started.elapsed());
    (cases, found)
}

/// The same for every operation, so that the engine sees each picture once.
fn drawn(mutator: &Mutator, draw: u64) -> Mutation {
    let mut state =
        mutator.name.bytes().fold(draw + 1, |state: u64, byte| state.wrapping_mul(31) + u64::from(byte));
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let bytes: Vec<u8> = std::iter::repeat_with(next).take(64).collect();
    Mutation::draw(mutator, &mut Unstructured::new(&bytes)).unwrap()
}

fn disagreement(asker: &Asker<'_>, ground: &Ground, plan: &Plan) -> Option<(String, String, String)> {
    let mutant = apply(plan, ground).unwrap();
    let prediction = predict(ground.dialect, ground.operation, &mutant.effects);
    let began = std::time::Instant::now();
    let answer = asker.send(&mutant.request, &mutant.framing);
    if began.elapsed().as_secs() > 0 {
        eprintln!("slow {:?} {} {:?} {answer}", began.elapsed(), plan.operation, plan.mutations);
    }
    let right = match &answer {
        Answer::Closed => prediction.closes,
        Answer::Code { status, code } => {
            code.as_ref().is_some_and(|code| prediction.allows(code, ground.dialect))
                || prediction.statuses.contains(status)
        }
    };
    if right {
        return None;
    }
    let allowed: Vec<_> = prediction.answers.iter().map(|allowed| allowed.code.to_string()).collect();
    let success = if prediction.success { " or success" } else { "" };
    let rules: Vec<_> = mutant.effects.iter().map(|effect| effect.rule.as_str()).collect();
    let mutation = &plan.mutations[0];
    Some((
        format!("{} {}: {answer}, not {}{success}", plan.dialect, mutation.name(), allowed.join(" ")),
        plan.operation.clone(),
        format!("{} [{}]", serde_json::to_string(mutation).unwrap(), rules.join("; ")),
    ))
}
