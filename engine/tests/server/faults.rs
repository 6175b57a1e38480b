//! Failures on demand: off by default, real where they are allowed, and without a trace.

use serde_json::json;

use crate::support::{Server, origin, picture};

#[test]
fn the_hook_is_off_by_default() {
    let server = Server::start(|_| {});
    for fault in ["application.exception", "gallery.read", "no-such-fault"] {
        let headers = [("X-Lianpu-Fault", fault)];
        assert_eq!(server.json_with("getgroupids", &headers, json!({})).code(), -1307, "{fault}");
    }
}

#[test]
fn every_fault_comes_out_as_its_code() {
    let origin = origin::start();
    let server = Server::start(|config| {
        config.allow_faults = true;
        config.allow_private_urls = true;
    });
    server.person("p", "g", &picture("anna"));
    let with = |fault: &str, operation: &str| {
        let parameters =
            json!({ "person_id": "q", "group_ids": ["h"], "url": format!("http://{origin}/face/bea") });
        server.json_with(operation, &[("X-Lianpu-Fault", fault)], parameters).code()
    };
    let expected = [
        ("auth-service.error", "getgroupids", 107),
        ("auth-service.unavailable", "getgroupids", 108),
        ("application.exception", "getgroupids", 213),
        ("vision.describe", "newperson", -1103),
        ("vision.contour", "shape", -1104),
        ("vision.gender", "detect", -1105),
        ("vision.expression", "detect", -1106),
        ("vision.age", "newperson", -1107),
        ("vision.pose", "detect", -1108),
        ("vision.glasses", "detect", -1109),
        ("gallery.read", "getgroupids", -1200),
        ("gallery.read", "newperson", -1200),
        ("gallery.write", "newperson", -1200),
        ("fetch.connect", "newperson", -1308),
        ("fetch.read", "detect", -1403),
    ];
    for (fault, operation, code) in expected {
        assert_eq!(with(fault, operation), code, "{fault} {operation}");
    }
    assert_eq!(with("gallery.write", "getgroupids"), 0, "reading goes on");
    assert_eq!(server.json("getinfo", json!({ "person_id": "q" })).code(), -1303, "no trace");
    assert_eq!(server.json("getgroupids", json!({})).ok(), json!({ "group_ids": ["g"] }));

    let headers = [("X-Lianpu-Fault", "gallery.write")];
    let changes = [
        ("delperson", json!({ "person_id": "p" })),
        ("setinfo", json!({ "person_id": "p", "tag": "t" })),
        ("addgroupids", json!({ "person_id": "p", "group_ids": ["h"] })),
        ("delgroupids", json!({ "person_id": "p", "group_ids": ["g"] })),
    ];
    let before = server.json("getinfo", json!({ "person_id": "p" })).ok();
    for (operation, parameters) in changes {
        assert_eq!(server.json_with(operation, &headers, parameters).code(), -1200, "{operation}");
    }
    assert_eq!(server.json("getinfo", json!({ "person_id": "p" })).ok(), before, "no trace");
}

#[test]
fn an_unknown_fault_is_said_to_be_one() {
    let server = Server::start(|config| config.allow_faults = true);
    let reply = server.json_with("getgroupids", &[("X-Lianpu-Fault", "gallery.burn")], json!({}));
    assert_eq!(reply.status, 400);
    let text = reply.value()["error"].as_str().expect("a text").to_owned();
    assert!(text.contains("gallery.burn") && text.contains("gallery.write"), "{text}");
}
