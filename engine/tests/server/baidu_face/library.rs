//! Groups, users and faces.

use serde_json::{Value, json};

use crate::support::baidu::{Baidu, code, image, registration, with};

fn user(group: &str, user: &str) -> Value {
    json!({ "group_id": group, "user_id": user })
}

#[test]
fn adding_makes_group_and_user_and_tells_the_token() {
    let baidu = Baidu::start();
    let body = with(&registration("anna", "g", "u"), &json!({ "user_info": "安娜" }));
    let result = baidu.ok("v3/faceset/user/add", &body);
    let token = result["face_token"].as_str().expect("a token");
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(result["location"]["width"], 64);
    assert_eq!(baidu.ok("v3/faceset/group/getlist", &json!({})), json!({ "group_id_list": ["g"] }));
    let got = baidu.ok("v3/faceset/user/get", &user("g", "u"));
    assert_eq!(got, json!({ "user_list": [{ "user_info": "安娜", "group_id": "g" }] }));
    let faces = baidu.ok("v3/faceset/face/getlist", &user("g", "u"));
    let face = json!({ "face_token": token, "ctime": "2027-01-15 16:00:00" });
    assert_eq!(faces, json!({ "face_list": [face] }));
    let detected = baidu.ok("v3/detect", &image("anna"));
    assert_eq!(detected["face_list"][0]["face_token"], token, "the same picture has the same token");
}

#[test]
fn groups_exist_once_and_are_deleted_in_their_own_time() {
    let baidu = Baidu::start();
    let group = json!({ "group_id": "g" });
    assert_eq!(baidu.code("v3/faceset/group/delete", &group), 223_100);
    assert_eq!(baidu.code("v3/faceset/group/add", &group), 0);
    assert_eq!(baidu.code("v3/faceset/group/add", &group), 223_101);
    baidu.register("anna", "g", "u");
    assert_eq!(baidu.code("v3/faceset/group/delete", &group), 0);
    let search = with(&image("anna"), &json!({ "group_id_list": "g" }));
    let meanwhile = [
        ("v3/faceset/group/add", group.clone()),
        ("v3/faceset/group/delete", group.clone()),
        ("v3/faceset/group/getusers", group.clone()),
        ("v3/faceset/user/add", registration("bea", "g", "v")),
        ("v3/faceset/user/update", registration("bea", "g", "u")),
        ("v3/faceset/user/get", user("g", "u")),
        ("v3/faceset/face/getlist", user("g", "u")),
        ("v3/search", search),
    ];
    for (path, body) in &meanwhile {
        assert_eq!(baidu.code(path, body), 223_128, "{path}");
    }
    assert_eq!(baidu.ok("v3/faceset/group/getlist", &json!({})), json!({ "group_id_list": [] }));
    baidu.wait(5);
    assert_eq!(baidu.code("v3/faceset/group/add", &group), 0);
    assert_eq!(baidu.code("v3/faceset/user/get", &user("g", "u")), 223_103, "its users went with it");
    let at_once = Baidu::set("group-deletion-seconds", 0);
    at_once.ok("v3/faceset/group/add", &group);
    at_once.ok("v3/faceset/group/delete", &group);
    assert_eq!(at_once.code("v3/faceset/group/add", &group), 0);
}

#[test]
fn unknown_groups_and_users_are_told_apart() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "u");
    let face = json!({ "face_token": "0123" });
    let calls = [
        "v3/faceset/user/get",
        "v3/faceset/user/delete",
        "v3/faceset/face/getlist",
        "v3/faceset/face/delete",
        "v3/faceset/user/update",
    ];
    for path in calls {
        let body = |group: &str, name: &str| with(&with(&image("bea"), &user(group, name)), &face);
        assert_eq!(baidu.code(path, &body("nowhere", "u")), 223_100, "{path}");
        assert_eq!(baidu.code(path, &body("g", "nobody")), 223_103, "{path}");
    }
    assert_eq!(baidu.code("v3/faceset/group/getusers", &json!({ "group_id": "nowhere" })), 223_100);
    assert_eq!(baidu.code("v3/faceset/face/delete", &with(&user("g", "u"), &face)), 223_106);
    assert_eq!(baidu.code("v3/faceset/user/get", &user("@ALL", "nobody")), 223_103);
    assert_eq!(baidu.code("v3/faceset/face/getlist", &user("@ALL", "u")), 222_006, "not for all");
}

#[test]
fn faces_are_appended_replaced_and_counted() {
    let baidu = Baidu::start();
    let first = baidu.register("anna", "g", "u");
    assert_eq!(baidu.code("v3/faceset/user/add", &registration("anna", "g", "u")), 223_105);
    assert_eq!(
        baidu.code("v3/faceset/user/add", &registration("anna", "g", "v")),
        223_105,
        "once in a group"
    );
    for take in 1..20 {
        baidu.register(&format!("anna/{take}"), "g", "u");
    }
    assert_eq!(baidu.code("v3/faceset/user/add", &registration("anna/20", "g", "u")), 222_210);
    let replace = with(&registration("anna", "g", "u"), &json!({ "action_type": "REPLACE" }));
    assert_eq!(baidu.code("v3/faceset/user/add", &replace), 0);
    let faces = baidu.ok("v3/faceset/face/getlist", &user("g", "u"));
    assert_eq!(faces["face_list"].as_array().map(Vec::len), Some(1));
    assert_eq!(faces["face_list"][0]["face_token"], first);
    let each = Baidu::set("face-once-in-group", 0);
    each.register("anna", "g", "u");
    each.register("anna", "g", "v");
}

#[test]
fn updating_replaces_and_may_register() {
    let baidu = Baidu::start();
    let before = baidu.register("anna", "g", "u");
    let informed = with(&registration("anna/2", "g", "u"), &json!({ "user_info": "later" }));
    let after = baidu.ok("v3/faceset/user/update", &informed)["face_token"].clone();
    assert_ne!(after, before);
    let faces = baidu.ok("v3/faceset/face/getlist", &user("g", "u"));
    assert_eq!(faces["face_list"].as_array().map(Vec::len), Some(1));
    assert_eq!(faces["face_list"][0]["face_token"], after);
    assert_eq!(baidu.ok("v3/faceset/user/get", &user("g", "u"))["user_list"][0]["user_info"], "later");
    let new = registration("bea", "g", "v");
    assert_eq!(baidu.code("v3/faceset/user/update", &new), 223_103);
    assert_eq!(
        baidu.code("v3/faceset/user/update", &with(&new, &json!({ "action_type": "UPDATE" }))),
        223_103
    );
    assert_eq!(baidu.code("v3/faceset/user/update", &with(&new, &json!({ "action_type": "REPLACE" }))), 0);
}

#[test]
fn the_last_face_takes_its_user_along() {
    let baidu = Baidu::start();
    let tokens = ["anna", "anna/2"].map(|take| baidu.register(take, "g", "u"));
    for (token, left) in tokens.iter().zip([0, 223_103]) {
        let face = with(&user("g", "u"), &json!({ "face_token": token, "log_id": 7 }));
        assert_eq!(baidu.code("v3/faceset/face/delete", &face), 0);
        assert_eq!(baidu.code("v3/faceset/user/get", &user("g", "u")), left);
    }
    let users = baidu.ok("v3/faceset/group/getusers", &json!({ "group_id": "g" }));
    assert_eq!(users, json!({ "user_id_list": [] }), "the group stays");
}

#[test]
fn users_are_copied_told_and_deleted_across_groups() {
    let baidu = Baidu::start();
    baidu.ok("v3/faceset/user/add", &with(&registration("anna", "g", "u"), &json!({ "user_info": "i" })));
    let copy = |from: &str, to: &str| json!({ "user_id": "u", "src_group_id": from, "dst_group_id": to });
    assert_eq!(baidu.code("v3/faceset/user/copy", &copy("g", "h")), 223_111);
    baidu.ok("v3/faceset/group/add", &json!({ "group_id": "h" }));
    assert_eq!(baidu.code("v3/faceset/user/copy", &copy("nowhere", "h")), 223_100);
    assert_eq!(baidu.code("v3/faceset/user/copy", &copy("h", "g")), 223_103);
    assert_eq!(baidu.ok("v3/faceset/user/copy", &copy("g", "h")), Value::Null);
    assert_eq!(baidu.code("v3/faceset/user/copy", &copy("g", "h")), 223_102);
    let all = baidu.ok("v3/faceset/user/get", &user("@ALL", "u"));
    let listed = json!([{ "user_info": "i", "group_id": "g" }, { "user_info": "i", "group_id": "h" }]);
    assert_eq!(all["user_list"], listed);
    let search = with(&image("anna"), &json!({ "group_id_list": "h" }));
    assert_eq!(baidu.ok("v3/search", &search)["user_list"][0]["group_id"], "h");
    assert_eq!(baidu.code("v3/faceset/user/delete", &user("@ALL", "u")), 0);
    assert_eq!(baidu.code("v3/faceset/user/get", &user("@ALL", "u")), 223_103);
}

#[test]
fn lists_come_in_pages() {
    let baidu = Baidu::start();
    for group in ["c", "a", "b"] {
        baidu.ok("v3/faceset/group/add", &json!({ "group_id": group }));
    }
    let page = |start: u32, length: u32| {
        baidu.ok("v3/faceset/group/getlist", &json!({ "start": start, "length": length.to_string() }))
    };
    assert_eq!(page(0, 2), json!({ "group_id_list": ["a", "b"] }));
    assert_eq!(page(2, 2), json!({ "group_id_list": ["c"] }));
    assert_eq!(page(9, 2), json!({ "group_id_list": [] }));
}

#[test]
fn a_registered_face_serves_as_a_picture_for_ever_and_another_for_an_hour() {
    let baidu = Baidu::start();
    let registered = baidu.register("anna", "g", "u");
    let seen = baidu.ok("v3/detect", &image("bea,cora"))["face_list"][0]["face_token"].clone();
    let by = |token: &Value| json!({ "image": token, "image_type": "FACE_TOKEN" });
    assert_eq!(baidu.code("v3/detect", &by(&seen)), 0);
    baidu.wait(3600);
    assert_eq!(baidu.code("v3/detect", &by(&seen)), 222_209);
    assert_eq!(baidu.code("v3/detect", &by(&json!(registered))), 0);
    let add = with(&by(&json!(registered)), &user("other", "u"));
    assert_eq!(baidu.ok("v3/faceset/user/add", &add)["face_token"], registered);
    baidu.ok("v3/faceset/user/delete", &user("@ALL", "u"));
    baidu.wait(3600);
    assert_eq!(code(&baidu.call("v3/detect", &by(&json!(registered)))), 222_209);
}

#[test]
fn the_token_of_a_smaller_face_means_that_face() {
    let baidu = Baidu::start();
    let two = with(&image("anna,bea"), &json!({ "max_face_num": 2 }));
    let list = baidu.ok("v3/detect", &two)["face_list"].clone();
    let token = list[1]["face_token"].clone();
    let by_token = json!({ "image": token, "image_type": "FACE_TOKEN" });
    let again = baidu.ok("v3/detect", &by_token)["face_list"].clone();
    assert_eq!((&again[0]["face_token"], &again[0]["location"]), (&token, &list[1]["location"]));
    let registered = baidu.ok("v3/faceset/user/add", &with(&by_token, &user("g", "bea")));
    assert_eq!(registered["face_token"], token);
    assert_eq!(baidu.code("v3/search", &with(&image("bea"), &json!({ "group_id_list": "g" }))), 0);
}

#[test]
fn of_many_at_once_only_as_many_succeed_as_may() {
    let baidu = Baidu::start();
    let add = |faces: &str| baidu.code("v3/faceset/user/add", &registration(faces, "g", "u"));
    let together = |faces: &[String]| {
        let codes: Vec<i64> = std::thread::scope(|scope| {
            let running: Vec<_> = faces.iter().map(|faces| scope.spawn(|| add(faces))).collect();
            running.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        let count = |code| codes.iter().filter(|known| **known == code).count();
        [count(0), count(223_105), count(222_210)]
    };
    assert_eq!(together(&vec!["anna".to_owned(); 8]), [1, 7, 0]);
    let takes: Vec<_> = (0..24).map(|take| format!("anna/{take}")).collect();
    assert_eq!(together(&takes), [19, 0, 5]);
    let faces = baidu.ok("v3/faceset/face/getlist", &user("g", "u"));
    assert_eq!(faces["face_list"].as_array().map(Vec::len), Some(20));
}
