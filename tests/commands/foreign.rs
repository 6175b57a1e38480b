//! Servers by other hands judge the suite: what they choose where the documents leave room is not called wrong, and what
//! they do wrong on purpose is.

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{PATIENCE, lianpu};

/// A server of another hand, on a thread that ends with the tests.
struct Foreign {
    folder: TempDir,
}

/// Where the ready line goes.
struct Ready(Sender<String>, String);

impl Write for Ready {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.send(std::mem::take(&mut self.1));
        Ok(())
    }
}

impl Foreign {
    fn start(dialect: &str, options: &[&str]) -> Self {
        let (sender, receiver) = channel();
        let mut ready = Ready(sender, String::new());
        let arguments: Vec<String> =
            ["--listen", "127.0.0.1:0"].iter().chain(options).map(|word| (*word).to_owned()).collect();
        match dialect {
            "tencent-ci" => thread::spawn(move || {
                foreign_tencent::run(arguments, &mut ready).unwrap_or_else(|failure| panic!("{failure:?}"));
            }),
            _ => thread::spawn(move || {
                let arguments = std::iter::once("foreign-baidu".to_owned()).chain(arguments);
                foreign_baidu::run(arguments, &mut ready).unwrap_or_else(|failure| panic!("{failure}"));
            }),
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ready.json"), receiver.recv_timeout(PATIENCE).unwrap()).unwrap();
        Self { folder }
    }

    /// Runs the suite there: the exit code and the report.
    fn judged(&self, options: &[&str]) -> (i32, Value) {
        let run = ["run", "--credentials", "ready.json", "--quiet", "--report", "json=report.json"];
        let output = lianpu(&[&run, options].concat(), Some(self.folder.path()));
        let report = self.folder.path().join("report.json");
        let said = String::from_utf8_lossy(&output.stderr);
        let report = std::fs::read(report).unwrap_or_else(|error| panic!("{error}: {said}"));
        (output.status.code().unwrap(), serde_json::from_slice(&report).unwrap())
    }
}

/// The verdict of every scenario.
fn verdicts(report: &Value) -> Vec<(String, String)> {
    let scenarios = report["scenarios"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut verdicts: Vec<_> = scenarios.map(|one| (text(&one["id"]), text(&one["verdict"]))).collect();
    verdicts.sort_unstable();
    verdicts
}

/// The scenarios that deviate, or could not be judged, though documents or records found them.
fn wronged(report: &Value) -> Vec<String> {
    let scenarios = report["scenarios"].as_array().unwrap().iter();
    let bad = scenarios.filter(|one| {
        let verdict = one["verdict"].as_str().unwrap();
        verdict == "indeterminate" || (verdict == "fail" && one["certainty"] != "inferred")
    });
    bad.map(ToString::to_string).collect()
}

#[test]
fn no_choice_of_a_foreign_server_is_called_wrong() {
    for dialect in ["tencent-ci", "baidu-face"] {
        let (exit, report) = Foreign::start(dialect, &[]).judged(&[]);
        assert_eq!(wronged(&report), [""; 0], "{dialect}");
        assert_eq!(exit, 0, "{dialect}");
        let passed = verdicts(&report).iter().filter(|(_, verdict)| verdict == "pass").count();
        assert!(passed > 450, "{dialect}: only {passed} scenarios pass");
    }
}

#[test]
fn an_operation_that_is_not_offered_is_found_and_not_judged() {
    let server = Foreign::start("tencent-ci", &[]);
    let (exit, report) = server.judged(&["--op", "shape", "--op", "getinfo"]);
    assert_eq!(exit, 0);
    for one in report["scenarios"].as_array().unwrap().iter().filter(|one| one["op"] == "shape") {
        let expected = "shape: it is answered like a path that nobody has: HTTP 404";
        if one["reason"]["code"] != "needs-fault-hook" {
            assert_eq!(one["reason"]["code"], "operation-not-offered", "{one}");
            assert_eq!(one["reason"]["detail"], expected, "{one}");
        }
    }
    // Who names its operations is taken at its word.
    let ready: Value =
        serde_json::from_slice(&std::fs::read(server.folder.path().join("ready.json")).unwrap()).unwrap();
    let address = ready["base_url"].as_str().unwrap();
    let account = &ready["accounts"]["tencent-ci"][0];
    let config = format!(
        "[target.named]\nbase_url = \"{address}\"\noperations = [\"shape\"]\n[target.named.account.tencent-ci]\n\
         appid = {}\nbucket = {}\nsecret_id_env = \"FOREIGN_ID\"\nsecret_key_env = \"FOREIGN_KEY\"\n",
        account["appid"], account["bucket"],
    );
    std::fs::write(server.folder.path().join("lianpu.toml"), config).unwrap();
    let mut command = std::process::Command::new(crate::common::LIANPU);
    command.args(["run", "--target", "named", "--quiet", "--op", "shape", "--op", "getinfo"]);
    command.args(["--report", "json=named.json"]);
    command.env("FOREIGN_ID", account["secret_id"].as_str().unwrap());
    command.env("FOREIGN_KEY", account["secret_key"].as_str().unwrap());
    let output = command.current_dir(server.folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("FAIL  tencent-ci/face/0/shape/") && !said.contains("FAIL  tencent-ci/face/0/getinfo"),
        "{said}"
    );
    let named = std::fs::read(server.folder.path().join("named.json")).unwrap();
    let named: Value = serde_json::from_slice(&named).unwrap();
    let scenarios = named["scenarios"].as_array().unwrap().iter();
    let open: Vec<_> = scenarios.filter(|one| one["op"] == "getinfo").map(|one| &one["reason"]).collect();
    let unnamed = serde_json::json!({
        "code": "operation-not-offered", "detail": "getinfo: the target is said to be without it"
    });
    assert!(open.iter().any(|reason| **reason == unnamed), "{open:?}");
    let allowed = |reason: &&Value| **reason == unnamed || reason["code"] == "needs-fault-hook";
    assert!(open.iter().all(allowed), "{open:?}");
}

#[test]
fn what_a_foreign_server_does_wrong_is_noticed() {
    // What is planted, the operation asked, and what must be among what deviates.
    let planted = [
        ("tencent-ci", "mismatch-as-14", "getinfo", "/6/getinfo/"),
        ("tencent-ci", "code-as-text", "newperson", "\"check\":\"code-type\""),
        ("tencent-ci", "stranger-as-21", "getinfo", "/-1303/getinfo/"),
        ("tencent-ci", "deleted-stays", "delperson", "/-1303/delperson/"),
        ("tencent-ci", "existing-overwritten", "newperson", "/-1302/newperson/"),
        ("tencent-ci", "match-inverted", "verify", "/0/verify/"),
        ("baidu-face", "missing-access-token-is-110", "group-getusers", "/100/group-getusers/"),
        ("baidu-face", "log-id-as-text", "group-getusers", "/log_id"),
        ("baidu-face", "refusal-is-http-400", "group-getusers", "\"check\":\"status\""),
        ("baidu-face", "group-twice-is-taken", "group-add", "/223101/group-add/"),
        ("baidu-face", "unknown-group-is-deleted", "group-delete", "/223100/group-delete/"),
    ];
    for (dialect, defect, operation, sign) in planted {
        let server = Foreign::start(dialect, &["--defect", defect]);
        let (exit, report) = server.judged(&["--op", operation]);
        let wronged = wronged(&report);
        assert_eq!(exit, 1, "{defect}: {wronged:?}");
        assert!(wronged.iter().any(|one| one.contains(sign)), "{defect}: {sign} is not in {wronged:?}");
    }
}

#[test]
fn a_rate_is_kept_and_changes_no_verdict() {
    let choice = ["--op", "delperson", "--table", "face-management", "--tags", "@reach:wire"];
    let (_, free) = Foreign::start("tencent-ci", &[]).judged(&choice);
    let limited = Foreign::start("tencent-ci", &["--requests-per-second", "10"]);
    let (exit, slow) = limited.judged(&choice);
    assert_eq!(exit, 0);
    assert_eq!(verdicts(&slow), verdicts(&free));
    assert_eq!(slow["leftovers"], free["leftovers"]);
    assert!(!is_empty(&free), "something is judged");
}

fn is_empty(report: &Value) -> bool {
    !verdicts(report).iter().any(|(_, verdict)| verdict == "pass")
}

#[test]
fn a_campaign_calls_no_choice_of_a_foreign_server_wrong() {
    for dialect in ["tencent-ci", "baidu-face"] {
        let server = Foreign::start(dialect, &[]);
        let fuzz = [
            "fuzz",
            "--credentials",
            "ready.json",
            "--seed",
            "7",
            "--cases",
            "400",
            "--out",
            "out",
            "--quiet",
        ];
        let output = lianpu(&fuzz, Some(Path::new(server.folder.path())));
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{dialect}: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
