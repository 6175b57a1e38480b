//! `serve --record`: a client that signs wrongly is told at which stage, and no secret gets into the record.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

const COMMAND: &str = env!("CARGO_BIN_EXE_lianpu-engine");

fn sha1(key: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn sha256(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A request on a connection of its own; the body of the answer.
fn send(address: &str, target: &str, authorization: Option<&str>, content_type: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let authorization = authorization.map_or_else(String::new, |value| format!("Authorization: {value}\r\n"));
    let length = body.len();
    write!(
        stream,
        "POST {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{authorization}Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

/// Starts `serve --record`, lets a client work, and gives what was recorded, said at the end, and the file's text.
fn recorded(client: impl FnOnce(&str, &Value)) -> (Vec<Value>, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("record.ndjson");
    let mut process = Command::new(COMMAND)
        .args(["serve", "--listen", "127.0.0.1:0", "--record"])
        .arg(&file)
        .env("LIANPU_MODEL_DIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut out = BufReader::new(process.stdout.take().expect("piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("the ready line");
    let ready: Value = serde_json::from_str(&line).expect("JSON");
    let address = ready["base_url"].as_str().and_then(|url| url.strip_prefix("http://")).expect("an address");
    client(address, &ready["accounts"]);
    let mode = std::fs::metadata(&file).expect("it is written").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "what clients sent is for nobody else");
    assert!(Command::new("kill").arg(process.id().to_string()).status().expect("kill runs").success());
    let mut table = String::new();
    out.read_to_string(&mut table).expect("text");
    assert!(process.wait().expect("it ends").success());
    let text = std::fs::read_to_string(&file).expect("the record");
    (text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(), table, text)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[test]
fn the_first_stage_that_differs_is_told() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let mut secrets = Vec::new();
    let mut expected = Vec::new();
    let (lines, table, file) = recorded(|address, accounts| {
        let account = &accounts["tencent-ci"][0];
        let [appid, id, key] = ["appid", "secret_id", "secret_key"].map(|name| text(account, name));
        let plaintext =
            |made: u64, expires: u64| format!("a={appid}&b=&k={id}&e={expires}&t={made}&r=7&u=0&f=");
        let good = plaintext(now, now + 600);
        let signed = |digest: Vec<u8>, text: &str| STANDARD.encode([&digest[..], text.as_bytes()].concat());
        let right = signed(sha1(key, &good), &good);
        let old = plaintext(now - 900, now - 300);
        // Read as seconds both were made in a time that is still to come; the first is not even too long.
        let [short, long] = [600, 86_400 * 30].map(|life| plaintext(now * 1000, (now + life) * 1000));
        let other = text(&accounts["tencent-ci"][1], "secret_key");
        let without_id = format!("a={appid}&e={}&t={now}&r=7", now + 600);
        let cases = [
            (Some(right.clone()), None, ""),
            (None, Some("presence"), ""),
            (
                Some(STANDARD_NO_PAD.encode([&sha1(key, &good)[..], good.as_bytes(), b"x"].concat())),
                Some("decoding"),
                "padding",
            ),
            (Some(good.clone()), Some("decoding"), "as it is"),
            (Some(signed(sha256(key.as_bytes(), &good), &good)), Some("plaintext"), "SHA-256"),
            (Some(signed(sha1(key, &without_id), &without_id)), Some("plaintext"), ""),
            (Some(signed(sha1(id, &good), &good)), Some("digest"), "use the secret key"),
            (Some(signed(sha1(other, &good), &good)), Some("digest"), "another account"),
            (Some(signed(sha1("whose", &good), &good)), Some("digest"), ""),
            // Or 301, when a second ends in between.
            (Some(signed(sha1(key, &old), &old)), Some("time"), "expired 30"),
            (Some(signed(sha1(key, &short), &short)), Some("time"), "milliseconds"),
            (Some(signed(sha1(key, &long), &long)), Some("time"), "milliseconds"),
        ];
        let body = format!(r#"{{"appid":"{appid}","person_id":"nobody"}}"#);
        for (authorization, stage, hint) in cases {
            let answer = send(address, "/face/getinfo", authorization.as_deref(), "application/json", &body);
            let refused = matches!(
                serde_json::from_str::<Value>(&answer).expect("JSON")["code"].as_i64(),
                Some(3..=16)
            );
            assert_eq!(
                refused,
                stage.is_some(),
                "the record and the answer must agree: {stage:?} {hint} {answer}"
            );
            expected.push((stage, hint));
            secrets.extend(authorization.filter(|value| *value != good));
        }
        send(address, "/face/nothing", Some(&right), "text/plain", "x");
        secrets.extend([key, other].map(str::to_owned));
    });
    assert_eq!(lines.len(), expected.len() + 1);
    for (line, (stage, hint)) in lines.iter().zip(&expected) {
        let signature = &line["signature"];
        assert_eq!(signature["differs"].as_str(), *stage, "{line}");
        assert_eq!(signature["hint"].as_str().is_some(), !hint.is_empty(), "{line}");
        assert!(signature["hint"].as_str().unwrap_or_default().contains(hint), "{line}");
    }
    let first = &lines[0];
    assert_eq!(first["body"]["structure"]["fields"]["/person_id"], "string of 6 bytes");
    assert_eq!(text(&first["body"], "sha256").len(), 64);
    assert!(text(&first["signature"]["shown"], "plaintext").starts_with("a=1250000000&b=&k="), "{first}");
    let last = lines.last().expect("the unknown path");
    assert_eq!((&last["answer"]["status"], &last["signature"]), (&404.into(), &Value::Null));
    for secret in &secrets {
        assert!(
            !file.contains(secret.as_str()) && !table.contains(secret.as_str()),
            "{secret} is in the record"
        );
    }
    assert!(table.starts_with("REQUESTS  ENDPOINT"), "{table}");
    let told =
        |part: &str| table.lines().any(|line| line.contains("POST /face/getinfo") && line.contains(part));
    assert!(told("tencent-ci  ok") && told("digest differs") && told("use the secret key"), "{table}");
}

#[test]
fn the_canonical_request_of_a_wrong_bce_signature_is_shown() {
    let target = "/rest/2.0/face/v3/faceset/group/getlist";
    let mut secrets = Vec::new();
    let mut stages = Vec::new();
    let (lines, _, file) = recorded(|address, accounts| {
        let account = &accounts["baidu-face"][0];
        let (key, secret) = (text(account, "api_key"), text(account, "secret_key"));
        let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        let host = address.replace(':', "%3A");
        let request = |query: &str| format!("POST\n{target}\n{query}\nhost:{host}");
        let prefix = |time: &str| format!("bce-auth-v1/{key}/{time}/1800");
        let header = |time: &str, digest: &[u8]| format!("{}/host/{}", prefix(time), hex(digest));
        let signing = |time: &str| sha256(secret.as_bytes(), &prefix(time));
        let old = "2020-01-01T00:00:00Z";
        let cases = [
            (header(&now, &sha256(hex(&signing(&now)).as_bytes(), &request(""))), "", None, ""),
            (header(&now, &sha256(&signing(&now), &request(""))), "", Some("digest"), "hex digits as text"),
            (
                header(&now, &sha256(secret.as_bytes(), &request(""))),
                "",
                Some("digest"),
                "signing key of it first",
            ),
            (
                header(&now, &sha256(hex(&signing(&now)).as_bytes(), &request(""))),
                "?b=2&a=1",
                Some("digest"),
                "the query is not signed",
            ),
            (
                header(&now, &sha256(hex(&signing(&now)).as_bytes(), &request("a=1&b=2"))),
                "?b=2&a=1",
                None,
                "",
            ),
            (
                header(&now, &sha256(hex(&signing(&now)).as_bytes(), &request("").replace("%3A", ":"))),
                "",
                Some("digest"),
                "percent-encoded",
            ),
            (
                header(old, &sha256(hex(&signing(old)).as_bytes(), &request(""))),
                "",
                Some("time"),
                "set the clock",
            ),
            (header("yesterday", &[7; 32]), "", Some("plaintext"), "UTC"),
            (format!("bce-auth-v1/{key}/{now}/host"), "", Some("decoding"), ""),
            (header(&now, &[7; 32]).replace(key, "nobody"), "", Some("key"), ""),
        ];
        for (authorization, query, stage, hint) in cases {
            let answer =
                send(address, &format!("{target}{query}"), Some(&authorization), "application/json", "{}");
            let code = serde_json::from_str::<Value>(&answer).expect("JSON")["error_code"].clone();
            assert_eq!(
                code == 14,
                stage.is_some(),
                "the record and the answer must agree: {stage:?} {hint} {answer}"
            );
            stages.push((stage, hint));
            secrets.extend(
                authorization.rsplit('/').next().filter(|digest| digest.len() == 64).map(str::to_owned),
            );
        }
        send(address, &format!("{target}?access_token=24.forged.1.2.3"), None, "application/json", "{}");
        stages.push((Some("digest"), "tokens hold until"));
        secrets.extend([secret.to_owned(), "24.forged.1.2.3".to_owned()]);
    });
    for (line, (stage, hint)) in lines.iter().zip(&stages) {
        assert_eq!(line["signature"]["differs"].as_str(), *stage, "{line}");
        assert!(line["signature"]["hint"].as_str().unwrap_or_default().contains(hint), "{line}");
    }
    let canonical = text(&lines[3]["signature"]["shown"], "canonical_request");
    assert!(canonical.starts_with(&format!("POST\n{target}\na=1&b=2\nhost:127.0.0.1%3A")), "{canonical}");
    assert!(text(lines.last().expect("a line"), "target").ends_with("access_token=[redacted]"));
    for secret in &secrets {
        assert!(!file.contains(secret.as_str()), "{secret} is in the record");
    }
}
