//! The verbs that read event files: every format, reports held against themselves, parts joined, runs compared.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use lianpu_testing::lacking;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use crate::common::proxy::{Answer, Proxy};
use crate::common::{LIANPU, PATIENCE, lianpu, shared};

const FORMATS: [&str; 10] =
    ["html", "json", "junit", "events", "markdown", "tap", "sarif", "github", "badge", "cucumber"];

/// Runs the command; its exit code and all it said.
fn said(words: &[&str], folder: &Path) -> (i32, String) {
    let output = lianpu(words, Some(folder));
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// One operation on the shared server, its events in a file of the folder.
fn run(events: &str, more: &[&str], folder: &Path) -> (i32, String) {
    let server = shared();
    let ready = server.ready_file();
    let report = format!("events={events}");
    let words =
        ["run", "--quiet", "--op", "getinfo", "--report", &report, "--credentials", ready.to_str().unwrap()];
    said(&[&words[..], more].concat(), folder)
}

fn ids(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let events = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.filter_map(|event| Some(event["id"].as_str()?.to_owned())).collect()
}

#[test]
fn every_format_holds_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let text = "Feature: own\n  Scenario: right\n    When a valid getgroupids request is sent\n    Then the code is 0\n\
                \n  Scenario: wrong\n    When a valid getgroupids request is sent\n    Then the code is 9\n";
    fs::write(folder.join("own.feature"), text).unwrap();
    let server = shared();
    let ready = server.ready_file();
    let words = ["run", "--quiet", "--features", ".", "--report", "events=e", "--credentials"];
    assert_eq!(said(&[&words[..], &[ready.to_str().unwrap()]].concat(), folder).0, 1);
    for format in FORMATS {
        let (exit, shown) = said(&["report", format, "e"], folder);
        assert_eq!(exit, 0, "{format}: {shown}");
        let file = format!("out.{format}");
        assert_eq!(said(&["report", format, "e", "-o", &file], folder), (0, String::new()));
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), shown, "{format}");
        if ["json", "sarif", "badge", "cucumber"].contains(&format) {
            serde_json::from_str::<Value>(&shown).unwrap();
        }
        if format != "badge" {
            assert!(shown.contains("wrong"), "{format}: {shown}");
        }
    }
    assert_eq!(
        fs::read_to_string(folder.join("out.events")).unwrap(),
        fs::read_to_string(folder.join("e")).unwrap()
    );
    for (words, part) in [
        (&["report", "pdf", "e"][..], "invalid value 'pdf'"),
        (&["report", "junit", "none"], "none: cannot be read"),
        (&["report", "junit", "own.feature"], "line 1: not an event"),
        (&["report", "junit"], "required arguments were not provided"),
    ] {
        let (exit, shown) = said(words, folder);
        assert!(exit == 2 && shown.contains(part), "exit {exit}: {shown}");
    }
}

#[test]
fn deviations_point_at_the_rows_of_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run("e", &["--row", "-1303", "--row", "4"], folder);
    // As if the target had answered wrongly.
    let events =
        fs::read_to_string(folder.join("e")).unwrap().replace("\"verdict\":\"pass\"", "\"verdict\":\"fail\"");
    fs::write(folder.join("e"), events).unwrap();
    let (_, log) = said(&["report", "sarif", "e"], folder);
    let log: Value = serde_json::from_str(&log).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 1, "{log}");
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(place["artifactLocation"]["uri"].as_str().unwrap());
        let text = fs::read_to_string(file).unwrap();
        let line = place["region"]["startLine"].as_u64().unwrap() as usize;
        let code = result["ruleId"].as_str().unwrap().rsplit('/').next().unwrap();
        let lines: Vec<_> = text.lines().skip(line - 1).take(2).collect();
        assert_eq!(lines, ["[[row]]", &format!("code = {code}")]);
    }
}

/// Where `LIANPU_SARIF_SCHEMA` names the schema that OASIS publishes.
#[test]
fn sarif_is_as_the_standard_has_it() {
    let Some(schema) = std::env::var_os("LIANPU_SARIF_SCHEMA") else {
        return lacking("sarif", "LIANPU_SARIF_SCHEMA names no sarif-schema-2.1.0.json");
    };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run("e", &["--row", "-1303", "--row", "4"], folder);
    let events = fs::read_to_string(folder.join("e")).unwrap();
    let failing = events.replace("\"verdict\":\"pass\"", "\"verdict\":\"fail\"");
    let known = events.replace("\"verdict\":\"pass\"", "\"verdict\":\"expected-fail\"");
    // A pattern of the standard's own, for a language that we do not name, has a bracket too many.
    let schema = fs::read_to_string(schema).unwrap().replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for text in [events, failing, known] {
        fs::write(folder.join("e"), text).unwrap();
        let (_, log) = said(&["report", "sarif", "e"], folder);
        let log: Value = serde_json::from_str(&log).unwrap();
        let faults: Vec<_> =
            validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn a_report_is_held_against_itself() {
    let _server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (exit, shown) = run("e", &["--row", "4", "--report", "json=r.json"], folder);
    assert_eq!(exit, 0, "{shown}");
    for file in ["e", "r.json"] {
        let (exit, shown) = said(&["report", "verify", file], folder);
        assert!(exit == 0 && shown.contains("totals and digests hold"), "{shown}");
        let text = fs::read_to_string(folder.join(file)).unwrap();
        // The last one: a JSON report tells the rows before the scenarios.
        let (before, after) = text.rsplit_once("\"verdict\":\"pass\"").unwrap();
        let changed = format!("{before}\"verdict\":\"fail\"{after}");
        fs::write(folder.join("changed"), changed).unwrap();
        let (exit, shown) = said(&["report", "verify", "changed"], folder);
        assert!(exit == 1 && shown.contains("totals: the report says"), "{file}: {shown}");
        assert!(shown.contains("digest: the report says"), "{file}: {shown}");
    }
    // A line taken out.
    let text = fs::read_to_string(folder.join("e")).unwrap();
    let less: Vec<_> =
        text.lines().enumerate().filter(|(index, _)| *index != 1).map(|(_, line)| line).collect();
    fs::write(folder.join("less"), less.join("\n")).unwrap();
    let (exit, shown) = said(&["report", "verify", "less"], folder);
    assert!(exit == 1 && shown.contains("selected: the report says"), "{shown}");
    assert_eq!(said(&["report", "verify", "none"], folder).0, 2);
}

#[test]
fn the_parts_of_a_run_are_merged_and_nothing_else_is() {
    // Held, since it ends with the last of its tests, and the next one has another address.
    let _server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (exit, shown) = run("whole", &[], folder);
    assert_eq!(exit, 0, "{shown}");
    let mut all = BTreeSet::new();
    for part in 1..=3 {
        let (exit, shown) = run(&part.to_string(), &["--shard", &format!("{part}/3")], folder);
        assert!(exit == 0 && shown.contains(&format!("part      {part}/3")), "{shown}");
        let part = ids(&folder.join(part.to_string()));
        assert!(!part.is_empty());
        all.extend(part);
    }
    assert_eq!(all, ids(&folder.join("whole")).into_iter().collect());
    let (exit, shown) = said(&["merge", "3", "1", "2", "-o", "merged"], folder);
    assert_eq!(exit, 0, "{shown}");
    assert_eq!(ids(&folder.join("merged")).into_iter().collect::<BTreeSet<_>>(), all);
    assert_eq!(said(&["report", "verify", "merged"], folder).0, 0);
    let (exit, shown) = said(&["diff", "whole", "merged"], folder);
    assert!(exit == 0 && shown.contains("0 new, 0 fixed, 0 changed, 0 gone"), "{shown}");

    let (exit, shown) = said(&["merge", "1", "3", "-o", "some"], folder);
    assert!(exit == 5 && shown.contains("missing: 2/3; the run is partial"), "exit {exit}: {shown}");
    let other = fs::read_to_string(folder.join("2")).unwrap();
    fs::write(folder.join("other"), other.replace("\"name\":\"", "\"name\":\"x")).unwrap();
    fs::write(folder.join("newer"), other.replace("\"schema\":1", "\"schema\":2")).unwrap();
    for (words, part) in [
        (&["1", "1"][..], "1: has part 1/3, as 1 has; give each part once"),
        (&["1", "whole"], "whole: the number of parts is 1, but 3 in 1"),
        (&["1", "other"], "other: the target is xhttp"),
        (&["1", "newer"], "schema 2, but this version reads schema 1"),
    ] {
        let (exit, shown) = said(&[&["merge", "-o", "m"], words].concat(), folder);
        assert!(exit == 2 && shown.contains(part), "exit {exit}: {shown}");
    }
}

#[test]
fn what_is_different_between_two_runs_is_told() {
    let _server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run("before", &["--row", "4", "--row", "6"], folder);
    let text = fs::read_to_string(folder.join("before")).unwrap();
    fs::write(folder.join("worse"), text.replacen("\"verdict\":\"pass\"", "\"verdict\":\"fail\"", 1))
        .unwrap();
    let (exit, shown) = said(&["diff", "before", "worse"], folder);
    assert!(
        exit == 1 && shown.starts_with("NEW ") && shown.contains("1 new, 0 fixed"),
        "exit {exit}: {shown}"
    );
    let (exit, shown) = said(&["diff", "worse", "before"], folder);
    assert!(exit == 0 && shown.contains("0 new, 1 fixed"), "exit {exit}: {shown}");
    let (exit, shown) = said(&["diff", "before", "worse", "--format", "markdown"], folder);
    assert!(exit == 1 && shown.starts_with("## lianpu: worse than before"), "{shown}");
    assert!(shown.contains("签名"), "the vendor's text stands beside it: {shown}");
}

#[test]
fn a_run_that_is_killed_leaves_what_every_format_reads() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (round, lines) in [1, 3, 17].into_iter().enumerate() {
        let events = format!("events-{round}");
        let mut process = Command::new(LIANPU)
            .args([
                "run",
                "--quiet",
                "--table",
                "face",
                "--jobs",
                "2",
                "--report",
                &format!("events={events}"),
            ])
            .arg("--credentials")
            .arg(server.ready_file())
            .current_dir(folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let written = || fs::read_to_string(folder.join(&events)).unwrap_or_default();
        while written().lines().count() < lines {
            assert!(begun.elapsed() < PATIENCE, "it does not come on");
            std::thread::sleep(Duration::from_millis(3));
        }
        process.kill().unwrap();
        process.wait().unwrap();
        for format in FORMATS {
            let (exit, shown) = said(&["report", format, &events], folder);
            assert_eq!(exit, 0, "{format} after {lines} lines: {shown}");
        }
        let (_, report) = said(&["report", "json", &events], folder);
        let report: Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report["partial"], json!(true));
        assert!(report["scenarios"].as_array().unwrap().len() + 1 >= lines);
        assert_eq!(said(&["report", "verify", &events], folder).0, 0, "nothing it says is wrong");
    }
}

#[test]
fn killed_at_any_moment_it_leaves_what_every_format_and_the_replay_read() {
    let server = shared();
    // Every error is answered wrongly, so that bundles are being written when it is killed.
    let proxy = Proxy::start(&server, |exchange| match exchange.code() {
        None | Some(0) => Answer::Honest,
        Some(_) => Answer::Body(json!({"code": 7, "message": "no"}).to_string()),
    });
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut moments = SplitMix64::seed_from_u64(20_261_121);
    let (mut kept, mut partial) = (0, 0);
    for round in 0..7 {
        let events = format!("{round}/events");
        let mut process = Command::new(LIANPU)
            .args(["run", "--quiet", "--table", "tencent-ci/face", "--jobs", "4"])
            .args(["--target", &proxy.url(), "--report", &format!("events={events}"), "--credentials"])
            .arg(server.ready_file())
            .current_dir(folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let written = || fs::read_to_string(folder.join(&events)).unwrap_or_default();
        // From the first word on, or, however slow the machine is, when there are bundles.
        let awaited = if round % 2 == 0 { "" } else { "\"reproducer\"" };
        while written().is_empty() || !written().contains(awaited) {
            assert!(begun.elapsed() < PATIENCE, "it does not come on");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(moments.next_u64() % 2_000_000));
        process.kill().unwrap();
        process.wait().unwrap();
        for format in FORMATS {
            let (exit, shown) = said(&["report", format, &events], folder);
            assert_eq!(exit, 0, "{format} in round {round}: {shown}");
        }
        let (exit, shown) = said(&["matrix", "--all", &events, &events], folder);
        assert_eq!(exit, 0, "{shown}");
        assert_eq!(said(&["report", "verify", &events], folder).0, 0, "nothing it says is wrong");
        let text = fs::read_to_string(folder.join(&events)).unwrap();
        partial += usize::from(!text.contains("\"event\":\"run-finished\""));
        let records = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        for bundle in records.filter_map(|record| record["reproducer"].as_str().map(str::to_owned)) {
            let bundle = fs::read_to_string(folder.join(bundle).join("bundle.json")).unwrap();
            assert_eq!(
                serde_json::from_str::<Value>(&bundle).unwrap()["kind"],
                "scenario",
                "a named bundle is whole"
            );
            kept += 1;
        }
    }
    assert!(kept > 0 && partial > 0, "{kept} bundles, {partial} runs of 7 were cut short");
}

/// An event file of so many scenarios, one in ten of them failing.
fn large(path: &Path, scenarios: usize) {
    let mut file = BufWriter::new(fs::File::create(path).unwrap());
    let rows: Vec<_> = (0..200).map(|row| json!({"id": format!("d/t/{row}"), "reach": "wire"})).collect();
    let started = json!({
        "event": "run-started", "schema": 1, "tool": {"name": "lianpu", "version": "0.1.0"},
        "target": {"name": "t", "base_url": "http://127.0.0.1:1", "capabilities": []},
        "seed": 0, "at_ms": 0, "selected": scenarios, "rows": rows,
    });
    writeln!(file, "{started}").unwrap();
    for n in 0..scenarios {
        let fails = n % 10 == 0;
        let finding = json!([{"check": "code", "expected": "-1302", "actual": "0"}]);
        let record = json!({
            "event": "scenario", "id": format!("d/t/{}/op{}/trigger-{n}", n % 200, n % 50), "row": format!("d/t/{}", n % 200),
            "op": format!("op{}", n % 50), "reach": "wire", "certainty": "documented",
            "verdict": if fails { "fail" } else { "pass" }, "expected": [-1302],
            "actual": {"http": 200, "code": if fails { 0 } else { -1302 }},
            "findings": if fails { finding } else { json!([]) }, "ms": 1.5,
        });
        writeln!(file, "{record}").unwrap();
    }
    writeln!(file, "{}", json!({"event": "run-finished", "partial": false, "seconds": 9.0, "leftovers": []}))
        .unwrap();
}

#[test]
fn twenty_thousand_scenarios_are_written_in_seconds_and_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    large(&folder.path().join("events"), 20_000);
    for format in FORMATS {
        // Both are bounded from outside. 600 MB of address space are less than 300 MB of memory. The time is a processor's, which
        // a busy machine does not lengthen: two seconds optimised and alone; this build is neither.
        let status = Command::new("sh")
            .args([
                "-c",
                "ulimit -v 600000; ulimit -t 30; exec \"$0\" report \"$1\" events -o out",
                LIANPU,
                format,
            ])
            .current_dir(folder.path())
            .status()
            .unwrap();
        assert!(status.success(), "{format}: {status}");
        let written = fs::metadata(folder.path().join("out")).unwrap().len();
        assert!(written > 100, "{format}: {written} bytes");
    }
}
