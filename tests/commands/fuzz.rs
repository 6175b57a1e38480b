//! `lianpu fuzz` and `lianpu replay` from outside: findings, bundles, replays, what is kept when things go wrong.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::listener::Listener;
use crate::common::proxy::{Answer, Proxy};
use crate::common::{HELPFUL, LIANPU, PATIENCE, Server, lianpu, shared};

/// Runs `lianpu fuzz --quiet` with these words, into a folder.
fn fuzz(words: &[&str], out: &Path) -> Output {
    let out = out.to_str().unwrap();
    let patient = if words.contains(&"--timeout") { &[][..] } else { &["--timeout", "60s"] };
    lianpu(&[&["fuzz", "--quiet", "--out", out], patient, words].concat(), None)
}

fn said(output: &Output) -> String {
    let code = output.status.code();
    format!(
        "{code:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Every file beneath a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn bundles(out: &Path) -> Vec<PathBuf> {
    let mut bundles: Vec<_> = files(out)
        .into_iter()
        .filter(|path| path.ends_with("bundle.json"))
        .map(|path| path.parent().unwrap().to_owned())
        .collect();
    bundles.sort();
    bundles
}

fn journal(out: &Path) -> Vec<Value> {
    let text = fs::read_to_string(out.join("fuzz.ndjson")).unwrap();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Behind this proxy an expired signature is as good as any.
fn accepts_expired(server: &Server) -> Proxy {
    Proxy::start(server, |exchange| match exchange.code() {
        Some(9) => Answer::Body(r#"{"code":0,"message":"OK","data":{"session_id":""}}"#.to_owned()),
        _ => Answer::Honest,
    })
}

const EXPIRED: [&str; 6] = ["--op", "getinfo", "--mutator", "expired", "--seed", "7"];

#[test]
fn a_finding_is_shrunk_written_replayed_and_gone_once_mended() {
    let server = Server::start(&HELPFUL); // of its own: what is left there is looked at
    let proxy = accepts_expired(&server);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let credentials = server.ready_file();
    let at = ["--target", &proxy.url(), "--credentials", credentials.to_str().unwrap(), "--cases", "40"];
    let output = fuzz(&[&EXPIRED[..], &at[..]].concat(), &out);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(text.starts_with("seed      7\n") && text.ends_with("seed      7\n"), "{text}");
    let bundles = bundles(&out);
    assert_eq!(bundles.len(), 1, "{text}");
    let bundle = bundles[0].to_str().unwrap();
    assert!(text.contains(&format!("lianpu replay {bundle} --target {}", proxy.url())), "{text}");
    let told: Value =
        serde_json::from_str(&fs::read_to_string(bundles[0].join("bundle.json")).unwrap()).unwrap();
    assert_eq!(told["plan"]["mutations"][0]["mutator"], "expired");
    let by = |plan: &str| told[plan]["mutations"][0]["by"].as_i64().unwrap();
    assert!((900..1800).contains(&by("plan")) && by("plan") <= by("drawn"), "shrunk: {}", told["plan"]);
    assert_eq!((&told["confirmed"], &told["actual"]["code"]), (&json!(true), &json!(0)));
    assert!(
        told["requests"][0]["string_to_sign"].as_str().unwrap().contains("k={{secret_id}}"),
        "{}",
        told["requests"]
    );

    let replay = |target: &str, more: &[&str]| {
        let words = [
            "replay",
            bundle,
            "--timeout",
            "60s",
            "--target",
            target,
            "--credentials",
            credentials.to_str().unwrap(),
        ];
        lianpu(&[&words[..], more].concat(), None)
    };
    for more in [&[][..], &["--resign"], &["--exact"]] {
        let output = replay(&proxy.url(), more);
        assert_eq!(output.status.code(), Some(1), "{more:?} {}", said(&output));
        assert!(said(&output).contains("still there"), "{}", said(&output));
        let output = replay(server.base_url(), more);
        assert_eq!(output.status.code(), Some(0), "{more:?} {}", said(&output));
        assert!(said(&output).contains("is gone"), "{}", said(&output));
    }
    for (target, code) in [(proxy.url(), 1), (server.base_url().to_owned(), 0)] {
        let words = [
            "run",
            "--quiet",
            "--timeout",
            "60s",
            "--features",
            bundle,
            "--target",
            &target,
            "--credentials",
        ];
        let output = lianpu(&[&words[..], &[credentials.to_str().unwrap()]].concat(), None);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
    }
    assert_eq!(proxy.groups_now(), Vec::<String>::new(), "everything was cleaned up");
}

#[test]
fn an_honest_engine_gives_no_findings_and_the_same_seed_the_same_cases() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let credentials = server.ready_file();
    let at = [
        "--credentials",
        credentials.to_str().unwrap(),
        // Nothing is seen here but what the requests are about: the engine of a test build is slow to see.
        "--op",
        "getinfo",
        "--op",
        "getpersonids",
        "--op",
        "delface",
        "--op",
        "user-get",
        "--op",
        "group-add",
        "--subject",
        "signature",
        "--cases",
        "150",
        "--seed",
        "3",
    ];
    let mut tallies = Vec::new();
    for (out, jobs) in [("one", "1"), ("two", "8")] {
        let out = folder.path().join(out);
        let output = fuzz(&[&at[..], &["--jobs", jobs]].concat(), &out);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let events = journal(&out);
        let last = events.iter().rfind(|event| event["event"] == "progress").unwrap().clone();
        assert_eq!(last["next"], 150);
        tallies.push(last["tally"].clone());
    }
    assert_eq!(tallies[0], tallies[1]);
}

#[test]
fn no_file_says_a_secret() {
    // Answers everything with whatever it was sent, head and body.
    let target = Listener::start(|mut stream| {
        let mut bytes = Vec::new();
        let mut some = vec![0; 1 << 16];
        loop {
            let count = stream.read(&mut some)?;
            if count == 0 {
                return Ok(());
            }
            bytes.extend_from_slice(&some[..count]);
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if bytes.len() < end + 4 + length.unwrap_or(0) {
                continue;
            }
            let told = String::from_utf8_lossy(&bytes).into_owned();
            let answer = json!({"code": 0, "message": format!("OK {told}"), "data": {"session_id": told, "face_ids": ["1"], "person_id": "p"}}).to_string();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            stream.write_all(head.as_bytes())?;
            stream.write_all(answer.as_bytes())?;
            bytes.clear();
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let ready = folder.path().join("ready.json");
    let account = |number: u8| {
        json!({"appid": format!("125000000{number}"), "bucket": "b", "secret_id": format!("PLANTEDsecretId{number}123456789"),
            "secret_key": format!("PLANTED/secret+Key/{number}123456789"),
            "disabled": {"secret_id": format!("PLANTEDdisabledId{number}23456789"), "secret_key": format!("PLANTEDdisabledKey{number}3456789")}})
    };
    let line = json!({"ready": true, "base_url": target.url(), "capabilities": ["face-nets"],
        "accounts": {"tencent-ci": [account(0), account(1)]}});
    fs::write(&ready, format!("{line}\n")).unwrap();
    let out = folder.path().join("out");
    let scope = ["--op", "getinfo", "--op", "getgroupids", "--op", "delface", "--op", "detect"];
    let words =
        ["--credentials", ready.to_str().unwrap(), "--cases", "600", "--seed", "5", "--timeout", "2s"];
    let output = fuzz(&[&scope[..], &words].concat(), &out);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(bundles(&out).len() > 10, "{}", said(&output));
    // The plaintext of a signature holds the public half of the key: in base64 it begins at one of three places.
    let hidden = ["UExBTlRFR", "BMQU5URU", "QTEFOVEV"];
    for file in files(&out) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        let mut texts = vec![text.clone()];
        if let Ok(bundle) = serde_json::from_str::<Value>(&text) {
            let sent = bundle["requests"][0]["sent"].as_str().unwrap_or_default();
            texts.push(decoded(sent));
        }
        for text in &texts {
            assert!(!text.contains("PLANTED"), "{} shows a key or its id", file.display());
            for part in hidden {
                assert!(!text.contains(part), "{} shows a signature", file.display());
            }
        }
    }
    assert!(!said(&output).contains("PLANTED"), "{}", said(&output));
}

/// Base64, read by another program.
fn decoded(text: &str) -> String {
    let mut process =
        Command::new("base64").arg("-d").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut to = process.stdin.take().unwrap();
    let text = text.to_owned();
    let writing = std::thread::spawn(move || to.write_all(text.as_bytes()));
    let output = process.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_target_that_dies_ends_the_campaign_and_it_goes_on_when_the_target_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let start = || Server::start_at(&listen, &HELPFUL);
    let server = start();
    let base_url = server.base_url().to_owned();
    let credentials = folder.path().join("ready.json");
    fs::copy(server.ready_file(), &credentials).unwrap();
    let at = ["--target", &base_url, "--credentials", credentials.to_str().unwrap(), "--timeout", "20s"];
    let scope = ["--op", "getinfo", "--subject", "signature", "--seed", "9"];
    let mut process = Command::new(LIANPU)
        .args(["fuzz", "--quiet", "--rate", "50", "--cases", "400", "--out", out.to_str().unwrap()])
        .args(at)
        .args(scope)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !out.join("fuzz.ndjson").exists() || journal(&out).len() < 2 {
        assert!(begun.elapsed() < PATIENCE && process.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(server);
    let output = process.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        said(&output).contains("the target is gone") && said(&output).contains("--resume"),
        "{}",
        said(&output)
    );
    let before = journal(&out);
    let reached =
        before.iter().rfind(|event| event["event"] == "progress").unwrap()["next"].as_u64().unwrap();
    assert!(reached > 0 && reached < 400, "{reached}");

    let server = start();
    let resume = ["fuzz", "--quiet", "--cases", "400", "--resume", out.to_str().unwrap()];
    let output = lianpu(&[&resume[..], &at].concat(), None);
    // What the dying target left unanswered may have become a finding; nothing else may.
    let findings = journal(&out).into_iter().filter(|event| event["event"] == "finding").collect::<Vec<_>>();
    assert!(findings.iter().all(|finding| finding["key"]["check"] == "transport"), "{findings:?}");
    assert_eq!(output.status.code(), Some(i32::from(!findings.is_empty())), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("seed      9\n"), "the seed is the campaign's own: {text}");
    let last = journal(&out).into_iter().rfind(|event| event["event"] == "progress").unwrap();
    assert_eq!(last["next"], 400);
    drop(server);
}

#[test]
fn a_killed_campaign_goes_on() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let credentials = server.ready_file();
    let at = ["--credentials", credentials.to_str().unwrap()];
    let mut process = Command::new(LIANPU)
        .args(["fuzz", "--quiet", "--rate", "40", "--time", "10m", "--out", out.to_str().unwrap()])
        .args(["--op", "getgroupids", "--seed", "11", "--subject", "signature"])
        .args(at)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !out.join("fuzz.ndjson").exists() || journal(&out).len() < 3 {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(50));
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let before =
        journal(&out).iter().rfind(|event| event["event"] == "progress").unwrap()["next"].as_u64().unwrap();
    let cases = (before + 60).to_string();
    let resume =
        ["fuzz", "--quiet", "--timeout", "60s", "--cases", &cases, "--resume", out.to_str().unwrap()];
    let output = lianpu(&[&resume[..], &at].concat(), None);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let last = journal(&out).into_iter().rfind(|event| event["event"] == "progress").unwrap();
    assert_eq!(last["next"], before + 60);
    assert!(last["tally"]["cases"].as_u64().unwrap() >= before, "{last}");
    let again = fuzz(&at, &out);
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
    assert!(said(&again).contains("--resume"), "{}", said(&again));
}

#[test]
fn what_cannot_be_written_is_told_and_the_rest_is_kept() {
    let server = shared();
    let proxy = accepts_expired(&server);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    // Where the bundle's folder should be is a file.
    fs::write(out.join("001-tencent-ci-getinfo-expired"), "").unwrap();
    let credentials = server.ready_file();
    let at = ["--target", &proxy.url(), "--credentials", credentials.to_str().unwrap(), "--cases", "400"];
    let output = fuzz(&[&EXPIRED[..], &at[..]].concat(), &out);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = said(&output);
    assert!(
        text.contains("001-tencent-ci-getinfo-expired: cannot be written; what was found until then is kept"),
        "{text}"
    );
    assert!(text.contains("FINDING 1"), "{text}");
}

/// What a hostile target does with a connection.
type Behaviour = fn(&mut std::net::TcpStream) -> std::io::Result<()>;

#[test]
fn hostile_targets_are_findings_and_the_campaign_ends() {
    let folder = tempfile::tempdir().unwrap();
    let hostile: [(&str, Behaviour); 4] = [
        ("garbage", |stream| stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n")),
        ("a close", |_| Ok(())),
        ("silence", |stream| {
            stream.set_read_timeout(Some(Duration::from_secs(20)))?;
            stream.read_exact(&mut [0])
        }),
        ("a flood", |stream| {
            loop {
                stream.write_all(&b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1 << 10))?;
            }
        }),
    ];
    for (what, answer) in hostile {
        let target = Listener::start(move |mut stream| {
            let mut some = [0; 1 << 14];
            let _ = stream.read(&mut some)?;
            let honest = r#"{"code":0,"message":"OK","data":{"session_id":"","group_ids":[]}}"#;
            if String::from_utf8_lossy(&some).starts_with("POST /face/getgroupids") {
                let length = honest.len();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                return stream.write_all(&[head.as_bytes(), honest.as_bytes()].concat());
            }
            answer(&mut stream)
        });
        let out = folder.path().join(what);
        let begun = Instant::now();
        let words = [
            "--dialect",
            "tencent-ci",
            "--op",
            "detect",
            "--subject",
            "signature",
            "--cases",
            "12",
            "--timeout",
            "1500ms",
        ];
        let output = fuzz(&[&["--target", &target.url()][..], &words].concat(), &out);
        assert_eq!(output.status.code(), Some(1), "{what}: {}", said(&output));
        assert!(
            said(&output).contains("transport") && !said(&output).contains("panicked"),
            "{what}: {}",
            said(&output)
        );
        assert!(begun.elapsed() < PATIENCE, "{what}");
    }
}

#[test]
fn what_cannot_be_done_is_told_before_anything_is_sent() {
    let target = Listener::counting();
    for (words, code, told) in [
        (&["fuzz", "--mutator", "expird"][..], 2, "did you mean expired?"),
        (&["fuzz", "--subject", "pictures"], 2, "write signature, multipart or picture"),
        (&["fuzz", "--op", "detekt"], 2, "did you mean detect?"),
        (&["fuzz", "--rate", "0"], 2, "must be from 0.001"),
        (&["fuzz", "--resume", "nowhere"], 2, "nowhere/fuzz.ndjson: cannot be read"),
        (&["fuzz", "--op", "getinfo", "--subject", "picture"], 2, "no mutator of this choice applies"),
        (&["replay", "nowhere"], 2, "nowhere: cannot be read"),
    ] {
        let output = lianpu(&[words, &["--target", &target.url()]].concat(), None);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    assert_eq!(target.connections(), 0);
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = fuzz(&["--target", &format!("http://{gone}")], &folder.path().join("out"));
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
}
