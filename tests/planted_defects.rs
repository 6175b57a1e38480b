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
use lianpu_engine::Defect::{self, *};
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
type Planted = (Defect, Scope, &'static [&'static str]);

const PLANTED: &[Planted] = &[
    (ExpiredAccepted, SIGN, &["expired", "issued-long-ago"]),
    (SpanUnbounded, SIGN, &["life-too-long"]),
    (DigestByPrefix, SIGN, &["digest-flipped", "digest-truncated", "digest-extended"]),
    (UrlSafeBase64, SIGN, &["envelope-url-safe"]),
    (OneUseTwice, SIGN, &["one-time-replayed"]),
    (BucketIgnored, SIGN, &["bucket-unknown", "bucket-of-other", "bucket-recased"]),
    (AppidIgnored, SIGN, &["appid-of-other", "signed-by-other"]),
    (KeyOfAnybody, SIGN, &["key-of-other", "appid-of-other", "signed-by-other"]),
    (BodyBeforeSignature, BOTH, &[]),
    (TokenExpiryIgnored, TOKEN, &["token-expired"]),
    (TokenUnverified, TOKEN, &["token-forged", "token-changed", "token-cut"]),
    (BearerByPrefix, TOKEN, &["bearer-cut"]),
    (BceQueryIgnored, TOKEN, &["bce-signed-for-other"]),
    (BceExpiredAccepted, TOKEN, &["bce-expired", "bce-issued-in-future"]),
    (CodeAsText, JSON, &[]),
    (MalformedForWrong, SIGN, &[]),
    (SuccessForError, JSON, &["parameter-type", "parameter-characters"]),
    (StatusOfError, JSON, &[]),
    (MessageMissing, JSON, &[]),
    (ErrorWithResult, FIELDS, &[]),
    (LogIdMissing, FIELDS, &[]),
    (PlainText, JSON, &[]),
    (LastBoundaryIgnored, PARTS, &["closing-missing", "length-short"]),
    (BodyLimitIgnored, PICTURE, &["padded"]),
    (TrailingDataAccepted, JSON, &["json-trailing"]),
    (NullAsText, JSON, &["parameter-null"]),
    (TypeSwapsAccepted, JSON, &["parameter-type"]),
    (QuotedBoundaryRefused, PARTS, &["boundary-quoted"]),
    (IdBlanksDropped, FIELDS, &["parameter-characters"]),
    (IdCharactersDropped, FIELDS, &["parameter-characters"]),
    (IdOneLonger, JSON, &["parameter-at-limit"]),
    (InfoOneLonger, ABOUT, &["parameter-at-limit"]),
    (GifAccepted, PICTURE, &["foreign-format", "animated-gif"]),
    (FacelessAccepted, PICTURE, &["no-face", "one-pixel"]),
    (DamageAccepted, PICTURE, &["truncated-in-scan", "truncated-before-end", "damaged-scan"]),
    (
        DamageAsFormat,
        PICTURE,
        &["truncated-in-scan", "truncated-before-end", "truncated-in-header", "damaged-scan"],
    ),
    (PersonBeforeFace, PERSON, &["no-face", "empty-file", "truncated-in-scan"]),
    (UserBeforeFace, USER, &["no-face"]),
    (MethodIgnored, FIELDS, &["method-other"]),
    (PanicsOnEmptyHeader, SIGN, &["authorization-empty"]),
    (PanicsOnExtendedName, PARTS, &["filename-star"]),
    (HangsOnNesting, JSON, &["json-deep"]),
];

/// Mistakes that show in what was made before, not in how a request deviates: the catalogue's scenarios find them. With the
/// operation that is looked at, and the trigger of a scenario that fails.
const OF_RUN: &[(Defect, &str, &str)] = &[
    (CandidatesOneMore, "identify", "six-persons-and-at-most-five-candidates"),
    (FacesOneMore, "addface", "one-face-more-than-allowed"),
    (HalfMadeGroup, "newperson", "same-person-id"),
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
        let spoilt = Server::start(&["--allow-private-urls", "--defect", defect.name()]);
        let run = at(&spoilt, &["run", "--quiet", "--dialect", "tencent-ci", "--op", operation]);
        let said = String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(1), "{}: {said}", defect.name());
        let failed = said.lines().filter(|line| line.starts_with("FAIL"));
        assert!(
            failed.clone().any(|line| line.contains(trigger)),
            "{}: {:?}",
            defect.name(),
            failed.collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_defect_is_looked_for() {
    let known = |defect: &&Defect| {
        PLANTED
            .iter()
            .map(|(planted, ..)| planted)
            .chain(OF_RUN.iter().map(|(planted, ..)| planted))
            .any(|planted| planted == *defect)
    };
    let forgotten: Vec<_> = Defect::ALL.iter().filter(|defect| !known(defect)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    assert!(PLANTED.len() >= 25);
}

/// Searches for a defect; why it counts as missed.
fn found(planted: &Planted, honest: &Server) -> Result<(), String> {
    let (defect, (subject, dialect, operation), shown_by) = planted;
    let name = defect.name();
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
