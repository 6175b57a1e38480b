//! The paths of a private deployment, and the rows that only they own.

use serde_json::json;

use crate::support::baidu::{Baidu, code, image, registration, with};

#[test]
fn the_private_paths_do_as_the_public_ones() {
    let baidu = Baidu::start();
    assert_eq!(baidu.private("face/add", &registration("anna", "g", "u")), 0);
    assert_eq!(baidu.private("face/detect", &image("anna")), 0);
    assert_eq!(baidu.private("face/identify", &with(&image("anna"), &json!({ "group_id_list": "g" }))), 0);
    assert_eq!(baidu.private("face/midentify", &with(&image("anna"), &json!({ "group_id_list": "g" }))), 0);
    assert_eq!(baidu.private("face/match", &json!([image("anna"), image("bea")])), 0);
    assert_eq!(baidu.private("face/liveness", &json!([image("anna")])), 0);
    assert_eq!(baidu.private("group/list", &json!({})), 0);
    assert_eq!(baidu.private("user/list", &json!({ "group_id": "g" })), 0);
    assert_eq!(baidu.private("app/list", &json!({})), 0);
}

#[test]
fn older_names_are_read_and_have_their_codes() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "u");
    let by_uid = |uid: &str| json!({ "group_id": "g", "uid": uid });
    assert_eq!(baidu.private("user/get", &by_uid("u")), 0);
    assert_eq!(baidu.private("user/get", &by_uid("u-1")), 222_007);
    assert_eq!(baidu.code("v3/faceset/user/get", &by_uid("u")), 222_001, "not by the public path");
    let by_face = |face: &str| json!({ "group_id": "g", "uid": "u", "face_id": face });
    assert_eq!(baidu.private("face/delete", &by_face("x!")), 222_008);
    assert_eq!(baidu.private("face/delete", &by_face("0123")), 223_106);
    let conf =
        |conf: serde_json::Value| with(&registration("bea", "g", "v"), &json!({ "quality_conf": conf }));
    assert_eq!(baidu.private("face/add", &conf(json!(5))), 222_009);
    assert_eq!(baidu.private("face/add", &conf(json!("x"))), 222_009);
    assert_eq!(baidu.private("face/add", &conf(json!({ "beauty": 0.5 }))), 223_112);
    assert_eq!(baidu.private("face/add", &conf(json!({ "blur": "x" }))), 223_112);
    assert_eq!(baidu.private("face/add", &conf(json!(r#"{"blur":0.5}"#))), 0);
}

#[test]
fn lists_of_users_and_applications_are_checked_and_counted() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "u");
    let users = |list: &str| json!({ "group_id": "g", "uid_list": list });
    let many = |count: usize| (0..count).map(|index| format!("a{index}")).collect::<Vec<_>>().join(",");
    assert_eq!(baidu.private("user/list", &users("u,v")), 0);
    assert_eq!(baidu.private("user/list", &users("u-1")), 222_011);
    assert_eq!(baidu.private("user/list", &users(&many(101))), 223_110);
    let apps = |list: &str| json!({ "op_app_id_list": list });
    assert_eq!(baidu.private("facehub/statapp", &apps("10000001,other")), 0);
    assert_eq!(baidu.private("facehub/statapp", &apps("a,,b")), 222_004);
    assert_eq!(baidu.private("facehub/statapp", &apps(&many(101))), 223_117);
    assert_eq!(baidu.private("facehub/statgroup", &json!({ "op_app_id": "10000001" })), 0);
    assert_eq!(baidu.private("facehub/statgroup", &json!({ "op_app_id": "a b" })), 222_012);
    assert_eq!(baidu.private("facehub/statgroup", &json!({})), 222_001);
}

#[test]
fn groups_are_counted_while_others_come_and_go() {
    let baidu = Baidu::start();
    std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            for turn in 0..200 {
                let group = json!({ "group_id": format!("g{turn}") });
                assert_eq!(baidu.code("v3/faceset/group/add", &group), 0);
                assert_eq!(baidu.code("v3/faceset/group/delete", &group), 0);
            }
        });
        while !busy.is_finished() {
            assert_eq!(baidu.private("facehub/statgroup", &json!({ "op_app_id": "10000001" })), 0);
        }
    });
}

#[test]
fn the_application_in_the_url_is_that_of_the_credentials() {
    let baidu = Baidu::start();
    let ask = |appid: &str| {
        let target = format!("/face-api/v3/group/list?access_token={}&appid={appid}", baidu.token);
        code(&baidu.send(&target, &[], b"{}").value())
    };
    assert_eq!(ask("10000001"), 0);
    assert_eq!(ask("a-b"), 222_014);
    assert_eq!(ask(&"1".repeat(49)), 222_014);
    assert_eq!(ask("10000002"), 6);
}
