//! Below the dialect: sizes, time-outs, methods, paths, panics, connections.

use std::io::{Read, Write};
use std::time::Duration;

use serde_json::json;

use crate::support::{APPID, Server, picture, read_reply};

#[test]
fn a_body_above_the_limit_is_refused_before_all_else() {
    let server = Server::start(|_| {});
    let image = [&picture("anna")[..], &vec![b'/'; 1_600_000]].concat();
    let reply = server.multipart("detect", &[("image", &image)]);
    assert_eq!((reply.status, reply.code()), (400, 23));
    let reply = server.post("detect", &[], &vec![0; 1_572_865]);
    assert_eq!(reply.code(), 23, "though there is no signature");
    let reply = server.post("detect", &[], &vec![0; 1_572_864]);
    assert_eq!(reply.code(), 4);
}

#[test]
fn a_chunked_body_is_taken_and_bounded() {
    let server = Server::start(|_| {});
    let head = format!(
        "POST /face/getinfo HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.sign()
    );
    let body = format!(r#"{{"appid":"{APPID}","person_id":"p"}}"#);
    let request = format!("{head}{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    assert_eq!(server.exchange(request.as_bytes()).code(), -1303);

    let chunk = [b"10000\r\n".as_slice(), &vec![b'x'; 0x10000], b"\r\n"].concat();
    let request = [head.as_bytes(), &chunk.repeat(30), b"0\r\n\r\n"].concat();
    assert_eq!(server.exchange(&request).code(), 23);
}

#[test]
fn a_sender_who_waits_for_permission_is_told_at_once() {
    let server = Server::start(|_| {});
    // The body never comes: who waited for it would answer 408 in the end.
    let request =
        "POST /face/detect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n";
    assert_eq!(server.exchange(request.as_bytes()).code(), 23);
}

#[test]
fn slow_senders_are_given_up() {
    let server = Server::start(|config| {
        config.http.head_timeout = Duration::from_millis(300);
        config.http.piece_timeout = Duration::from_millis(300);
    });
    let reply = server.exchange(b"POST /face/detect HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
    assert_eq!((reply.status, reply.code()), (408, 408));
    let mut stream = server.connect();
    stream.write_all(b"POST /face/detect HTTP/1.1\r\nHost:").expect("written");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("closed sooner than this reader's patience ends");
}

#[test]
fn unknown_paths_and_methods_are_the_gateways() {
    let server = Server::start(|_| {});
    let ask = |line: &str, length: &str| {
        server.exchange(format!("{line} HTTP/1.1\r\nHost: x\r\n{length}\r\n").as_bytes())
    };
    let none = "Content-Length: 0\r\n";
    for (line, length, status) in [
        ("GET /face/detect", none, 405),
        ("PUT /face/detect", none, 405),
        ("OPTIONS /face/detect", none, 405),
        ("POST /face/nothing", none, 404),
        ("POST /face/detect/", none, 404),
        ("POST /face/detect", "", 411),
    ] {
        let reply = ask(line, length);
        assert_eq!((reply.status, reply.code()), (status, i64::from(status)), "{line}");
        assert!(reply.head.contains("content-type: application/json\r\n"), "{line}");
    }
}

#[test]
fn what_nobody_claims_is_nobodys() {
    let server = Server::start(|_| {});
    for line in ["POST /", "GET /favicon.ico", "POST /face", "POST /rest/", "POST /faces/detect"] {
        let reply =
            server.exchange(format!("{line} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").as_bytes());
        assert_eq!((reply.status, reply.text.as_str()), (404, "no such path\n"), "{line}");
        assert!(reply.head.contains("content-type: text/plain"), "{line}");
    }
}

#[test]
fn a_proxys_target_and_several_requests_on_one_connection() {
    let server = Server::start(|_| {});
    let body = json!({ "appid": APPID, "person_id": "p" }).to_string();
    let request = format!(
        "POST http://service.image.myqcloud.com/face/getinfo HTTP/1.1\r\nHost: service.image.myqcloud.com\r\n\
         Authorization: {}\r\nContent-Length: {}\r\n\r\n{body}",
        server.sign(),
        body.len()
    );
    let mut stream = server.connect();
    for _ in 0..3 {
        stream.write_all(request.as_bytes()).expect("written");
        assert_eq!(read_reply(&mut stream).code(), -1303);
    }
}

#[test]
fn who_has_sent_all_and_says_so_is_answered() {
    let server = Server::start(|_| {});
    let body = json!({ "appid": APPID, "person_id": "p" }).to_string();
    let mut stream = server.connect();
    write!(
        stream,
        "POST /face/getinfo HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nContent-Length: {}\r\n\r\n{body}",
        server.sign(),
        body.len()
    )
    .expect("written");
    stream.shutdown(std::net::Shutdown::Write).expect("half closed");
    assert_eq!(read_reply(&mut stream).code(), -1303);
}

#[test]
fn a_panic_spares_the_connection_and_the_server() {
    let server = Server::start(|config| config.allow_faults = true);
    let reply = server.json_with("getgroupids", &[("X-Lianpu-Fault", "application.exception")], json!({}));
    assert_eq!((reply.status, reply.code()), (200, 213));
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
}

#[test]
fn garbage_never_fells_the_server() {
    let server = Server::start(|_| {});
    for garbage in
        [&b"\x16\x03\x01\x02\0\x01\0"[..], b"\r\n\r\n\r\n", b"POST", b"POST /face/detect HTTP/9.9\r\n\r\n"]
    {
        let mut stream = server.connect();
        stream.write_all(garbage).expect("written");
        stream.shutdown(std::net::Shutdown::Write).expect("half closed");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
    }
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
}
