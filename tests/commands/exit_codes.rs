//! What the command's exit says, and what it says beside it; and that a run that is stopped leaves nothing behind.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common;
use crate::common::listener::Listener;
use crate::common::proxy::{Answer, Proxy};
use crate::common::report::run;
use crate::common::{LIANPU, PATIENCE, Server, lianpu, shared, signal_group};

/// Runs the command; its exit code and its standard error.
fn refused(words: &[&str], folder: &Path) -> (i32, String) {
    let output = lianpu(words, Some(folder));
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A ready line for another address, changed as wished.
fn credentials(server: &Server, url: &str, folder: &Path, change: impl Fn(&mut Value)) -> String {
    let mut ready = server.ready.clone();
    ready["base_url"] = json!(url);
    change(&mut ready);
    let path = folder.join("ready.json");
    fs::write(&path, format!("{ready}\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_unreachable_target_is_told_in_one_line() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let gone = Listener::counting().url(); // dropped: nobody listens there any more
    let ready = credentials(&server, &gone, folder.path(), |_| {});
    let (exit, said) = refused(&["run", "--credentials", &ready, "--row", "-1302"], folder.path());
    assert_eq!(exit, 3, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with(&format!("error: target {gone} is not reachable: no connection: ")), "{said}");
}

#[test]
fn a_target_that_never_answers_is_unreachable() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let mute = Listener::start(|stream| {
        std::thread::sleep(Duration::from_secs(30));
        drop(stream);
        Ok(())
    });
    let ready = credentials(&server, &mute.url(), folder.path(), |_| {});
    let words = ["run", "--credentials", &ready, "--row", "-1302", "--timeout", "300ms"];
    let (exit, said) = refused(&words, folder.path());
    assert_eq!(exit, 3, "{said}");
    assert!(said.contains("no complete answer within 300ms"), "{said}");
}

#[test]
fn wrong_credentials_are_told_with_the_code() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let spoil = |ready: &mut Value| {
        ready["accounts"]["tencent-ci"][0]["secret_key"] = json!("NotTheKeyOfThisAccount");
    };
    let ready = credentials(&server, server.base_url(), folder.path(), spoil);
    let (exit, said) = refused(&["run", "--credentials", &ready, "--row", "-1302"], folder.path());
    assert_eq!(exit, 3, "{said}");
    assert!(said.contains("refuses the tencent-ci credentials: code 14 "), "{said}");
    assert!(!said.contains("NotTheKey"), "{said}");
}

#[test]
fn a_malformed_configuration_is_told_with_line_and_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[run]\njobs = 4\n\n[target.local]\nbase_ulr = \"http://127.0.0.1:1\"\n";
    fs::write(folder.path().join("lianpu.toml"), text).unwrap();
    let (exit, said) = refused(&["run", "--target", "local"], folder.path());
    assert_eq!(exit, 2, "{said}");
    assert!(
        said.contains("lianpu.toml:5: target.local.base_ulr: unknown key; did you mean base_url?"),
        "{said}"
    );
    fs::write(folder.path().join("lianpu.toml"), "[run\n").unwrap();
    let (exit, said) = refused(&["run"], folder.path());
    assert!(exit == 2 && said.contains("lianpu.toml:1"), "{said}");
}

#[test]
fn unknown_words_are_refused_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    for (words, part) in [
        (&["run", "--row", "-13022"][..], "no row -13022; did you mean -1302?"),
        (&["run", "--tags", "@reach:wier"], "no scenario has the tag @reach:wier; did you mean reach:wire?"),
        (&["run", "--table", "faec"], "no table faec; did you mean face?"),
        (&["run", "--op", "newpersn"], "no operation newpersn; did you mean newperson?"),
        (&["run", "--dialect", "tencentci"], "no dialect tencentci; did you mean tencent-ci?"),
        (&["run", "--tagret", "x"], "a similar argument exists: '--target'"),
        (&["run", "--target", "x"], "no target named x"),
        (&["run", "--report", "jsn=x"], "no report format jsn"),
        (&["run", "--timeout", "5"], "write such as 10s"),
        (&["run", "--features", "x", "--row", "-1302"], "cannot be used with"),
        (&["rnu"], "unrecognized subcommand"),
    ] {
        let (exit, said) = refused(words, folder.path());
        assert_eq!(exit, 2, "{words:?}: {said}");
        assert!(said.contains(part), "{words:?}: {said}");
    }
}

#[test]
fn what_is_wrong_on_this_side_is_told_before_anything_is_sent() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let folder = folder.path();
    let listener = Listener::counting();
    let ready = credentials(&server, &listener.url(), folder, |_| {});
    for (name, text) in [
        (
            "bad/late.feature",
            "Feature: late\n\n  Scenario: one\n    Given a valid getinfo request\n    Wen it is sent\n",
        ),
        (
            "bad/early.feature",
            "Feature: early\n\n  Scenario: one\n    When a valid getgroupids request is sent\n",
        ),
        ("none/read.me", "no feature here\n"),
        ("bare/bare.feature", "Feature: nothing in it\n"),
        (
            "good/good.feature",
            "Feature: good\n\n  @slow\n  Scenario: one\n    When a valid getgroupids request is sent\n",
        ),
    ] {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }
    let run = ["run", "--credentials", &ready];
    for (words, part) in [
        (&["--features", "bad"][..], "bad/late.feature:5: no Gherkin: «Wen it is sent»"),
        (&["--features", "none"], "none: no .feature file is there"),
        (&["--features", "bare"], "bare: no scenario is there"),
        (&["--features", "missing"], "missing: cannot be read"),
        (&["--features", "good", "--tags", "@slwo"], "no scenario has the tag @slwo; did you mean slow?"),
        (&["--features", "good", "--tags", "not @slow"], "good: no scenario is left by --tags"),
        (&["--features", "good", "--dialect", "tencent"], "no dialect tencent; did you mean tencent-ci?"),
        (&["--row", "-1302", "--report", "json=ready.json/report"], "ready.json/report: cannot be written"),
        (&["--row", "-1302", "--op", "detect"], "no scenario is left by these filters"),
    ] {
        let (exit, said) = refused(&[&run[..], words].concat(), folder);
        assert_eq!(exit, 2, "{words:?}: {said}");
        assert!(said.contains(part), "{words:?}: {said}");
    }
    for (words, shown) in [
        (&["--row", "-1302"][..], "tencent-ci/face/-1302/newperson/same-person-id\n"),
        (&["--features", "good"], "one\n"),
    ] {
        let output = lianpu(&[&run[..], &["--dry-run"], words].concat(), Some(folder));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.starts_with(shown), "{said}");
    }
    assert_eq!(listener.connections(), 0, "nothing is sent");
}

#[test]
fn an_unknown_step_leaves_its_scenario_open() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let text = "Feature: own\n  Scenario: misspelt\n    Given a valid getinfo requst\n    When it is sent\n    Then the code is 0\n";
    fs::write(folder.path().join("own.feature"), text).unwrap();
    let ready = server.ready_file();
    let run = run(&["--credentials", ready.to_str().unwrap(), "--features", folder.path().to_str().unwrap()]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    let [scenario] = run.scenarios() else { panic!("{}", run.said()) };
    assert_eq!(scenario["verdict"], "indeterminate");
    assert_eq!(scenario["reason"]["code"], "step-unknown");
    let detail = scenario["reason"]["detail"].as_str().unwrap();
    assert!(detail.contains("the nearest is «a valid getinfo request»"), "{detail}");
}

#[test]
fn what_the_target_lacks_is_counted_apart() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let lacking = |words: &[&str]| {
        let ready =
            credentials(&server, server.base_url(), folder.path(), |ready| ready["capabilities"] = json!([]));
        run(&[&["--credentials", &ready], words].concat())
    };
    // One row that needs the hook, beside one that needs nothing.
    let some = lacking(&["--table", "face", "--op", "getinfo", "--row", "-1200", "--row", "14"]);
    assert_eq!(some.exit(), 0, "{}", some.said());
    let skipped = some.with("not-provoked");
    assert_eq!(skipped, some.ids(|scenario| scenario["row"] == "tencent-ci/face/-1200"));
    assert!(!skipped.is_empty() && !some.with("pass").is_empty());
    assert_eq!(some.report["totals"]["not_provoked"], skipped.len());
    for scenario in some.scenarios().iter().filter(|scenario| scenario["verdict"] == "not-provoked") {
        assert_eq!(scenario["reason"]["code"], "needs-fault-hook");
        assert_eq!((&scenario["actual"], &scenario["findings"]), (&Value::Null, &json!([])));
    }
    let row = some.report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == "tencent-ci/face/-1200")
        .unwrap();
    assert_eq!(row["verdict"], "not-provoked");
    // Nothing but what it lacks: nothing was judged, and that is no success.
    for (words, reason) in [
        (&["--row", "-1200", "--op", "getinfo"][..], "needs-fault-hook"),
        (&["--tags", "@needs:face-nets and @op:detect and @row:0 and not @needs:origin"], "needs-face-nets"),
        (&["--tags", "@needs:origin and @row:-1308 and @op:detect"], "needs-origin"),
    ] {
        let none = lacking(words);
        assert_eq!(none.exit(), 5, "{words:?}: {}", none.said());
        assert_eq!(none.with("not-provoked").len(), none.scenarios().len());
        for scenario in none.scenarios() {
            assert_eq!(scenario["reason"]["code"], reason, "{scenario}");
        }
    }
}

/// `lianpu run` over a table, in a process group of its own, once some scenarios are done.
fn under_way(server: &Server, url: &str, folder: &Path) -> Child {
    let mut process = Command::new(LIANPU)
        .args(["run", "--quiet", "--table", "face-management", "--jobs", "4", "--credentials"])
        .arg(server.ready_file())
        .args(["--target", url, "--report", "json=report.json", "--report", "events=events"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while fs::read_to_string(folder.join("events")).unwrap_or_default().lines().count() < 8 {
        assert!(begun.elapsed() < PATIENCE, "it does not come on");
        assert_eq!(process.try_wait().unwrap(), None, "it ended early");
        std::thread::sleep(Duration::from_millis(5));
    }
    process
}

fn ended(process: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = process.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_interrupted_run_cleans_up_and_a_killed_one_leaves_its_events() {
    let server = Server::start(&common::HELPFUL);
    let proxy = Proxy::start(&server, |_| Answer::Honest);
    let folder = tempfile::tempdir().unwrap();
    let mut process = under_way(&server, &proxy.url(), folder.path());
    signal_group(&process, "-INT");
    assert_eq!(ended(&mut process).code(), Some(130));
    let report: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["partial"], true);
    let judged = report["scenarios"].as_array().unwrap().len();
    assert!((5..280).contains(&judged), "{judged} scenarios");
    assert_eq!(report["totals"]["fail"], 0, "{report}");
    let events = fs::read_to_string(folder.path().join("events")).unwrap();
    let kinds: Vec<_> = events.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    assert_eq!(kinds.len(), judged + 2);
    assert_eq!(
        (&kinds[0]["event"], &kinds[judged + 1]["event"]),
        (&json!("run-started"), &json!("run-finished"))
    );
    assert_eq!(report["leftovers"], json!([]));
    assert_eq!(proxy.groups(), Vec::<String>::new(), "everything is cleaned up");

    let folder = tempfile::tempdir().unwrap();
    let mut process = under_way(&server, &proxy.url(), folder.path());
    signal_group(&process, "-KILL");
    assert_eq!(ended(&mut process).code(), None);
    let events = fs::read_to_string(folder.path().join("events")).unwrap();
    let whole = events.rfind('\n').map_or("", |end| &events[..end]);
    assert!(whole.lines().count() >= 8);
    for line in whole.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(event["event"] == "run-started" || event["verdict"].is_string(), "{event}");
    }
}
