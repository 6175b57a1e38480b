//! Wrong answers are caught: a proxy in front of the engine answers one row wrongly, and exactly the scenarios of that
//! row fail, each with the finding that names the mistake.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::common;
use crate::common::proxy::{Answer, Exchange, Message, Proxy, send};
use crate::common::report::{Run, checks, run};
use crate::common::{PATIENCE, Server, shared};

/// One way of answering wrongly.
struct Wrong {
    name: &'static str,
    /// The row that is answered so.
    code: i64,
    /// The finding that must name it.
    check: &'static str,
    answer: fn(&Exchange) -> Answer,
}

const fn wrong(name: &'static str, code: i64, check: &'static str, answer: fn(&Exchange) -> Answer) -> Wrong {
    Wrong { name, code, check, answer }
}

const WRONGS: [Wrong; 13] = [
    wrong("another code", -1302, "code", |exchange| changed(exchange, "code", json!(-1399))),
    wrong("another code", 9, "code", |exchange| changed(exchange, "code", json!(16))),
    wrong("success", 14, "code", |exchange| changed(exchange, "code", json!(0))),
    wrong("the code as a string", -1304, "code-type", |exchange| {
        changed(exchange, "code", json!(exchange.code().map(|code| code.to_string())))
    }),
    wrong("HTTP 500", 14, "status", |exchange| Answer::Reply {
        status: "500 Internal Server Error",
        content_type: "application/json",
        body: honest(exchange),
    }),
    wrong("broken JSON", 9, "json", |exchange| {
        let body = honest(exchange);
        Answer::Body(body[..body.len() - 1].to_owned())
    }),
    wrong("an empty message", -1302, "message", |exchange| changed(exchange, "message", json!(""))),
    wrong("a success message", -1304, "message", |exchange| changed(exchange, "message", json!("OK"))),
    wrong("a wrong content type", 14, "content-type", |exchange| Answer::Reply {
        status: "200 OK",
        content_type: "text/html",
        body: honest(exchange),
    }),
    wrong("an endless body", 9, "transport", |_| Answer::Endless),
    wrong("a closed connection", -1302, "transport", |_| Answer::Close),
    wrong("a length that is too great", -1304, "transport", |exchange| raw(exchange, 7, true)),
    wrong("a length that is too small", 14, "json", |exchange| raw(exchange, -7, false)),
];

/// Few scenarios, of four rows and of the success.
const FEW: [&str; 12] =
    ["--table", "face", "--op", "newperson", "--row", "-1302", "--row", "-1304", "--row", "9", "--row", "14"];

#[test]
fn every_kind_of_wrong_answer_is_caught() {
    let server = shared();
    let plain = at(&server, server.base_url(), &FEW);
    assert_eq!(plain.exit(), 0, "{}", plain.said());
    for wrong in WRONGS {
        let (code, answer) = (wrong.code, wrong.answer);
        let proxy = Proxy::start(&server, move |exchange| match exchange.code() {
            Some(seen) if seen == code => answer(exchange),
            _ => Answer::Honest,
        });
        let run = at(&server, &proxy.url(), &FEW);
        assert_caught(&run, &plain, code, wrong.name);
        for scenario in run.scenarios().iter().filter(|scenario| scenario["verdict"] == "fail") {
            assert!(checks(scenario).contains(wrong.check), "{} on {code}: {scenario}", wrong.name);
        }
    }
}

/// The envelope of another dialect: what changes, and the finding that must name it.
type Broken = (&'static str, &'static str, fn(&mut Value));

const BROKEN: [Broken; 6] = [
    ("another code", "code", |body| body["error_code"] = json!(223_100)),
    ("the code as a string", "code-type", |body| body["error_code"] = json!("223101")),
    ("no number of the request", "field", |body| drop(body.as_object_mut().unwrap().remove("log_id"))),
    ("the time as a text", "field", |body| body["timestamp"] = json!("now")),
    ("an error with a result", "field", |body| body["result"] = json!({})),
    ("a success message", "message", |body| body["error_msg"] = json!("SUCCESS")),
];

const GROUPS: [&str; 6] = ["--dialect", "baidu-face", "--op", "group-add", "--tags", "not @reach:fault"];

#[test]
fn a_wrong_envelope_is_caught() {
    let server = shared();
    let plain = at(&server, server.base_url(), &GROUPS);
    assert_eq!(plain.exit(), 0, "{}", plain.said());
    for (name, check, change) in BROKEN {
        let proxy = breaking(&server, 223_101, change);
        let run = at(&server, &proxy.url(), &GROUPS);
        assert_caught(&run, &plain, 223_101, name);
        for scenario in run.scenarios().iter().filter(|scenario| scenario["verdict"] == "fail") {
            assert!(checks(scenario).contains(check), "{name}: {scenario}");
        }
    }
}

#[test]
fn a_layer_in_front_answers_in_short() {
    let server = shared();
    let words = [&GROUPS[..], &["--table", "common"]].concat();
    let plain = at(&server, server.base_url(), &words);
    assert_eq!(plain.exit(), 0, "{}", plain.said());
    let proxy = breaking(&server, 110, |body| {
        assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["error_code", "error_msg"]);
        body.as_object_mut().unwrap().remove("error_msg");
    });
    assert_caught(&at(&server, &proxy.url(), &words), &plain, 110, "no message");
}

#[test]
fn messages_count_where_it_is_asked_for() {
    let server = shared();
    let proxy = breaking(&server, 223_101, |body| body["error_msg"] = json!("group exists"));
    let lax = at(&server, &proxy.url(), &GROUPS);
    assert_eq!(lax.exit(), 0, "{}", lax.said());
    let strict = [&GROUPS[..], &["--strict"]].concat();
    let plain = at(&server, server.base_url(), &strict);
    assert_eq!(plain.exit(), 0, "{}", plain.said());
    assert_caught(&at(&server, &proxy.url(), &strict), &plain, 223_101, "another message");
}

/// A proxy that changes the answers of one code.
fn breaking(server: &Server, code: i64, change: fn(&mut Value)) -> Proxy {
    Proxy::start(server, move |exchange| match exchange.reply.json() {
        Some(mut body) if body["error_code"] == code => {
            change(&mut body);
            Answer::Body(body.to_string())
        }
        _ => Answer::Honest,
    })
}

#[test]
fn a_hang_is_caught_in_the_given_time() {
    let server = shared();
    let words = ["--table", "face", "--op", "getinfo", "--row", "14", "--row", "16", "--timeout", "3s"];
    let plain = at(&server, server.base_url(), &words);
    assert_eq!(plain.exit(), 0, "{}", plain.said());
    let proxy = Proxy::start(&server, |exchange| match exchange.code() {
        Some(14) => Answer::Hang,
        _ => Answer::Honest,
    });
    let begun = std::time::Instant::now();
    let run = at(&server, &proxy.url(), &words);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    assert_caught(&run, &plain, 14, "a hang");
    for scenario in run.scenarios().iter().filter(|scenario| scenario["verdict"] == "fail") {
        let found = scenario["findings"][0]["actual"].as_str().unwrap();
        assert_eq!(found, "no complete answer within 3s", "{scenario}");
        assert_eq!(scenario["actual"], Value::Null);
    }
}

#[test]
fn a_missing_field_of_a_success_is_caught() {
    let server = shared();
    let words = ["--op", "newperson", "--tags", "@row:0 or @row:-1302"];
    let plain = at(&server, server.base_url(), &words);
    let proxy = Proxy::start(&server, |exchange| {
        if exchange.operation != "newperson" || exchange.code() != Some(0) {
            return Answer::Honest;
        }
        let mut body = exchange.reply.json().unwrap();
        assert!(body["data"].as_object_mut().unwrap().remove("suc_face").is_some());
        Answer::Body(body.to_string())
    });
    let run = at(&server, &proxy.url(), &words);
    assert_caught(&run, &plain, 0, "a missing field");
    for scenario in run.scenarios().iter().filter(|scenario| scenario["verdict"] == "fail") {
        assert_eq!(
            scenario["findings"],
            json!([{
                "check": "field", "expected": "an integer at /data/suc_face", "actual": "nothing"
            }])
        );
    }
}

#[test]
fn of_a_whole_table_only_the_row_fails() {
    let server = shared();
    let words = ["--table", "tencent-ci/face-management"];
    let proxy = Proxy::start(&server, |exchange| match exchange.code() {
        Some(-1304) => changed(exchange, "code", json!(-1399)),
        _ => Answer::Honest,
    });
    let run = at(&server, &proxy.url(), &words);
    assert_eq!(run.exit(), 1, "{}", run.said());
    let row = run.ids(|scenario| scenario["row"] == "tencent-ci/face-management/-1304");
    assert!(row.len() > 5 && run.scenarios().len() > 200, "{}", run.scenarios().len());
    assert_eq!(run.with("fail"), row, "{}", run.said());
    let others = run.ids(|scenario| scenario["row"] != "tencent-ci/face-management/-1304");
    let green: BTreeSet<_> = run.with("pass").union(&run.with("tolerated")).cloned().collect();
    assert_eq!(others, green, "{}", run.said());
}

#[test]
fn an_error_that_leaves_a_trace_is_caught() {
    let server = Server::start(&common::HELPFUL);
    let words = ["--table", "face", "--op", "newperson", "--row", "14", "--row", "-1302"];
    let good: Mutex<Option<(String, Message)>> = Mutex::default();
    let proxy = Proxy::start(&server, move |exchange| {
        if exchange.operation != "newperson" {
            return Answer::Honest;
        }
        let id = person_id(&exchange.request);
        match exchange.code() {
            Some(0) => *good.lock().unwrap() = Some((id, exchange.request.clone())),
            // The refused person is created all the same, with the signature of a good request.
            Some(14) => {
                let known = good.lock().unwrap().clone();
                let (old, request) = known.expect("a good request came first");
                let body = replaced(&request.body, old.as_bytes(), id.as_bytes());
                let reply = send(exchange.upstream, &request.with_body(body)).unwrap().json().unwrap();
                assert_eq!(reply["code"], 0, "{reply}");
            }
            _ => {}
        }
        Answer::Honest
    });
    // The good request comes first: the other row's set-up.
    let first = at(&server, &proxy.url(), &["--table", "face", "--op", "newperson", "--row", "-1302"]);
    assert_eq!(first.exit(), 0, "{}", first.said());
    let run = at(&server, &proxy.url(), &words);
    assert_eq!(run.exit(), 1, "{}", run.said());
    let row = run.ids(|scenario| scenario["row"] == "tencent-ci/face/14");
    assert!(row.len() >= 3, "{row:?}");
    assert_eq!(run.with("fail"), row, "{}", run.said());
    for scenario in run.scenarios().iter().filter(|scenario| scenario["verdict"] == "fail") {
        assert_eq!(checks(scenario), BTreeSet::from(["trace"]), "{scenario}");
    }
    assert_eq!(run.report["leftovers"], json!([]), "what the error created is cleaned up");
    assert_eq!(proxy.groups(), Vec::<String>::new());
}

/// Runs at an address with the server's credentials.
fn at(server: &Server, url: &str, words: &[&str]) -> Run {
    let ready = server.ready_file();
    // Every statement counts, as on the bundled engine.
    let target = ["--gate-on", "inferred", "--target", url, "--credentials", ready.to_str().unwrap()];
    run(&[&target, words].concat())
}

/// The run fails, in exactly the scenarios whose honest answer was the code.
fn assert_caught(run: &Run, plain: &Run, code: i64, what: &str) {
    assert_eq!(run.exit(), 1, "{what} on {code}: {}", run.said());
    let due = plain.ids(|scenario| scenario["expected"][0] == code);
    let answered = plain.ids(|scenario| scenario["actual"]["code"] == code);
    assert!(!due.is_empty() && due.len() < plain.scenarios().len(), "{what} on {code}: {due:?}");
    assert_eq!(due, answered, "{what} on {code}: the honest run answers the row's code");
    assert_eq!(run.with("fail"), due, "{what} on {code}: {}", run.said());
    assert_eq!(
        run.with("pass").len(),
        plain.scenarios().len() - due.len(),
        "{what} on {code}: {}",
        run.said()
    );
}

fn honest(exchange: &Exchange) -> String {
    String::from_utf8(exchange.reply.body.clone()).unwrap()
}

fn changed(exchange: &Exchange, member: &str, value: Value) -> Answer {
    let mut body = exchange.reply.json().unwrap();
    body[member] = value;
    Answer::Body(body.to_string())
}

/// The honest answer under a length that is so much off.
fn raw(exchange: &Exchange, off: isize, close: bool) -> Answer {
    let length = exchange.reply.body.len().checked_add_signed(off).unwrap();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    Answer::Raw { bytes: [head.as_bytes(), &exchange.reply.body].concat(), close }
}

/// The person a request is about, in multipart or JSON.
fn person_id(request: &Message) -> String {
    if let Some(json) = request.json() {
        return json["person_id"].as_str().unwrap_or_default().to_owned();
    }
    let text = String::from_utf8_lossy(&request.body);
    let after = text.split("name=\"person_id\"\r\n\r\n").nth(1).unwrap_or_default();
    after.split("\r\n").next().unwrap_or_default().to_owned()
}

fn replaced(body: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = body.windows(old.len()).position(|window| window == old).expect("the old id is in the body");
    [&body[..at], new, &body[at + old.len()..]].concat()
}
