//! Planted defects are found: with each mistake of the engine switched on, a campaign finds it, names a mutation that shows
//! it, and leaves a bundle that replays: the finding is there on the spoilt engine, and gone on an honest one.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

mod common;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread};

use common::{Server, lianpu};
use lianpu_engine::fronts;
use serde_json::Value;

/// Cases of one campaign; on two cores they take seconds.
const CASES: &str = "1500";
/// Campaigns at once.
const WORKERS: usize = 3;
/// The seed of every campaign.
const SEED: &str = "1";
/// The time for an answer of a campaign: what a hang takes to be one. Three campaigns at once on a busy machine may miss it
/// now and then, which is one finding more.
const TIMEOUT: &str = "3s";
/// The time for an answer that decides whether a finding is still there: an honest one comes in it on any machine.
const LONG: &str = "30s";

/// Where a mistake is looked for: subject, dialect, operation.
type Scope = (&'static str, &'static str, &'static str);

const SIGN: Scope = ("signature", "tencent-ci", "getinfo");
const TOKEN: Scope = ("signature", "baidu-face", "group-getusers");
const JSON: Scope = ("multipart", "tencent-ci", "setinfo");
const PARTS: Scope = ("multipart", "tencent-ci", "detect");
const PICTURE: Scope = ("picture", "tencent-ci", "detect");
const PERSON: Scope = ("picture", "tencent-ci", "newperson");
const USER: Scope = ("picture", "baidu-face", "user-add");
const FIELDS: Scope = ("multipart", "baidu-face", "group-getusers");
const ABOUT: Scope = ("multipart", "baidu-face", "user-add");
/// Both subjects at a time, which the order of checks needs.
const BOTH: Scope = ("", "baidu-face", "group-getusers");

/// A mistake, where it is looked for, and the mutations of which one shows it (none: any).
type Planted = (&'static str, Scope, &'static [&'static str]);

const PLANTED: &[Planted] = &[
    ("expired-accepted", SIGN, &["expired", "issued-long-ago"]),
    ("span-unbounded", SIGN, &["life-too-long"]),
    ("digest-by-prefix", SIGN, &["digest-flipped", "digest-truncated", "digest-extended"]),
    ("url-safe-base64", SIGN, &["envelope-url-safe"]),
    ("one-use-twice", SIGN, &["one-time-replayed"]),
    ("bucket-ignored", SIGN, &["bucket-unknown", "bucket-of-other", "bucket-recased"]),
    ("appid-ignored", SIGN, &["appid-of-other", "signed-by-other"]),
    ("key-of-anybody", SIGN, &["key-of-other", "appid-of-other", "signed-by-other"]),
    ("body-before-signature", BOTH, &[]),
    ("token-expiry-ignored", TOKEN, &["token-expired"]),
    ("token-unverified", TOKEN, &["token-forged", "token-changed", "token-cut"]),
    ("bearer-by-prefix", TOKEN, &["bearer-cut"]),
    ("bce-query-ignored", TOKEN, &["bce-signed-for-other"]),
    ("bce-expired-accepted", TOKEN, &["bce-expired", "bce-issued-in-future"]),
    ("code-as-text", JSON, &[]),
    ("malformed-for-wrong", SIGN, &[]),
    ("success-for-error", JSON, &["parameter-type", "parameter-characters"]),
    ("status-500", JSON, &[]),
    ("message-missing", JSON, &[]),
    ("error-with-result", FIELDS, &[]),
    ("log-id-missing", FIELDS, &[]),
    ("plain-text", JSON, &[]),
    ("last-boundary-ignored", PARTS, &["closing-missing", "length-short"]),
    ("body-limit-ignored", PICTURE, &["padded"]),
    ("trailing-data-accepted", JSON, &["json-trailing"]),
    ("null-as-text", JSON, &["parameter-null"]),
    ("type-swaps-accepted", JSON, &["parameter-type"]),
    ("quoted-boundary-refused", PARTS, &["boundary-quoted"]),
    ("id-blanks-dropped", FIELDS, &["parameter-characters"]),
    ("id-characters-dropped", FIELDS, &["parameter-characters"]),
    ("id-one-longer", JSON, &["parameter-at-limit"]),
    ("info-one-longer", ABOUT, &["parameter-at-limit"]),
    ("gif-accepted", PICTURE, &["foreign-format", "animated-gif"]),
    ("faceless-accepted", PICTURE, &["no-face", "one-pixel"]),
    ("damage-accepted", PICTURE, &["truncated-in-scan", "truncated-before-end", "damaged-scan"]),
    (
        "damage-as-format",
        PICTURE,
        &["truncated-in-scan", "truncated-before-end", "truncated-in-header", "damaged-scan"],
    ),
    ("person-before-face", PERSON, &["no-face", "empty-file", "truncated-in-scan"]),
    ("user-before-face", USER, &["no-face"]),
    ("method-ignored", FIELDS, &["method-other"]),
    ("panics-on-empty-header", SIGN, &["authorization-empty"]),
    ("panics-on-extended-name", PARTS, &["filename-star"]),
    ("hangs-on-nesting", JSON, &["json-deep"]),
];

/// Mistakes that show in what was made before, not in how a request deviates: the catalogue's scenarios find them. With the
/// operation that is looked at, and the trigger of a scenario that fails.
const OF_RUN: &[(&str, &str, &str)] = &[
    ("candidates-one-more", "identify", "six-persons-and-at-most-five-candidates"),
    ("faces-one-more", "addface", "one-face-more-than-allowed"),
    ("half-made-group", "newperson", "same-person-id"),
];

#[test]
fn every_planted_defect_is_found() {
    let honest = Server::start(&["--allow-private-urls"]);
    let next = AtomicUsize::new(0);
    let search = || {
        let mine = iter::from_fn(|| PLANTED.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.filter_map(|planted| found(planted, &honest).err()).collect()
    };
    let missed: Vec<String> = thread::scope(|scope| {
        let workers = [(); WORKERS].map(|()| scope.spawn(search));
        workers.into_iter().flat_map(|worker| -> Vec<String> { worker.join().unwrap() }).collect()
    });
    assert!(missed.is_empty(), "{} of {} are missed:\n{}", missed.len(), PLANTED.len(), missed.join("\n"));
}

#[test]
fn what_no_mutation_shows_a_run_does() {
    for (defect, operation, trigger) in OF_RUN {
        let spoilt = Server::start(&["--allow-private-urls", "--defect", defect]);
        let run = at(&spoilt, &["run", "--quiet", "--dialect", "tencent-ci", "--op", operation]);
        let said = String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(1), "{defect}: {said}");
        let failed = said.lines().filter(|line| line.starts_with("FAIL"));
        assert!(
            failed.clone().any(|line| line.contains(trigger)),
            "{defect}: {:?}",
            failed.collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_defect_is_looked_for() {
    let looked_for: Vec<_> =
        PLANTED.iter().map(|(name, ..)| *name).chain(OF_RUN.iter().map(|(name, ..)| *name)).collect();
    let mut known: Vec<_> = fronts::defects().iter().map(|defect| defect.name).collect();
    let forgotten: Vec<_> = known.iter().filter(|name| !looked_for.contains(name)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    assert!(looked_for.iter().all(|name| known.contains(name)), "{looked_for:?}");
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), looked_for.len(), "a name stands for two defects, or is looked for twice");
    assert!(PLANTED.len() >= 25);
}

/// Searches for a defect; why it counts as missed.
fn found(planted: &Planted, honest: &Server) -> Result<(), String> {
    let (name, (subject, dialect, operation), shown_by) = planted;
    let spoilt = Server::start(&["--allow-private-urls", "--defect", name]);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("campaign");
    let mut words = vec!["fuzz", "--quiet", "--seed", SEED, "--cases", CASES, "--timeout", TIMEOUT];
    words.extend(["--dialect", dialect, "--op", operation, "--out", out.to_str().unwrap()]);
    if !subject.is_empty() {
        words.extend(["--subject", subject]);
    }
    let campaign = at(&spoilt, &words);
    if campaign.status.code() != Some(1) {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&campaign.stdout)));
    }
    let bundles = bundles(&out);
    let named: Vec<_> = bundles.iter().filter(|(_, mutators)| names_one(mutators, shown_by)).collect();
    let replays = |bundle: &Path, server: &Server| {
        at(server, &["replay", bundle.to_str().unwrap(), "--timeout", LONG]).status.code()
    };
    let proven = named
        .iter()
        .any(|(bundle, _)| replays(bundle, &spoilt) == Some(1) && replays(bundle, honest) == Some(0));
    if proven {
        return Ok(());
    }
    let seen: Vec<_> = bundles.iter().map(|(_, mutators)| mutators.join("+")).collect();
    Err(format!("{name}: none of {shown_by:?} that replays, but {seen:?}"))
}

fn names_one(mutators: &[String], shown_by: &[&str]) -> bool {
    shown_by.is_empty() || mutators.iter().any(|mutator| shown_by.contains(&mutator.as_str()))
}

/// The command, at a server.
fn at(server: &Server, words: &[&str]) -> std::process::Output {
    let ready = server.ready_file();
    let target = ["--target", server.base_url(), "--credentials", ready.to_str().unwrap()];
    lianpu(&[words, &target].concat(), None)
}

/// The bundles of a campaign, each with the mutators of its plan.
fn bundles(campaign: &Path) -> Vec<(PathBuf, Vec<String>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(campaign).unwrap().map(Result::unwrap) {
        let Ok(text) = std::fs::read_to_string(entry.path().join("bundle.json")) else { continue };
        let bundle: Value = serde_json::from_str(&text).unwrap();
        let mutations = bundle["plan"]["mutations"].as_array().unwrap();
        let names = mutations.iter().map(|mutation| mutation["mutator"].as_str().unwrap().to_owned());
        found.push((entry.path(), names.collect()));
    }
    found
}
