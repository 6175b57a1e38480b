//! Adopting a target that answers wrongly: its deviations become known, and only what changes is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::Value;

use crate::common;
use crate::common::proxy::{Answer, Proxy};
use crate::common::{lianpu, shared};

/// A target that answers every request for the person that exists already with another code.
struct Wrong {
    folder: tempfile::TempDir,
    proxy: Proxy,
    code: Arc<AtomicI64>,
    _server: Arc<common::Server>,
}

impl Wrong {
    fn start() -> Self {
        let server = shared();
        let code = Arc::new(AtomicI64::new(-1399));
        let shown = Arc::clone(&code);
        let proxy =
            Proxy::start(&server, move |exchange| match (exchange.code(), shown.load(Ordering::Relaxed)) {
                (Some(-1302), code) if code != -1302 => Answer::Body(
                    exchange
                        .reply
                        .json()
                        .map(|mut body| {
                            body["code"] = code.into();
                            body.to_string()
                        })
                        .unwrap(),
                ),
                _ => Answer::Honest,
            });
        let folder = tempfile::tempdir().unwrap();
        let mut ready = server.ready.clone();
        ready["base_url"] = proxy.url().into();
        fs::write(folder.path().join("ready.json"), ready.to_string()).unwrap();
        Self { folder, proxy, code, _server: server }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn answers(&self, code: i64) {
        self.code.store(code, Ordering::Relaxed);
    }

    /// Runs the command in the folder; its exit code and all it said.
    fn lianpu(&self, words: &[&str]) -> (i32, String) {
        let output = lianpu(words, Some(self.path()));
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    /// Two rows of two operations, through the proxy.
    fn run(&self, more: &[&str]) -> (i32, String) {
        let words = ["run", "--quiet", "--credentials", "ready.json", "--table", "face", "--op", "newperson"];
        self.lianpu(&[&words[..], &["--row", "-1302", "--row", "4"], more].concat())
    }

    fn capture(&self, more: &[&str]) -> (i32, String) {
        let words = ["baseline", "capture", "lianpu-report/events.ndjson", "--reason", "known since 1.0"];
        self.lianpu(&[&words[..], &["--expires", "2999-01-31"], more].concat())
    }

    fn report(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.path().join("lianpu-report/report.json")).unwrap())
            .unwrap()
    }

    fn ids(&self, verdict: &str) -> BTreeSet<String> {
        let report = self.report();
        let of =
            report["scenarios"].as_array().unwrap().iter().filter(|scenario| scenario["verdict"] == verdict);
        of.map(|scenario| scenario["id"].as_str().unwrap().to_owned()).collect()
    }

    fn expectations(&self) -> String {
        fs::read_to_string(self.path().join("expectations.toml")).unwrap()
    }
}

const KNOWN: [&str; 2] = ["--expectations", "expectations.toml"];

#[test]
fn a_failing_target_is_adopted_in_three_commands() {
    let target = Wrong::start();
    let (exit, said) = target.run(&[]);
    assert_eq!(exit, 1, "{said}");
    let failing = target.ids("fail");
    assert!(!failing.is_empty() && failing.iter().all(|id| id.contains("/-1302/")), "{failing:?}");
    assert!(!target.ids("pass").is_empty(), "{said}");

    let (exit, said) = target.capture(&[]);
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains(&format!("{} deviation", failing.len())), "{said}");

    let (exit, said) = target.run(&KNOWN);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(target.ids("expected-fail"), failing, "listed scenarios run");
    assert!(said.contains(&format!("{} expected-fail", failing.len())), "{said}");
    let report = target.report();
    assert_eq!(report["score"]["diverging"], failing.len(), "a known deviation is one: {report}");
    assert_eq!(report["gate"]["outcome"], "as-expected");
    let expected = report["scenarios"].as_array().unwrap().iter().find(|s| s["verdict"] == "expected-fail");
    assert_eq!(expected.unwrap()["expectation"]["reason"], "known since 1.0");
    assert_eq!(report["standings"]["expected"], failing.len());

    // Captured once more, nothing is there to be added.
    let before = target.expectations();
    assert_eq!(target.capture(&[]).0, 0);
    assert_eq!(target.expectations(), before);
    let (exit, said) = target.lianpu(&["baseline", "check"]);
    assert!(exit == 0 && said.contains("sound"), "{said}");
}

#[test]
fn only_what_changes_is_told() {
    let target = Wrong::start();
    assert_eq!(target.run(&[]).0, 1);
    let failing = target.ids("fail");
    assert_eq!(target.capture(&[]).0, 0);
    let text = format!("# By hand.\n{}# Until here.\n", target.expectations());
    fs::write(target.path().join("expectations.toml"), &text).unwrap();

    // Another code is another failure.
    target.answers(-1101);
    let (exit, said) = target.run(&KNOWN);
    assert!(exit == 1 && said.contains("this is a new failure"), "exit {exit}: {said}");
    assert_eq!(target.ids("fail"), failing);
    let (exit, said) = target.lianpu(&["baseline", "update", "lianpu-report/events.ndjson"]);
    assert!(exit == 0 && said.contains("pinned anew"), "{said}");
    let updated = target.expectations();
    assert_eq!(updated, text.replace("code = -1399", "code = -1101"), "nothing else changes");
    assert_eq!(target.run(&KNOWN).0, 0);

    // Mended: the entries are stale, and that alone is exit 4.
    target.answers(-1302);
    let (exit, said) = target.run(&KNOWN);
    assert!(exit == 4 && said.contains("GONE"), "exit {exit}: {said}");
    assert_eq!(target.ids("unexpected-pass"), failing);
    let (exit, said) = target.lianpu(&["baseline", "prune", "lianpu-report/events.ndjson"]);
    assert!(exit == 0 && said.contains("taken out"), "{said}");
    let pruned = target.expectations();
    assert!(pruned.starts_with("# By hand.\n") && pruned.ends_with("# Until here.\n"), "{pruned}");
    assert!(!pruned.contains("[[expect]]"), "{pruned}");
    assert_eq!(target.run(&KNOWN).0, 0);

    // An entry whose last day is over counts again.
    target.answers(-1101);
    fs::write(target.path().join("expectations.toml"), updated.replace("2999-01-31", "2020-01-31")).unwrap();
    let (exit, said) = target.run(&KNOWN);
    assert!(exit == 4 && said.contains("known until 2020-01-31"), "exit {exit}: {said}");
    let (exit, said) = target.lianpu(&["baseline", "check"]);
    assert!(exit == 4 && said.contains("ended on 2020-01-31"), "exit {exit}: {said}");
}

#[test]
fn a_quarantine_runs_and_never_gates() {
    let target = Wrong::start();
    let text = "version = 1\n\n[[quarantine]]\nid = \"tencent-ci/face/-1302/newperson/*\"\nreason = \"disputed\"\n\
                issue = \"OURS-7\"\nexpires = 2999-01-31\n";
    fs::write(target.path().join("expectations.toml"), text).unwrap();
    let (exit, said) = target.run(&KNOWN);
    assert_eq!(exit, 0, "{said}");
    assert!(!target.ids("fail").is_empty(), "the verdict stays what it is");
    assert!(said.contains("quarantined"), "{said}");
}

#[test]
fn what_is_wrong_with_the_file_is_told_before_anything_is_sent() {
    let target = Wrong::start();
    let entry = |id: &str, expires: &str| {
        format!(
            "version = 1\n[[expect]]\nid = \"{id}\"\nactual = {{ code = 0 }}\nreason = \"r\"\n{expires}\n"
        )
    };
    let day = "expires = 2999-01-31";
    for (text, part) in [
        (
            entry("tencent-ci/face/-1302/newperson/same-person-di", day),
            "expectations.toml:2: expect.id: no scenario tencent-ci/face/-1302/newperson/same-person-di; did you mean \
             tencent-ci/face/-1302/newperson/same-person-id?",
        ),
        (entry("tencent-ci/**", day), "at most 20; narrow it, or raise it by max = "),
        (entry("tencent-ci/face/-1302/newperson/*", ""), "expect.expires: is missing"),
        ("version = 1\n[[expext]]\n".to_owned(), "expext: unknown key; did you mean expect?"),
    ] {
        fs::write(target.path().join("expectations.toml"), text).unwrap();
        let (exit, said) = target.run(&KNOWN);
        assert!(exit == 2 && said.contains(part), "exit {exit}: {said}");
        assert!(!target.path().join("lianpu-report").exists(), "nothing ran");
    }
    let (exit, said) = target.run(&["--expectations", "none.toml"]);
    assert!(exit == 2 && said.contains("none.toml: cannot be read"), "{said}");
    assert_eq!(target.run(&[]).0, 1);
    let words =
        ["baseline", "capture", "lianpu-report/events.ndjson", "--reason", "r", "--expires", "2020-01-01"];
    let (exit, said) = target.lianpu(&words);
    assert!(exit == 2 && said.contains("--expires 2020-01-01 is over"), "{said}");
    assert!(!target.proxy.url().is_empty());
}
