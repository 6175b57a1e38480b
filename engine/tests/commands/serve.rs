//! The command `lianpu-engine` as a process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

const COMMAND: &str = env!("CARGO_BIN_EXE_lianpu-engine");

fn refused(arguments: &[&str]) -> String {
    let output = Command::new(COMMAND).args(arguments).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[cfg(unix)]
#[test]
fn serve_says_when_it_is_ready_answers_and_stops_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let ready_file = folder.path().join("ready.json");
    let mut process = Command::new(COMMAND)
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--limit",
            "faces-per-person=7",
            "--requests-per-second",
            "9",
        ])
        .args(["--allow-faults", "--ready-file"])
        .arg(&ready_file)
        .env("LIANPU_MODEL_DIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut out = BufReader::new(process.stdout.take().expect("piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    assert_eq!(std::fs::read_to_string(&ready_file).expect("the file"), line);

    let ready: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!((&ready["ready"], &ready["vision"]), (&true.into(), &"classic".into()));
    assert_eq!(
        ready["capabilities"],
        serde_json::json!(["faults", "content-markers", "test-citizens"]),
        "only what is on"
    );
    assert_eq!(ready["limits"]["tencent-ci"]["faces-per-person"], 7);
    assert_eq!(ready["limits"]["tencent-ci"]["persons-per-group"], 10_000);
    let accounts = ready["accounts"]["tencent-ci"].as_array().expect("a list");
    assert!(accounts.len() >= 2 && accounts.iter().all(|account| account["requests_per_second"] == 9));
    assert!(accounts[0]["disabled"]["secret_key"].is_string());

    let address = ready["base_url"].as_str().and_then(|url| url.strip_prefix("http://")).expect("an address");
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(b"POST /face/detect HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").expect("written");
    let mut head = [0; 12];
    stream.read_exact(&mut head).expect("an answer");
    assert_eq!(&head, b"HTTP/1.1 400");

    // The open connection above is idle: it must not hold the stop up.
    let told = Command::new("kill").arg(process.id().to_string()).status().expect("kill runs");
    assert!(told.success());
    assert!(process.wait().expect("it ends").success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("closed");
    assert_eq!(rest, "", "one line and no more");
}

#[test]
fn mistakes_are_told_with_what_would_be_right() {
    let said = refused(&["serve", "--limit", "faces=3"]);
    assert!(said.contains("faces-per-person"), "{said}");
    let said = refused(&["serve", "--limit", "faces-per-person=many"]);
    assert!(said.contains("not a whole number"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let said = refused(&["serve", "--models", folder.path().to_str().expect("text")]);
    assert!(said.contains("models install"), "{said}");
}
