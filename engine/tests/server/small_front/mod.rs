//! A front that nobody else knows is served, bounded, and explained by a record.

mod front;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use lianpu_engine::http::{Body, Request};
use lianpu_engine::record::Recorder;
use lianpu_engine::{Config, Engine};
use serde_json::{Value, json};

use crate::support::analyser::Made;
use crate::support::{Reply, Server};
use front::{PostOffice, SECRET};

/// A record that a test can read.
#[derive(Clone, Default)]
struct Pages(Arc<Mutex<Vec<u8>>>);

impl Write for Pages {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn engine() -> Engine {
    let config = Config::documented().expect("the bundled data");
    Engine::with_fronts(config, Arc::new(Made), vec![Box::new(PostOffice)])
}

fn ask(server: &Server, action: &str, stamp: &str, body: &str) -> Reply {
    let length = body.len();
    server.exchange(
        format!(
            "POST / HTTP/1.1\r\nHost: h\r\nX-Action: {action}\r\nAuthorization: Stamp {stamp}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .as_bytes(),
    )
}

#[test]
fn a_front_claims_by_a_header_and_answers_in_its_own_words() {
    let server = Server::of(engine());
    let weighed = ask(&server, "Weigh", SECRET, "books");
    assert_eq!((weighed.status, weighed.text.as_str()), (200, "5 g"));
    assert!(weighed.head.contains("x-errno: 0\r\n") && weighed.head.contains("content-type: text/plain\r\n"));
    assert_eq!(ask(&server, "Track", SECRET, "7").value(), json!({ "place": "on its way" }));
    for (action, stamp, body, code) in [
        ("Track", SECRET, String::new(), 2),
        ("Weigh", "forged", "books".to_owned(), 1),
        ("Weigh", SECRET, "x".repeat(65), 3),
        ("Burn", SECRET, String::new(), 9),
        ("Eat", SECRET, String::new(), 5),
    ] {
        let reply = ask(&server, action, stamp, &body);
        assert!(reply.head.contains(&format!("x-errno: {code}\r\n")), "{action} {reply:?}");
        assert_eq!(reply.head.contains("connection: close"), code == 3, "{action}");
    }
}

#[test]
fn what_it_does_not_claim_gets_a_plain_404() {
    let server = Server::of(engine());
    for target in ["/", "/face/detect", "/rest/2.0/face/v3/detect"] {
        let request = format!("POST {target} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        let reply = server.exchange(request.as_bytes());
        assert_eq!((reply.status, reply.text.as_str()), (404, "no such path\n"), "{target}");
    }
}

#[test]
fn it_tells_of_itself_in_the_ready_line() {
    let ready = engine().ready("http://h");
    assert_eq!(ready["accounts"], json!({ "post-office": [{ "office": "main" }] }));
    assert_eq!(ready["limits"], json!({ "post-office": { "parcel-bytes": 64 } }));
}

#[tokio::test]
async fn a_record_explains_its_signatures_and_keeps_its_secrets() {
    let pages = Pages::default();
    let recorder = Arc::new(Recorder::new(pages.clone()));
    let engine = engine().recording(Arc::clone(&recorder));
    for (stamp, body) in [(SECRET, "books"), ("forged-stamp", "books"), (SECRET, &"x".repeat(65))] {
        let request =
            Request::post("/").header("X-Action", "Weigh").header("Authorization", format!("Stamp {stamp}"));
        engine.dispatch(request.body(Body::from(body.to_owned())).expect("a request")).await;
    }
    let text = String::from_utf8(pages.0.lock().expect("nobody panicked").clone()).expect("text");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told =
        |line: &Value| (line["signature"]["differs"].clone(), line["answer"]["says"]["x-errno"].clone());
    let expected = [(Value::Null, json!("0")), (json!("digest"), json!("1")), (Value::Null, json!("3"))];
    assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), expected, "{text}");
    assert_eq!(lines[1]["signature"]["hint"], "buy one");
    assert!(!text.contains(SECRET) && !text.contains("forged-stamp"), "{text}");
    let (table, failed) = recorder.finish();
    assert!(failed.is_none() && table.contains("digest differs") && table.contains("200, 3"), "{table}");
}
