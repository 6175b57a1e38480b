//! `lianpu matrix`: implementations side by side, from event files and from targets.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::common::proxy::{Answer, Proxy};
use crate::common::{LIANPU, lianpu, shared};

/// Runs the command; its exit code and all it said.
fn said(words: &[&str], folder: &Path) -> (i32, String) {
    let output = lianpu(words, Some(folder));
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// One operation at an address, its events in a file of the folder.
fn run(events: &str, url: &str, more: &[&str], folder: &Path) {
    let ready = shared().ready_file();
    let report = format!("events={events}");
    let words = ["run", "--quiet", "--report", &report, "--target", url, "--credentials"];
    let (exit, shown) = said(&[&words[..], &[ready.to_str().unwrap()], more].concat(), folder);
    assert!(exit < 2, "{shown}");
}

#[test]
fn three_runs_side_by_side_one_cut_short_and_one_of_another_dialect() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let wrong = Proxy::start(&server, |exchange| match exchange.code() {
        Some(-1303) => {
            let mut body = exchange.reply.json().unwrap();
            body["code"] = json!(-1399);
            Answer::Body(body.to_string())
        }
        _ => Answer::Honest,
    });
    let few = ["--op", "getinfo", "--row", "-1303", "--row", "4"];
    run("good.ndjson", server.base_url(), &few, folder);
    run("wrong.ndjson", &wrong.url(), &few, folder);
    // Cut in the middle of its third scenario.
    let whole = fs::read_to_string(folder.join("good.ndjson")).unwrap();
    let lines: Vec<_> = whole.lines().collect();
    assert!(lines.len() > 5, "{whole}");
    fs::write(
        folder.join("cut.ndjson"),
        format!("{}\n{}\n{}\n{}", lines[0], lines[1], lines[2], &lines[3][..40]),
    )
    .unwrap();
    run(
        "other.ndjson",
        server.base_url(),
        &["--dialect", "baidu-face", "--op", "group-add", "--row", "223101"],
        folder,
    );

    let files = ["good.ndjson", "wrong.ndjson", "cut.ndjson", "other.ndjson"];
    let (exit, shown) = said(&[&["matrix"], &files[..]].concat(), folder);
    assert_eq!(exit, 1, "{shown}");
    assert!(shown.contains("FAIL -1399") && shown.contains("-1303"), "{shown}");
    // The three of one address are told apart by their files.
    assert!(shown.contains("(good) at http://127.0.0.1") && shown.contains("(cut)"), "{shown}");
    assert!(shown.contains(", partial") && shown.contains("nothing of it was run at"), "{shown}");
    assert!(!shown.contains("223101"), "one alone ran the other dialect: {shown}");

    // Alike, or not judged at one of them: nobody is divided.
    for other in ["good.ndjson", "cut.ndjson", "other.ndjson"] {
        let (exit, shown) = said(&["matrix", "good.ndjson", other], folder);
        assert_eq!(exit, 0, "{other}: {shown}");
    }
    let (_, all) = said(&[&["matrix", "--all"], &files[..]].concat(), folder);
    assert!(all.contains("223101") && all.lines().count() > shown.lines().count(), "{all}");

    let (exit, comment) = said(&[&["matrix", "--format", "markdown"], &files[..]].concat(), folder);
    assert!(exit == 1 && comment.contains("✕ **-1399**") && comment.contains("个体不存在"), "{comment}");
    let page = ["matrix", "--format", "html", "-o", "m.html"];
    assert_eq!(said(&[&page[..], &files[..]].concat(), folder), (1, String::new()));
    let page = fs::read_to_string(folder.join("m.html")).unwrap();
    assert!(page.contains("✕ -1399") && !page.contains("src=\"http") && !page.contains("href=\"http"));
}

#[test]
fn targets_are_run_one_after_the_other_and_their_events_kept() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let wrong = Proxy::start(&server, |exchange| match exchange.code() {
        Some(9) => Answer::Body(json!({"code": 16, "message": "x"}).to_string()),
        _ => Answer::Honest,
    });
    let account = &server.ready["accounts"]["tencent-ci"][0];
    let section = |name: &str, url: &str| {
        format!(
            "[target.{name}]\nbase_url = \"{url}\"\ndialects = [\"tencent-ci\"]\n[target.{name}.account.tencent-ci]\n\
             appid = {}\nbucket = {}\nsecret_id_env = \"A\"\nsecret_key_env = \"B\"\n",
            account["appid"], account["bucket"]
        )
    };
    let config = format!("{}{}", section("right", server.base_url()), section("wrong", &wrong.url()));
    fs::write(folder.join("lianpu.toml"), config).unwrap();
    let output = Command::new(LIANPU)
        .args([
            "matrix", "--target", "right", "--target", "wrong", "--op", "getinfo", "--row", "9", "--row", "4",
        ])
        .args(["--keep", "kept"])
        .env("A", account["secret_id"].as_str().unwrap())
        .env("B", account["secret_key"].as_str().unwrap())
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .output()
        .unwrap();
    let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("A right at http") || shown.contains("A  right at http"), "{shown}");
    assert!(shown.contains("FAIL 16") && !shown.contains("FAIL  tencent-ci"), "{shown}");
    let (exit, again) = said(&["matrix", "kept/right.ndjson", "kept/wrong.ndjson"], folder);
    assert!(exit == 1 && shown.contains(&again), "{again}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("none"), "no event\n").unwrap();
    for (words, part) in [
        (&["matrix"][..], "required arguments were not provided"),
        (&["matrix", "none"], "give from 2 to 26 event files; there are 1"),
        (&["matrix", "none", "none"], "line 1: not an event"),
        (&["matrix", "none", "nowhere", "--row", "4"], "filters choose what is run"),
        (&["matrix", "a", "--target", "b"], "cannot be used with"),
    ] {
        let (exit, shown) = said(words, folder);
        assert!(exit == 2 && shown.contains(part), "exit {exit}: {shown}");
    }
}

/// An event file of so many scenarios, some of which fail with long evidence.
fn large(path: &Path, scenarios: usize, code: i64) {
    let mut file = BufWriter::new(fs::File::create(path).unwrap());
    let rows: Vec<_> = (0..200).map(|row| json!({"id": format!("d/t/{row}"), "reach": "wire"})).collect();
    let started = json!({
        "event": "run-started", "schema": 1, "tool": {"name": "lianpu", "version": "0.1.0"},
        "target": {"name": "t", "base_url": "http://127.0.0.1:1", "capabilities": []},
        "seed": 0, "at_ms": 0, "selected": scenarios, "rows": rows,
    });
    writeln!(file, "{started}").unwrap();
    for n in 0..scenarios {
        let fails = n % 3 == 0;
        let finding = json!([{"check": "code", "expected": "-1302", "actual": "x".repeat(900)}]);
        let reply = json!({"steps": ["y".repeat(2000)], "reply": {"status": 200, "body": "z".repeat(2000), "ms": 1.0}});
        let record = json!({
            "event": "scenario", "id": format!("d/t/{}/op{}/trigger-{n}", n % 200, n % 50), "row": format!("d/t/{}", n % 200),
            "op": format!("op{}", n % 50), "reach": "wire", "certainty": "documented",
            "verdict": if fails { "fail" } else { "pass" }, "expected": [-1302],
            "actual": {"http": 200, "code": if fails { code } else { -1302 }},
            "findings": if fails { finding } else { json!([]) }, "ms": 1.5,
            "evidence": if fails { reply } else { Value::Null },
        });
        writeln!(file, "{record}").unwrap();
    }
}

#[test]
fn long_runs_are_compared_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = (0..5).map(|number| format!("{number}.ndjson")).collect();
    for (number, file) in files.iter().enumerate() {
        large(&folder.path().join(file), 20_000, number as i64);
    }
    for format in ["console", "markdown", "html"] {
        let status = Command::new("sh")
            .args(["-c", "ulimit -v 600000; exec \"$0\" matrix --format \"$1\" -o out 0.ndjson 1.ndjson 2.ndjson 3.ndjson 4.ndjson", LIANPU, format])
            .current_dir(folder.path())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(1), "{format}");
        let written = fs::read_to_string(folder.path().join("out")).unwrap();
        assert!(written.contains("t (0)") && written.len() > 10_000, "{format}");
    }
}
