//! Every mutator of bodies and pictures, one at a time, on every operation: the bundled engine answers within what is
//! predicted.

use std::collections::BTreeMap;

use arbitrary::Unstructured;
use lianpu::mutate::{Mutation, Mutator, Plan, Subject, mutators};
use lianpu::oracle::predict;
use lianpu::request::Standing;
use lianpu_corpus::{Dialect, Operation};

use crate::in_process::{Target, judged};

/// How often each mutator draws its parameters for an operation.
const DRAWS: u64 = 6;
/// The same where pictures are drawn and looked at.
const DRAWS_OF_PICTURES: u64 = 2;

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
    let target = Target::start();
    let mut operations = Vec::new();
    for name in ["tencent-ci", "baidu-face"] {
        let dialect = lianpu_corpus::bundled(name).unwrap();
        operations.extend(dialect.operations.iter().map(|operation| (dialect, operation)));
    }
    operations.retain(|(_, operation)| target.can(operation));
    let halves = operations.chunks(operations.len().div_ceil(2));
    let found: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = halves
            .map(|half| {
                scope
                    .spawn(|| half.iter().map(|(d, o)| on(&target, d, o, subject, draws)).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let cases: usize = found.iter().map(|(cases, _)| cases).sum();
    assert!(cases > 1000, "only {cases} cases ran");
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
    target: &Target,
    dialect: &'static Dialect,
    operation: &'static Operation,
    subject: Subject,
    draws: u64,
) -> (usize, Vec<(String, String, String)>) {
    let mut standing = None;
    let mut found = Vec::new();
    let mut cases = 0;
    let own =
        mutators().filter(|mutator| mutator.subject == subject && mutator.applies_to(dialect, operation));
    for mutator in own {
        for draw in 0..draws {
            let mutations = vec![drawn(mutator, draw)];
            let (dialect_name, name) = (dialect.manifest.name.clone(), operation.name.clone());
            let plan = Plan { dialect: dialect_name, operation: name, mutations };
            let standing_now = standing.take().unwrap_or_else(|| target.standing(dialect));
            cases += 1;
            found.extend(disagreement(target, dialect, operation, &standing_now, &plan));
            if !operation.changes {
                standing = Some(standing_now);
            }
        }
    }
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

fn disagreement(
    target: &Target,
    dialect: &'static Dialect,
    operation: &'static Operation,
    standing: &Standing,
    plan: &Plan,
) -> Option<(String, String, String)> {
    let (mutant, reply) = target.try_plan(plan, &target.ground(dialect, operation, standing)).unwrap();
    let prediction = predict(dialect, operation, &mutant.effects);
    let findings = judged(reply.as_ref(), &prediction, dialect, operation).findings;
    let finding = findings.first()?;
    let rules: Vec<_> = mutant.effects.iter().map(|effect| effect.rule.as_str()).collect();
    let mutation = &plan.mutations[0];
    Some((
        format!("{} {}: {finding}", plan.dialect, mutation.name()),
        plan.operation.clone(),
        format!("{} [{}]", serde_json::to_string(mutation).unwrap(), rules.join("; ")),
    ))
}
