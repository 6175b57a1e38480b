//! Every failing scenario leaves a bundle, and a bundle can be replayed: at a target that answers wrongly the failure shows
//! again, at the engine it is gone.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::common;
use crate::common::listener::Listener;
use crate::common::proxy::{Answer, Exchange, Proxy};
use crate::common::{Server, lianpu, shared};

/// Runs the command; its exit code and all it said.
fn said(words: &[&str], folder: &Path) -> (i32, String) {
    let output = lianpu(words, Some(folder));
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A run at an address with the server's credentials, its events in the folder.
fn run(server: &Server, url: &str, words: &[&str], folder: &Path) -> (i32, String) {
    let ready = server.ready_file();
    let at = [
        "run",
        "--quiet",
        "--gate-on",
        "inferred",
        "--report",
        "events=e",
        "--report",
        "html=h",
        "--target",
        url,
    ];
    said(&[&at[..], &["--credentials", ready.to_str().unwrap()], words].concat(), folder)
}

fn replay(server: &Server, url: &str, bundle: &Path, mode: &str, folder: &Path) -> (i32, String) {
    let ready = server.ready_file();
    let words =
        ["replay", bundle.to_str().unwrap(), mode, "--target", url, "--credentials", ready.to_str().unwrap()];
    said(&words, folder)
}

/// The failing scenarios of the events: id and bundle.
fn failing(folder: &Path) -> Vec<(String, Option<String>)> {
    let events = fs::read_to_string(folder.join("e")).unwrap();
    let records = events.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let failing = records.filter(|record| record["verdict"] == "fail");
    failing
        .map(|record| {
            (record["id"].as_str().unwrap().to_owned(), record["reproducer"].as_str().map(str::to_owned))
        })
        .collect()
}

fn bundle(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path.join("bundle.json")).unwrap()).unwrap()
}

/// A proxy that answers one code as another one.
fn lying(server: &Server, code: i64, wrong: i64) -> Proxy {
    Proxy::start(server, move |exchange: &Exchange| {
        let Some(mut body) = exchange.reply.json() else { return Answer::Honest };
        for name in ["code", "error_code"] {
            if body[name] == code {
                body[name] = json!(wrong);
                return Answer::Body(body.to_string());
            }
        }
        Answer::Honest
    })
}

#[test]
fn a_failing_scenario_is_kept_with_its_set_up_and_shows_again() {
    let server = Server::start(&common::HELPFUL); // its own: what is left over is looked at
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let proxy = lying(&server, -1302, -1399);
    let few = ["--table", "face", "--op", "newperson", "--row", "-1302", "--row", "14"];
    let (exit, shown) = run(&server, &proxy.url(), &few, folder);
    assert_eq!(exit, 1, "{shown}");
    let failing = failing(folder);
    assert!(!failing.is_empty(), "{shown}");
    let page = fs::read_to_string(folder.join("h")).unwrap().replace("&#x2f;", "/");
    for (id, kept) in &failing {
        let kept = kept.clone().unwrap_or_else(|| panic!("{id} left no bundle"));
        assert!(kept.starts_with("reproducers/"), "beside the events: {kept}");
        assert!(page.contains(&format!("lianpu replay {kept}")), "{id} is not in the page");
        let path = folder.join(&kept);
        let bundle = bundle(&path);
        let requests = bundle["requests"].as_array().unwrap();
        assert!(
            requests.len() > 1 && requests[0]["purpose"] == "set-up",
            "{id}: the person is created first"
        );
        let judged = requests.iter().rfind(|one| one["purpose"] == "judged").unwrap();
        assert_eq!((&judged["answer"]["code"], &judged["operation"]), (&json!(-1399), &json!("newperson")));
        assert!(judged["string_to_sign"].as_str().unwrap().contains("k={{secret_id}}"), "{judged}");
        assert!(judged["curl"].as_str().unwrap().starts_with("curl -sS"), "{judged}");
        assert!(judged["view"]["parameters"].as_array().unwrap().iter().any(|pair| pair[0] == "person_id"));
        for mode in ["--resign", "--exact"] {
            let (exit, shown) = replay(&server, &proxy.url(), &path, mode, folder);
            assert!(exit == 1 && shown.contains("the failure is still there"), "{id} {mode}: {exit} {shown}");
            let (exit, shown) = replay(&server, server.base_url(), &path, mode, folder);
            assert!(exit == 0 && shown.contains("the failure is gone"), "{id} {mode}: {exit} {shown}");
        }
        // As a feature it fails until it is mended.
        let as_feature = ["--features", &kept];
        assert_eq!(run(&server, &proxy.url(), &as_feature, folder).0, 1, "{id}");
        assert_eq!(run(&server, server.base_url(), &as_feature, folder).0, 0, "{id}");
    }
    assert!(
        shown.contains("  replay        lianpu replay") && shown.contains("under reproducers"),
        "{shown}"
    );
    assert_eq!(proxy.groups(), Vec::<String>::new(), "what was created again is deleted again");
}

#[test]
fn what_the_target_gives_is_taken_from_its_new_answers() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // Faces have ids of the target's own; tokens are exchanged anew.
    for (words, code, wrong) in [
        (&["--table", "face", "--op", "delface", "--row", "-1305"][..], -1305, -1399),
        (&["--dialect", "baidu-face", "--op", "face-delete", "--row", "223106"], 223_106, 222_200),
        (&["--dialect", "baidu-face", "--op", "user-add", "--row", "223105"], 223_105, 222_200),
    ] {
        let proxy = lying(&server, code, wrong);
        let (_, shown) = run(&server, &proxy.url(), words, folder);
        let kept: Vec<_> = failing(folder).into_iter().filter_map(|(_, kept)| kept).collect();
        assert!(!kept.is_empty(), "{code}: {shown}");
        for kept in kept {
            let path = folder.join(&kept);
            let (exit, shown) = replay(&server, &proxy.url(), &path, "--resign", folder);
            assert_eq!(exit, 1, "{kept}: {shown}");
            let (exit, shown) = replay(&server, server.base_url(), &path, "--resign", folder);
            assert_eq!(exit, 0, "{kept}: {shown}");
            // The same bytes show it again, or say that they name what was given then; the name of a group that was
            // just deleted may be taken still.
            let (exit, shown) = replay(&server, &proxy.url(), &path, "--exact", folder);
            let told = shown.contains("--resign") || shown.contains("set-up-failed");
            assert!(exit == 1 || ([3, 5].contains(&exit) && told), "{kept}: {exit} {shown}");
        }
    }
}

#[test]
fn an_edited_bundle_and_one_that_cannot_be_sent_here_are_told() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let proxy = lying(&server, 14, 16);
    let (exit, shown) =
        run(&server, &proxy.url(), &["--table", "face", "--op", "getinfo", "--row", "14"], folder);
    assert_eq!(exit, 1, "{shown}");
    let kept = failing(folder)[0].1.clone().unwrap();
    let path = folder.join(&kept);
    let whole = fs::read_to_string(path.join("bundle.json")).unwrap();
    let edited = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        fs::write(path.join("bundle.json"), whole.replacen(from, to, 1)).unwrap();
        replay(&server, server.base_url(), &path, "--resign", folder)
    };
    for (from, to, part) in [
        (
            "the code is 14",
            "the code is 16",
            "digest: is not the digest of the other fields: the bundle was edited",
        ),
        ("\"schema\": 2", "\"schema\": 7", "schema: is 7, but this version reads 2"),
        ("\"moments\"", "\"moment\"", "moments: is missing"),
        ("{", "", "not a bundle"),
    ] {
        let (exit, shown) = edited(from, to);
        assert!(exit == 2 && shown.contains(part), "{exit}: {shown}");
    }
    let (exit, shown) = said(&["replay", "nowhere"], folder);
    assert!(exit == 2 && shown.contains("nowhere: cannot be read"), "{shown}");
    fs::write(path.join("bundle.json"), &whole).unwrap();
    let (exit, shown) = replay(&server, "http://127.0.0.1:9", &path, "--exact", folder);
    assert_eq!(exit, 3, "{shown}");
}

#[test]
fn where_bundles_go_is_said_and_photographs_are_never_kept() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let proxy = lying(&server, 14, 16);
    let few = ["--table", "face", "--op", "getinfo", "--row", "14"];
    let (exit, _) =
        run(&server, &proxy.url(), &[&few[..], &["--reproducers", "there/here"]].concat(), folder);
    assert_eq!(exit, 1);
    let kept = failing(folder)[0].1.clone().unwrap();
    assert!(
        kept.starts_with("there/here/") && folder.join(&kept).join("reproducer.feature").exists(),
        "{kept}"
    );
    assert!(!folder.join("reproducers").exists());
    let (exit, shown) = run(&server, &proxy.url(), &["--faces", ".", "--reproducers", "x"], folder);
    assert!(exit == 2 && shown.contains("cannot be used with"), "{shown}");
    // Where nothing fails there is no folder.
    let (exit, _) = run(&server, server.base_url(), &few, folder);
    assert!(exit == 0 && !folder.join("reproducers").exists());
}

/// Every byte of each request that comes, answered in one way.
fn listening(seen: &Arc<Mutex<Vec<Vec<u8>>>>) -> Listener {
    let seen = Arc::clone(seen);
    Listener::start(move |mut stream| {
        loop {
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte)?;
                request.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&request).to_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            stream.read_exact(&mut body)?;
            request.extend(body);
            seen.lock().unwrap().push(request);
            let answer = "{\"code\":7,\"message\":\"no\"}";
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
                answer.len()
            )?;
        }
    })
}

#[test]
fn what_is_kept_is_what_was_sent_to_the_byte() {
    let seen: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
    let target = listening(&seen);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("f")).unwrap();
    let text = "@dialect:tencent-ci\nFeature: own\n  Background:\n    Given a valid detect request\n\n  Scenario: a picture\n    When it is sent\n    \
                Then the code is 0\n\n  Scenario: a header\n    Given its header X-Anna is \"b c\"\n    And its query x is \"1 2\"\n    When it is sent\n    Then the code is 0\n";
    fs::write(folder.join("f/own.feature"), text).unwrap();
    let words = [
        "run",
        "--quiet",
        "--jobs",
        "1",
        "--features",
        "f",
        "--report",
        "events=e",
        "--target",
        &target.url(),
    ];
    let (exit, shown) = said(&words, folder);
    assert_eq!(exit, 1, "{shown}");
    let failing = failing(folder);
    assert_eq!(failing.len(), 2, "{shown}");
    let seen = seen.lock().unwrap();
    let host = target.url().trim_start_matches("http://").to_owned();
    for (id, kept) in failing {
        let bundle = bundle(&folder.join(kept.unwrap()));
        let sent = STANDARD.decode(bundle["requests"][0]["sent"].as_str().unwrap()).unwrap();
        let sent = String::from_utf8_lossy(&sent).replace("{{host}}", &host);
        let fits = |bytes: &Vec<u8>| {
            let bytes = String::from_utf8_lossy(bytes);
            let authorization = bytes.lines().find_map(|line| line.strip_prefix("authorization: ")).unwrap();
            let header = bytes.lines().find_map(|line| line.strip_prefix("x-anna: ")).unwrap_or("{{x-anna}}");
            sent.replace("{{authorization}}", authorization).replace("{{x-anna}}", header) == bytes
        };
        assert!(seen.iter().any(fits), "{id}: {}", &sent[..sent.len().min(700)]);
        let steps = bundle["feature"].as_str().unwrap();
        assert!(steps.contains("Given a valid detect request"), "the background too: {steps}");
    }
}

#[test]
fn requests_with_mutations_are_kept_and_made_anew() {
    let server = shared();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let proxy = lying(&server, 14, 16);
    fs::create_dir(folder.join("f")).unwrap();
    let text = "@dialect:tencent-ci\nFeature: own\n  Scenario: changed\n    When a getinfo request is sent with the mutations \
                [{\"mutator\":\"digest-flipped\",\"bit\":85}]\n    Then the answer is one that the oracle allows\n";
    fs::write(folder.join("f/own.feature"), text).unwrap();
    let (exit, shown) = run(&server, &proxy.url(), &["--features", "f"], folder);
    assert_eq!(exit, 1, "{shown}");
    let kept = failing(folder)[0].1.clone().unwrap();
    let bundle = bundle(&folder.join(&kept));
    assert_eq!(bundle["mutated"], true);
    assert!(bundle["requests"].as_array().unwrap().iter().any(|one| one["purpose"] == "judged"), "{bundle}");
    let path: PathBuf = folder.join(&kept);
    let (exit, shown) = replay(&server, &proxy.url(), &path, "--resign", folder);
    assert_eq!(exit, 1, "{shown}");
    let (exit, shown) = replay(&server, &proxy.url(), &path, "--exact", folder);
    assert!(exit == 2 && shown.contains("use --resign"), "{shown}");
}
