//! `lianpu run` as a user meets it: own feature files, targets by name, and what the reports hold.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::{Value, json};

use crate::common::report::run;
use crate::common::{LIANPU, Server, shared};

const OWN: &str = r#"# What our own gateway promises.
@team:gateway
Feature: persons

  Background:
    Given a person "p" in group "g" with the portrait "anna"

  @read
  Scenario Outline: <op> of a person that exists answers <code>
    Given a valid <op> request
    And its person_id names "p"
    When it is sent
    Then the code is <code>
    And the reply is as documented

    Examples:
      | op         | code |
      | getinfo    | 0    |
      | getfaceids | 0    |

  @read @wrong
  Scenario: a wrong expectation is a deviation
    Given a valid getinfo request
    And its person_id is unknown
    When it is sent
    Then the code is 0

  Rule: nothing is created twice

    @write
    Scenario: the same person again
      Given a valid newperson request
      And its person_id names "p"
      When it is sent
      Then the code is -1302
      And the error left no trace
"#;

#[test]
fn own_features_run_and_are_named_by_their_scenarios() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(folder.path().join("deep/own.feature"), OWN).unwrap();
    let (ready, features) = (server.ready_file(), folder.path().to_str().unwrap().to_owned());
    let words = ["--credentials", ready.to_str().unwrap(), "--features", &features];
    let all = run(&words);
    assert_eq!(all.exit(), 1, "{}", all.said());
    let read = ["getfaceids of a person that exists answers 0", "getinfo of a person that exists answers 0"];
    let passed: Vec<_> = all.with("pass").into_iter().collect();
    assert_eq!(passed, [&read[..], &["the same person again"]].concat(), "{}", all.said());
    assert_eq!(all.with("fail").into_iter().collect::<Vec<_>>(), ["a wrong expectation is a deviation"]);
    assert_eq!(all.report["selected"], 4);
    let failed = all.scenarios().iter().find(|scenario| scenario["verdict"] == "fail").unwrap();
    assert_eq!((&failed["expected"], &failed["actual"]), (&json!([0]), &json!({"http": 200, "code": -1303})));
    assert!(all.stdout().contains("FAIL  a wrong expectation is a deviation"), "{}", all.stdout());

    let some = run(&[&words[..], &["--tags", "@team:gateway and @read and not @wrong"]].concat());
    assert_eq!(some.exit(), 0, "{}", some.said());
    assert_eq!(some.with("pass").into_iter().collect::<Vec<_>>(), read, "{}", some.said());
    assert_eq!(some.scenarios().len(), 2);
}

#[test]
fn a_target_by_name_takes_its_credentials_from_the_environment() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let account = &server.ready["accounts"]["tencent-ci"][0];
    let config = format!(
        "[run]\njobs = 2\nreports = [\"json=out/report.json\"]\n\n[target.staging]\nbase_url = \"{}\"\n\
         capabilities = [\"face-nets\"]\n\n[target.staging.account.tencent-ci]\nappid = {}\nbucket = {}\n\
         secret_id_env = \"STAGING_ID\"\nsecret_key_env = \"STAGING_KEY\"\n",
        server.base_url(),
        account["appid"],
        account["bucket"]
    );
    fs::write(folder.path().join("lianpu.toml"), config).unwrap();
    let go = |key: Option<&str>| {
        let mut command = Command::new(LIANPU);
        command
            .args(["run", "--quiet", "--target", "staging", "--op", "getinfo", "--row", "14", "--row", "6"]);
        command.env("STAGING_ID", account["secret_id"].as_str().unwrap());
        if let Some(key) = key {
            command.env("STAGING_KEY", key);
        }
        command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap()
    };
    let output = go(account["secret_key"].as_str());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let report: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("out/report.json")).unwrap()).unwrap();
    assert_eq!(report["target"]["name"], "staging");
    assert_eq!(report["target"]["capabilities"], json!(["face-nets"]));
    assert!(report["totals"]["pass"].as_u64().unwrap() > 4, "{}", report["totals"]);

    let output = go(Some("AnotherKeyThanTheRightOne"));
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let output = go(None);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("STAGING_KEY") && said.contains("lianpu.toml:9"), "{said}");
}

#[test]
fn the_reports_hold_what_was_judged() {
    let server = shared();
    let ready = server.ready_file();
    let words =
        ["--credentials", ready.to_str().unwrap(), "--seed", "7", "--op", "getinfo", "--op", "getgroupids"];
    let run = run(&words);
    assert_eq!(run.exit(), 0, "{}", run.said());
    let report = &run.report;
    assert_eq!(
        (&report["schema"], &report["seed"], &report["partial"]),
        (&json!(1), &json!(7), &json!(false))
    );
    assert_eq!(report["tool"], json!({"name": "lianpu", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(report["target"]["base_url"], server.base_url());
    assert_eq!(report["selected"], run.scenarios().len());

    let verdicts = [
        "pass",
        "tolerated",
        "fail",
        "flaky",
        "expected-fail",
        "unexpected-pass",
        "not-provoked",
        "indeterminate",
    ];
    let totals = report["totals"].as_object().unwrap();
    assert_eq!(totals.len(), verdicts.len() + 1);
    assert_eq!(totals["scenarios"], run.scenarios().len());
    for verdict in verdicts {
        assert_eq!(totals[&verdict.replace('-', "_")], run.with(verdict).len(), "{verdict}");
    }
    let mut by_row: BTreeMap<&str, u64> = BTreeMap::new();
    for scenario in run.scenarios() {
        let (id, row, op) = (text(scenario, "id"), text(scenario, "row"), text(scenario, "op"));
        assert!(id.starts_with(&format!("{row}/{op}/")), "{scenario}");
        assert!(verdicts.contains(&text(scenario, "verdict")), "{scenario}");
        assert!(scenario["expected"][0].is_i64() && scenario["actual"]["http"].is_u64(), "{scenario}");
        assert!(scenario["actual"]["code"].is_i64() && scenario["ms"].as_f64().unwrap() > 0.0, "{scenario}");
        assert_eq!(scenario["findings"], json!([]), "{scenario}");
        *by_row.entry(row).or_default() += 1;
    }
    let rows = report["rows"].as_array().unwrap();
    for row in rows {
        assert_eq!(row["scenarios"].as_u64().unwrap(), by_row.remove(text(row, "id")).unwrap_or(0), "{row}");
        assert!(row["reach"].is_string() && verdicts.contains(&text(row, "verdict")), "{row}");
    }
    assert!(by_row.keys().all(|row| row.ends_with("/0")), "rows of scenarios that are not told: {by_row:?}");
    for table in report["tables"].as_array().unwrap() {
        let own =
            || rows.iter().filter(|row| text(row, "id").starts_with(&format!("{}/", text(table, "id"))));
        let green = |row: &&Value| ["pass", "tolerated"].contains(&text(row, "verdict"));
        assert_eq!(table["rows"], own().count());
        assert_eq!(table["rows_pass"], own().filter(green).count());
        assert_eq!(table["rows_provoked"], own().filter(|row| row["verdict"] != "not-provoked").count());
    }

    let junit = Report::deserialize_from_str(&run.file("junit")).unwrap();
    let cases: Vec<_> = junit.test_suites.iter().flat_map(|suite| &suite.test_cases).collect();
    assert_eq!(cases.len(), run.scenarios().len());
    assert_eq!((junit.tests, junit.failures, junit.errors), (cases.len(), 0, 0));
    assert!(
        cases
            .iter()
            .all(|case| run.scenarios().iter().any(|scenario| text(scenario, "id") == case.name.as_str()))
    );

    let events: Vec<Value> =
        run.file("events").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = events.iter().filter(|event| event["event"] == "scenario").collect();
    assert_eq!((told.len(), events.len()), (cases.len(), cases.len() + 2));
    for (event, scenario) in told.iter().zip(run.scenarios()) {
        assert!(scenario.as_object().unwrap().iter().all(|(key, value)| event[key] == *value), "{event}");
    }
}

#[test]
fn failures_and_gaps_are_counted_alike_in_every_report() {
    let (server, folder) = (shared(), tempfile::tempdir().unwrap());
    let feature = "Feature: a <&> b\n  Scenario: right\n    When a valid getgroupids request is sent\n    Then the code is 0\n\
                   \n  Scenario: wrong ]]> & <\u{1b}[31m> 脸\n    When a valid getgroupids request is sent\n    Then the code is 9\n\
                   \n  Scenario: misspelt\n    When it is snet\n\
                   \n  @needs:teleport\n  Scenario: lacking\n    When a valid getgroupids request is sent\n    Then the code is 0\n";
    fs::write(folder.path().join("own.feature"), feature).unwrap();
    let ready = server.ready_file();
    let run = run(&["--credentials", ready.to_str().unwrap(), "--features", folder.path().to_str().unwrap()]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    let totals = &run.report["totals"];
    for verdict in ["pass", "fail", "indeterminate", "not_provoked"] {
        assert_eq!(totals[verdict], 1, "{verdict}: {}", run.said());
    }
    assert!(!run.stdout().contains('\u{1b}'), "{}", run.stdout());
    let junit = Report::deserialize_from_str(&run.file("junit")).unwrap();
    assert_eq!((junit.tests, junit.failures, junit.errors), (4, 1, 1));
    let status = |wanted: fn(&TestCaseStatus) -> bool| {
        let cases = junit.test_suites.iter().flat_map(|suite| &suite.test_cases);
        cases
            .filter(|case| wanted(&case.status))
            .map(|case| case.name.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(status(|status| matches!(status, TestCaseStatus::Success { .. })), ["right"]);
    assert_eq!(status(|status| matches!(status, TestCaseStatus::Skipped { .. })), ["lacking"]);
    assert_eq!(
        status(|status| matches!(status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. })),
        ["misspelt"]
    );
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

#[test]
fn the_bundled_engine_without_nets_passes_what_it_can_show() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(LIANPU);
    command.args(["run", "--quiet", "--report", "json=report.json"]).current_dir(folder.path());
    let output = command.env("LIANPU_MODEL_DIR", folder.path().join("none")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("report.json")).unwrap()).unwrap();
    let scenarios = report["scenarios"].as_array().unwrap();
    let lacking = scenarios.iter().filter(|one| one["reason"]["code"] == "needs-face-nets").count();
    assert!(lacking > 100 && lacking * 4 < scenarios.len(), "{lacking} of {}: {said}", scenarios.len());
}

#[test]
fn nothing_is_held_against_a_server_that_fetches_from_nobody_here() {
    let server = Server::start(&[]);
    let words = ["--target", server.base_url(), "--tags", "@reach:origin"];
    let told = run(&words);
    assert!(!told.said().contains("FAIL"), "{}", told.said());
    let lacking = told.ids(|one| one["reason"]["code"] == "needs-origin");
    assert!(lacking.iter().any(|id| id.contains("/0/")), "{}", told.said());
    assert!(told.stdout().contains("--allow-private-urls"), "{}", told.stdout());
    // Who says that it fetches is held to it.
    let ready = server.ready_file();
    let mut line: Value = serde_json::from_slice(&fs::read(&ready).unwrap()).unwrap();
    line["capabilities"].as_array_mut().unwrap().push("origin".into());
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("ready.json");
    fs::write(&said, line.to_string()).unwrap();
    let held = run(&["--credentials", said.to_str().unwrap(), "--tags", "@reach:origin"]);
    assert!(held.with("fail").iter().any(|id| id.contains("/0/")), "{}", held.said());
}
