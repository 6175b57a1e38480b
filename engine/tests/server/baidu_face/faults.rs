//! Failures on demand: each comes out as its row, and leaves nothing behind.

use serde_json::{Value, json};

use crate::support::baidu::{Baidu, code, image, registration, with};

/// Stages that every operation passes.
const EVERYWHERE: [(&str, i64); 28] = [
    ("gateway.exception", 1),
    ("gateway.no-server", 2),
    ("auth.clock-ahead", 111),
    ("app.lookup", 15),
    ("app.permissions", 6),
    ("service-token.fetch", 13),
    ("quota.cluster", 4),
    ("quota.day", 17),
    ("quota.second", 18),
    ("quota.total", 19),
    ("platform.exception", 282_000),
    ("parameter-check.rules", 222_901),
    ("parameter-check.limits", 222_902),
    ("parameter-check.reader", 222_903),
    ("parameter-check.checker", 222_904),
    ("interface.registry", 222_905),
    ("interface.settings", 222_906),
    ("cache.connect", 222_907),
    ("cache.read", 222_908),
    ("cache.write", 222_909),
    ("storage.connect", 222_910),
    ("storage.read", 222_911),
    ("interface.context", 222_913),
    ("interface.reply", 222_914),
    ("downstream.request", 222_201),
    ("downstream.connect", 222_205),
    ("rtse.request", 222_206),
    ("application.exception", 222_302),
];

#[test]
fn every_stage_comes_out_as_its_row_and_leaves_no_trace() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "u");
    let changes = [
        ("v3/faceset/user/add", registration("bea", "g", "v")),
        ("v3/faceset/user/update", registration("bea", "g", "u")),
        ("v3/faceset/user/delete", json!({ "group_id": "g", "user_id": "u" })),
        ("v3/faceset/group/add", json!({ "group_id": "h" })),
        ("v3/faceset/group/delete", json!({ "group_id": "g" })),
    ];
    for (path, body) in &changes {
        for (fault, expected) in EVERYWHERE {
            assert_eq!(baidu.failing(fault, path, body), expected, "{fault} {path}");
        }
    }
    assert_eq!(baidu.failing("storage.write", "v3/faceset/user/add", &changes[0].1), 222_912);
    assert_eq!(baidu.failing("storage.write", "v3/faceset/user/update", &changes[1].1), 222_912);
    assert_eq!(baidu.failing("storage.write", "v3/faceset/user/delete", &changes[2].1), 222_912);
    assert_eq!(baidu.failing("storage.write", "v3/faceset/group/add", &changes[3].1), 222_912);
    assert_eq!(baidu.failing("picture-store.write", "v3/faceset/user/add", &changes[0].1), 222_300);
    assert_eq!(baidu.failing("picture-store.write", "v3/faceset/user/update", &changes[1].1), 222_300);
    let copy = json!({ "user_id": "u", "src_group_id": "g", "dst_group_id": "g2" });
    baidu.ok("v3/faceset/group/add", &json!({ "group_id": "g2" }));
    assert_eq!(baidu.failing("picture-store.write", "v3/faceset/user/copy", &copy), 222_300);
    baidu.ok("v3/faceset/group/delete", &json!({ "group_id": "g2" }));
    baidu.wait(5);

    let groups = baidu.ok("v3/faceset/group/getlist", &json!({}));
    assert_eq!(groups, json!({ "group_id_list": ["g"] }), "no trace");
    let users = baidu.ok("v3/faceset/group/getusers", &json!({ "group_id": "g" }));
    assert_eq!(users, json!({ "user_id_list": ["u"] }));
    let faces = baidu.ok("v3/faceset/face/getlist", &json!({ "group_id": "g", "user_id": "u" }));
    assert_eq!(faces["face_list"].as_array().map(Vec::len), Some(1));
}

#[test]
fn pictures_faces_and_citizens_have_stages_of_their_own() {
    let baidu = Baidu::start();
    let token = baidu.register("anna", "g", "u");
    let by_token = json!({ "image": token, "image_type": "FACE_TOKEN" });
    let citizen = json!({ "id_card_number": "990101199804120027", "name": "脸谱安" });
    let pair = Value::from(vec![image("anna"), image("bea")]);
    let search = with(&image("anna"), &json!({ "group_id_list": "g" }));
    for (fault, path, body, expected) in [
        ("backend.detect", "v3/detect", &image("anna"), 222_915),
        ("backend.match", "v3/match", &pair, 222_916),
        ("backend.match", "v3/search", &search, 222_916),
        ("backend.match", "v3/multi-search", &search, 222_916),
        ("picture-store.read", "v3/detect", &by_token, 222_301),
        ("face-store.read", "v3/detect", &by_token, 222_303),
        ("picture-store.absent", "v3/detect", &by_token, 222_305),
        ("storage.connect", "v3/detect", &by_token, 222_910),
        ("identity-service.connect", "v3/person/idmatch", &citizen, 222_361),
        ("identity-service.connect", "v3/person/verify", &with(&image("anna"), &citizen), 222_361),
    ] {
        assert_eq!(baidu.failing(fault, path, body), expected, "{fault} {path}");
    }
    let keeps_none = Baidu::set("stores-pictures", 0);
    assert_eq!(keeps_none.code("v3/detect", &by_token), 222_305);
    assert_eq!(keeps_none.code("v3/detect", &image("anna")), 0);
}

#[test]
fn the_hook_is_off_unless_it_is_allowed_and_names_what_it_knows() {
    let off = Baidu::with(|config| config.allow_faults = false);
    assert_eq!(off.failing("cache.read", "v3/faceset/group/getlist", &json!({})), 0);
    let baidu = Baidu::start();
    let reply = baidu.reply("v3/detect", &[("X-Lianpu-Fault", "cache.burn")], b"{}");
    let text = reply.value()["error"].as_str().expect("a text").to_owned();
    assert!(reply.status == 400 && text.contains("cache.burn") && text.contains("cache.write"), "{text}");
}

#[test]
fn a_panic_spares_the_server() {
    let baidu = Baidu::start();
    let answer = baidu.reply("v3/detect", &[("X-Lianpu-Fault", "application.exception")], b"{}").value();
    assert_eq!((code(&answer), &answer["error_msg"]), (222_302, &json!("system error")));
    assert_eq!(baidu.code("v3/detect", &image("anna")), 0);
}
