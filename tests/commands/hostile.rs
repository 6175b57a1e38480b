//! Targets that mean ill: the run ends by itself in bounded time and memory, with findings, and says no secret.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::common::listener::Listener;
use crate::common::report::{checks, run};
use crate::common::{LIANPU, PATIENCE};

/// Bytes that a run may have in memory at most, in KiB: eight answers of the greatest size at once, and itself.
const MOST_KIB: u64 = 250 * 1024;

/// Reads one request, head and body; an error where the connection ends.
fn request(stream: &mut TcpStream) -> io::Result<(String, String)> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok((head, String::from_utf8_lossy(&body).into_owned()))
}

fn respond(stream: &mut TcpStream, content_type: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// Repeats bytes until the other side has enough.
fn for_ever(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    let block = bytes.repeat(1 + (1 << 16) / bytes.len());
    loop {
        stream.write_all(&block)?;
    }
}

/// A way of answering, what is found, and the function.
type Hostile = (&'static str, &'static str, fn(&mut TcpStream) -> io::Result<()>);

/// Time for an answer of which nothing but the want of it is found.
const SHORT: &str = "1500ms";
/// Time for an answer that must come whole, and does so at once where the machine has nothing else to do.
const LONG: &str = "60s";

const HOSTILES: [Hostile; 10] = [
    ("never answers", "transport", |stream| {
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.read_exact(&mut [0])
    }),
    ("garbage", "transport", |stream| {
        stream.write_all(&[0x16, 0x03, 0x01, 0xff, 0x00, b'\n', b'\r', b'\n'].repeat(64))
    }),
    ("headers for ever", "transport", |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        for_ever(stream, b"X-More: and more\r\n")
    }),
    ("interim answers for ever", "transport", |stream| for_ever(stream, b"HTTP/1.1 100 Continue\r\n\r\n")),
    ("a close", "transport", |_| Ok(())),
    ("a body of 100 MB", "transport", |stream| respond(stream, "application/json", &vec![b'['; 100 << 20])),
    ("a chunk without an end", "transport", |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n")?;
        for_ever(stream, b"[")
    }),
    ("100,000 brackets", "json", |stream| {
        respond(stream, "application/json", &[[b'['; 100_000], [b']'; 100_000]].concat())
    }),
    ("nested objects", "json", |stream| {
        respond(stream, "application/json", "{\"code\":".repeat(100_000).as_bytes())
    }),
    ("a text of 7 MB as the code", "code-type", |stream| {
        let body = json!({"code": "脸".repeat(7 << 20 >> 2), "message": "x".repeat(1 << 20)});
        respond(stream, "application/json", body.to_string().as_bytes())
    }),
];

#[test]
fn hostile_targets_yield_findings() {
    let folder = tempfile::tempdir().unwrap();
    let feature = "Feature: hostile\n\n  Scenario Outline: <number>\n    When a valid detect request is sent\n    \
                   Then the code is -1101\n    And the reply is as documented\n    Examples:\n      | number |\n";
    let rows = (0..12).map(|number| format!("      | {number} |\n")).collect::<Vec<_>>().concat();
    std::fs::write(folder.path().join("hostile.feature"), format!("{feature}{rows}")).unwrap();
    for (what, check, answer) in HOSTILES {
        let target = Listener::start(move |mut stream| {
            request(&mut stream)?;
            answer(&mut stream)
        });
        let report = folder.path().join("report.json");
        let begun = Instant::now();
        let time = if check == "transport" { SHORT } else { LONG };
        let mut process = Command::new(LIANPU)
            .args(["run", "--quiet", "--timeout", time, "--target", &target.url(), "--features"])
            .arg(folder.path())
            .args(["--report", &format!("json={}", report.display())])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut most = 0;
        while process.try_wait().unwrap().is_none() {
            most = most.max(peak(process.id()).unwrap_or(0));
            assert!(begun.elapsed() < PATIENCE, "{what}: no end");
            std::thread::sleep(Duration::from_millis(10));
        }
        let output = process.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(!said.contains("panicked") && !said.contains("harness-error"), "{what}: {said}");
        assert!(said.len() < 60_000, "{what}: {} bytes of output", said.len());
        assert!(most < MOST_KIB, "{what}: {most} KiB");
        let report: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
        assert_eq!(
            (&report["totals"]["fail"], &report["totals"]["scenarios"]),
            (&json!(12), &json!(12)),
            "{what}"
        );
        for scenario in report["scenarios"].as_array().unwrap() {
            assert!(checks(scenario).contains(check), "{what}: {scenario}");
        }
    }
}

/// The greatest resident size so far, in KiB; `None` where the system does not tell.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse().ok())
}

#[test]
fn the_catalogue_meets_a_target_that_talks_nonsense() {
    let target = Listener::start(|mut stream| {
        request(&mut stream)?;
        stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n")
    });
    let run = run(&[
        "--target",
        &target.url(),
        "--dialect",
        "tencent-ci",
        "--row",
        "14",
        "--op",
        "detect",
        "--op",
        "compare",
    ]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    assert_eq!(run.with("fail").len(), run.scenarios().len(), "{}", run.said());
}

const KEY: &str = "PLANTED/secret+Key/0123456789";
const DISABLED_KEY: &str = "PLANTEDdisabledKey0123456789";

/// An answer that gives back what it got, and the keys as well, one way after the other.
fn echo(way: usize, head: &str, body: &str, authorization: &str) -> (String, Vec<u8>) {
    let told = format!("{KEY} {DISABLED_KEY}");
    let json_type = "application/json".to_owned();
    match way % 7 {
        0 => (json_type, format!("{authorization} {told} {head} {body}").into_bytes()),
        1 => (json_type, json!({"code": 0, "message": "", "data": {"face": authorization, "session_id": [told], "person_id": [authorization], "face_ids": authorization}}).to_string().into_bytes()),
        2 => (json_type, json!({"code": authorization, "message": [authorization, told]}).to_string().into_bytes()),
        3 => (format!("text/{authorization}"), b"{}".to_vec()),
        4 => (json_type, json!({"code": 0, "message": {"a": authorization}}).to_string().replace('/', "\\/").into_bytes()),
        5 => (json_type, json!({"code": authorization, "message": told}).to_string().replace('=', "\\u003d").into_bytes()),
        _ => (json_type, format!("[\"{}\"]", authorization.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")).into_bytes()),
    }
}

#[test]
fn no_sink_shows_a_secret() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&seen);
    let target = Listener::start(move |mut stream| {
        loop {
            let (head, body) = request(&mut stream)?;
            let line = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("authorization").then(|| value.trim().to_owned())
            });
            let authorization = line.unwrap_or_default();
            let mut seen = noted.lock().unwrap();
            let (content_type, answer) = echo(seen.len(), &head, &body, &authorization);
            seen.push(authorization);
            drop(seen);
            respond(&mut stream, &content_type, &answer)?;
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let ready = folder.path().join("ready.json");
    let account = json!({"appid": "1250000000", "bucket": "b", "secret_id": "PLANTEDsecretId0123456789", "secret_key": KEY,
        "disabled": {"secret_id": "PLANTEDdisabledId0123456789", "secret_key": DISABLED_KEY}});
    let line = json!({"ready": true, "base_url": target.url(), "capabilities": ["face-nets", "fault-hook", "origin"],
        "accounts": {"tencent-ci": [account, account]}});
    std::fs::write(&ready, format!("{line}\n")).unwrap();
    let run =
        run(&["--credentials", ready.to_str().unwrap(), "--table", "face-management", "--timeout", "2s"]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    let signatures: Vec<_> = seen.lock().unwrap().iter().filter(|text| text.len() > 40).cloned().collect();
    assert!(signatures.len() > 200, "{}", signatures.len());
    let kept = kept(&run.folder().join("reproducers"));
    assert!(kept.len() > 50 && kept.iter().any(|(name, _)| name.ends_with("bundle.json")), "{}", kept.len());
    let quoting = ["standard output", "json", "junit", "events"];
    let sinks = [
        ("standard output", run.stdout()),
        ("standard error", run.stderr()),
        ("json", run.file("json")),
        ("junit", run.file("junit")),
        ("events", run.file("events")),
    ];
    let sinks = sinks.into_iter().map(|(sink, text)| (sink.to_owned(), text));
    for (index, (sink, text)) in sinks.chain(kept).enumerate() {
        // Neither line breaks nor the escapes of a format may hide one.
        let text = text
            .replace("\\/", "/")
            .replace("\\\\", "\\")
            .replace("\\u003d", "=")
            .replace("%2F", "/")
            .replace("%2B", "+");
        let text: String = text.split_whitespace().collect();
        assert!(
            !quoting.contains(&sink.as_str()) || text.contains("[redacted]"),
            "{sink} quotes nothing: {text:.300}"
        );
        assert!(!text.contains("PLANTED"), "{sink} shows a key or its id");
        // There are hundreds of bundles: each is looked through for some of the signatures, all of them in some bundle.
        let every = if quoting.contains(&sink.as_str()) { 1 } else { 16 };
        for signature in signatures.iter().skip(index % every).step_by(every) {
            assert!(
                !text.contains(signature.trim_end_matches('=')),
                "{sink} shows the signature {signature}"
            );
        }
    }
}

/// Every file of the bundles, by its path, and the bytes that they hold in base64.
fn kept(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for bundle in std::fs::read_dir(folder).unwrap() {
        for entry in std::fs::read_dir(bundle.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            if path.ends_with("bundle.json") {
                let bundle: Value = serde_json::from_str(&text).unwrap();
                for request in bundle["requests"].as_array().unwrap() {
                    let sent = STANDARD.decode(request["sent"].as_str().unwrap()).unwrap();
                    found.push((
                        format!("sent of {}", path.display()),
                        String::from_utf8_lossy(&sent).into_owned(),
                    ));
                }
            }
            found.push((path.display().to_string(), text));
        }
    }
    found
}

#[test]
fn a_target_that_dies_in_the_middle_ends_the_run_and_is_said_to() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        for stream in listener.incoming().take(60) {
            let mut stream = stream.unwrap();
            if request(&mut stream).is_ok() {
                let body = r#"{"code":3,"message":"m"}"#;
                let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n";
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
            }
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let words = ["run", "--target", &url, "--dialect", "tencent-ci", "--quiet", "--report", "events=events"];
    let output = crate::common::lianpu(&words, Some(folder.path()));
    answering.join().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains(&format!("target {url} is gone: nobody listens there any more")), "{said}");
    let events = std::fs::read_to_string(folder.path().join("events")).unwrap();
    let last: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!(last["partial"], true, "{last}");
    let judged = events.lines().count();
    assert!(judged < 300, "{judged} events of 887 scenarios");
}
