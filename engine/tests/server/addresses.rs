//! Pictures by address, from servers that misbehave.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Server, origin};

#[test]
fn every_misbehaviour_has_its_code() {
    let origin = origin::start();
    // One that waits as long as it takes, and one that does not: what comes, comes to the first on a busy machine too.
    let [server, impatient] = [60_000, 700].map(|milliseconds| {
        Server::start(|config| {
            config.allow_private_urls = true;
            config.fetch.total = Duration::from_millis(milliseconds);
            config.fetch.most_bytes = 1 << 20;
        })
    });
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("an address")
    };
    let detect = |url: &str| server.json("detect", json!({ "url": url })).code();
    let at = |path: &str| detect(&format!("http://{origin}/{path}"));

    assert_eq!(at("face/anna"), 0, "the type header counts for nothing");
    assert_eq!(at("face/"), -1101);
    assert_eq!(at("moved/2"), 0);
    assert_eq!(at("moved/3"), -1308, "a fourth redirect");
    assert_eq!([at("missing"), at("error"), at("other")], [-1308; 3]);
    assert_eq!([at("page"), at("empty"), at("cut"), at("huge")], [-1403; 4]);
    for path in ["stall", "silent"] {
        let start = Instant::now();
        let url = format!("http://{origin}/{path}");
        assert_eq!(impatient.json("detect", json!({ "url": url })).code(), -1403);
        assert!(start.elapsed() < origin::STALL, "{path}: it waited until the origin gave up");
    }
    assert_eq!(detect(&format!("http://{closed}/face/anna")), -1308);
    for url in [
        "htp:/x",
        "not a url",
        "ftp://h/a.jpg",
        "file:///etc/passwd",
        "http://",
        "http://no-such-host.invalid/",
    ] {
        assert_eq!(detect(url), -1308, "{url}");
    }
}

#[test]
fn addresses_inside_are_refused_unless_allowed() {
    let origin = origin::start();
    let server = Server::start(|_| {});
    let port = origin.port();
    for host in
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "169.254.169.254"]
    {
        let url = format!("http://{host}:{port}/face/anna");
        assert_eq!(server.json("detect", json!({ "url": url })).code(), -1308, "{host}");
    }
}
