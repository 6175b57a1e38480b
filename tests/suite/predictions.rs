//! The oracle's prediction contains the engine's answer: plans over every operation of both dialects, carried out against
//! an engine in this process.
//!
//! The two share tables and nothing else, so that a mistake shows as a difference. `LIANPU_CASES` sets the plans that
//! each test draws, `LIANPU_SEED` the bytes they are drawn from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use arbitrary::Unstructured;
use lianpu::judge::Judgement;
use lianpu::mutate::{Mutation, Plan, Subject, mutators};
use lianpu::oracle::predict;
use lianpu::request::{Ground, Standing};
use lianpu_corpus::{Code, Dialect, Operation};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use crate::in_process::{Target, judged};

const DIALECTS: [&str; 2] = ["tencent-ci", "baidu-face"];

/// What takes longer is told.
const SLOW: Duration = Duration::from_secs(2);

/// A target with what exists at it, renewed when a case has changed it.
struct Stage {
    target: Target,
    standings: BTreeMap<&'static str, Standing>,
    /// What a valid request gets where this engine cannot answer it with success, by dialect and operation.
    unable: BTreeMap<(&'static str, &'static str), Code>,
}

#[derive(Default)]
struct Counts {
    tried: u64,
    lacking: u64,
    differences: Vec<String>,
    by_mutator: BTreeMap<&'static str, u64>,
}

impl Stage {
    fn new() -> Self {
        let mut stage = Self { target: Target::start(), standings: BTreeMap::new(), unable: BTreeMap::new() };
        for (dialect, operation) in operations() {
            let mut counts = Counts::default();
            let plan = plan(dialect, operation, Vec::new());
            let ground = stage.ground(dialect, operation);
            let (mutant, reply) = stage.target.try_plan(&plan, &ground).unwrap();
            let prediction = predict(dialect, operation, &mutant.effects);
            let Judgement { answer, findings, .. } = judged(reply.as_ref(), &prediction, dialect, operation);
            stage.renew(dialect, operation);
            if !findings.is_empty() {
                // Without nets or videos some operations cannot succeed; every other must.
                assert!(!operation.needs.is_empty(), "{}: {findings:?} {reply:?}", operation.name);
                let code = answer.code.clone().unwrap();
                stage.unable.insert((&dialect.manifest.name, &operation.name), code);
            }
            counts.tried += 1;
        }
        stage
    }

    fn standing(&mut self, dialect: &'static Dialect) -> Standing {
        let target = &self.target;
        self.standings.entry(&dialect.manifest.name).or_insert_with(|| target.standing(dialect)).clone()
    }

    fn ground(&mut self, dialect: &'static Dialect, operation: &'static Operation) -> Ground {
        let standing = self.standing(dialect);
        self.target.ground(dialect, operation, &standing)
    }

    /// Forgets what exists if the operation may have changed it.
    fn renew(&mut self, dialect: &'static Dialect, operation: &Operation) {
        if operation.changes {
            self.standings.remove(dialect.manifest.name.as_str());
        }
    }

    fn try_plan(&mut self, plan: &Plan, counts: &mut Counts) {
        let dialect = lianpu_corpus::bundled(&plan.dialect).unwrap();
        let operation = dialect.operation(&plan.operation).unwrap();
        let ground = self.ground(dialect, operation);
        let started = Instant::now();
        let Ok((mutant, reply)) = self.target.try_plan(plan, &ground) else {
            counts.lacking += 1;
            return;
        };
        counts.tried += 1;
        if started.elapsed() > SLOW {
            eprintln!("{} ms: {}", started.elapsed().as_millis(), serde_json::to_string(plan).unwrap());
        }
        for mutation in &plan.mutations {
            *counts.by_mutator.entry(mutation.name()).or_default() += 1;
        }
        let prediction = predict(dialect, operation, &mutant.effects);
        assert!(
            prediction.success
                || prediction.closes
                || !(prediction.answers.is_empty() && prediction.statuses.is_empty()),
            "nothing may answer {}",
            serde_json::to_string(plan).unwrap()
        );
        let Judgement { answer, mut findings, .. } = judged(reply.as_ref(), &prediction, dialect, operation);
        let unable = self.unable.get(&(dialect.manifest.name.as_str(), operation.name.as_str()));
        if prediction.success && unable.is_some() && answer.code.as_ref() == unable {
            findings.clear();
        }
        if answer.success {
            self.renew(dialect, operation);
        }
        if !findings.is_empty() {
            let mut text = format!("{}\n", serde_json::to_string(plan).unwrap());
            for finding in &findings {
                let _ = writeln!(text, "    {finding}");
            }
            for effect in &mutant.effects {
                let _ = writeln!(text, "    rule: {}", effect.rule);
            }
            let body = reply.map(|reply| format!("{} {}", reply.status, reply.excerpt(200)));
            let _ = writeln!(text, "    {}", body.unwrap_or_else(|| "closed".to_owned()));
            eprintln!("{text}");
            counts.differences.push(text);
        }
    }
}

impl Counts {
    fn judge(&self, what: &str) {
        eprintln!("{what}: {} cases, {} more lacked something of the target", self.tried, self.lacking);
        let shown: Vec<_> = self.differences.iter().take(20).map(String::as_str).collect();
        assert!(shown.is_empty(), "{} differences\n{}", self.differences.len(), shown.join("\n"));
    }
}

fn operations() -> Vec<(&'static Dialect, &'static Operation)> {
    let dialects = DIALECTS.iter().map(|name| lianpu_corpus::bundled(name).unwrap());
    dialects
        .flat_map(|dialect| dialect.operations.iter().map(move |operation| (dialect, operation)))
        .collect()
}

fn plan(dialect: &Dialect, operation: &Operation, mutations: Vec<Mutation>) -> Plan {
    Plan { dialect: dialect.manifest.name.clone(), operation: operation.name.clone(), mutations }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |text| text.parse().unwrap())
}

struct Random(SplitMix64);

impl Random {
    fn bytes(&mut self) -> Vec<u8> {
        (0..24).flat_map(|_| self.next().to_le_bytes()).collect()
    }

    fn next(&mut self) -> u64 {
        self.0.next_u64()
    }
}

/// Every mutator of some subjects, on operations that it applies to; then plans as the fuzzer draws them.
fn try_many(stage: &mut Stage, subjects: &[Subject], rounds: u64, cases: u64) {
    let seed = number("LIANPU_SEED", 5);
    let mut random = Random(SplitMix64::seed_from_u64(seed));
    let mut counts = Counts::default();
    let asked = || mutators().filter(|mutator| subjects.contains(&mutator.subject));
    let operations = operations();
    for mutator in asked() {
        let applies = |(dialect, operation): &&(&'static Dialect, &'static Operation)| {
            mutator.applies_to(dialect, operation)
        };
        let open: Vec<_> = operations.iter().filter(applies).collect();
        for _ in 0..rounds {
            let bytes = random.bytes();
            let mut bytes = Unstructured::new(&bytes);
            let (dialect, operation) = **bytes.choose(&open).unwrap();
            let mutation = Mutation::draw(mutator, &mut bytes).unwrap();
            stage.try_plan(&plan(dialect, operation, vec![mutation]), &mut counts);
        }
    }
    for _ in 0..number("LIANPU_CASES", cases) {
        let bytes = random.bytes();
        let mut bytes = Unstructured::new(&bytes);
        let (dialect, operation) = *bytes.choose(&operations).unwrap();
        let plan = Plan::arbitrary_for(&mut bytes, dialect, operation, subjects).unwrap();
        stage.try_plan(&plan, &mut counts);
    }
    for mutator in asked() {
        assert!(counts.by_mutator.contains_key(mutator.name), "{} was never carried out", mutator.name);
    }
    counts.judge(&format!("seed {seed}, {subjects:?}"));
}

#[test]
fn signatures_are_answered_as_predicted() {
    try_many(&mut Stage::new(), &[Subject::Signature], 12, 1500);
}

#[test]
fn bodies_and_signatures_together_are_answered_as_predicted() {
    try_many(&mut Stage::new(), &[Subject::Signature, Subject::Body], 3, 1500);
}

/// Fewer, for pictures are drawn and seen.
#[test]
fn pictures_are_answered_as_predicted() {
    try_many(&mut Stage::new(), &[Subject::Picture], 1, 20);
}

/// Plans that once showed a mistake, kept for ever.
#[test]
fn regressions_stay_mended() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/regressions/plans"));
    let mut stage = Stage::new();
    let mut counts = Counts::default();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let plan: Plan = serde_json::from_str(&std::fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        stage.try_plan(&plan, &mut counts);
    }
    counts.judge("regressions");
}
