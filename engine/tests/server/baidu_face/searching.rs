//! Comparing and searching.

use serde_json::{Value, json};

use crate::support::baidu::{Baidu, image, with};

fn in_groups(faces: &str, groups: &str, more: &Value) -> Value {
    with(&with(&image(faces), &json!({ "group_id_list": groups })), more)
}

#[test]
fn two_faces_are_compared() {
    let baidu = Baidu::start();
    let pair = |a: &str, b: &str| Value::from(vec![image(a), image(b)]);
    let same = baidu.ok("v3/match", &pair("anna", "anna"));
    assert_eq!(same["score"], 100);
    let tokens = same["face_list"].as_array().expect("a list");
    assert_eq!((tokens.len(), &tokens[0]), (2, &tokens[1]));
    let alike = baidu.ok("v3/match", &pair("anna/1", "anna/2"))["score"].as_f64().expect("a number");
    let other = baidu.ok("v3/match", &pair("anna", "bea"))["score"].as_f64().expect("a number");
    assert!(alike > 80.0 && other < 80.0, "{alike} {other}");
}

#[test]
fn a_search_finds_the_most_similar_users() {
    let baidu = Baidu::start();
    for (face, group, user) in
        [("anna", "g", "a"), ("bea", "g", "b"), ("anna/2", "h", "a"), ("cora", "h", "c")]
    {
        baidu.register(face, group, user);
    }
    let all = json!({ "max_user_num": "3", "match_threshold": 0 });
    let found = baidu.ok("v3/search", &in_groups("anna", "g,h", &all));
    let users = found["user_list"].as_array().expect("a list");
    assert_eq!(users.len(), 3);
    assert_eq!(
        (&users[0]["group_id"], &users[0]["user_id"], &users[0]["score"]),
        (&json!("g"), &json!("a"), &json!(100))
    );
    assert_eq!((&users[1]["group_id"], &users[1]["user_id"]), (&json!("h"), &json!("a")));
    let one = baidu.ok("v3/search", &in_groups("anna", "h,g,h", &json!({})));
    assert_eq!(one["user_list"].as_array().map(Vec::len), Some(1));
    let only =
        baidu.ok("v3/search", &in_groups("anna", "g", &json!({ "user_id": "b", "match_threshold": 0 })));
    assert_eq!(only["user_list"][0]["user_id"], "b", "against one user");
    let nobody = json!({ "user_id": "nobody" });
    assert_eq!(baidu.code("v3/search", &in_groups("anna", "g", &nobody)), 222_207);
}

#[test]
fn nobody_alike_enough_is_nobody() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "a");
    assert_eq!(
        baidu.code("v3/search", &in_groups("bea", "g", &json!({}))),
        222_207,
        "80 where none is named"
    );
    let unbounded = Baidu::set("search-threshold", 0);
    unbounded.register("anna", "g", "a");
    assert_eq!(unbounded.code("v3/search", &in_groups("bea", "g", &json!({}))), 0, "the reading of before");
    let strict = json!({ "match_threshold": 80 });
    assert_eq!(baidu.code("v3/search", &in_groups("bea", "g", &strict)), 222_207);
    assert_eq!(baidu.code("v3/search", &in_groups("anna/2", "g", &strict)), 0);
    assert_eq!(baidu.code("v3/multi-search", &in_groups("bea", "g", &json!({}))), 222_207);
    baidu.ok("v3/faceset/user/delete", &json!({ "group_id": "g", "user_id": "a" }));
    assert_eq!(baidu.code("v3/search", &in_groups("anna", "g", &json!({}))), 222_207, "an empty group");
    let open = Baidu::set("multi-search-must-match", 0);
    open.register("anna", "g", "a");
    let found = open.ok("v3/multi-search", &in_groups("bea", "g", &json!({})));
    assert_eq!(found["face_list"][0]["user_list"], json!([]));
}

#[test]
fn groups_are_counted_and_must_exist() {
    let baidu = Baidu::start();
    let many: Vec<_> = (0..21).map(|index| format!("g{index}")).collect();
    for path in ["v3/search", "v3/multi-search"] {
        assert_eq!(baidu.code(path, &in_groups("anna", &many.join(","), &json!({}))), 223_104, "{path}");
        assert_eq!(baidu.code(path, &in_groups("anna", "nowhere", &json!({}))), 223_100, "{path}");
    }
    let more = Baidu::set("groups-per-search", 21);
    assert_eq!(more.code("v3/search", &in_groups("anna", &many.join(","), &json!({}))), 223_100);
    let forgiving = Baidu::set("search-forgives-unknown-groups", 1);
    assert_eq!(forgiving.code("v3/search", &in_groups("anna", "nowhere", &json!({}))), 222_207);
}

#[test]
fn every_face_of_a_picture_is_searched() {
    let baidu = Baidu::start();
    baidu.register("anna", "g", "a");
    baidu.register("bea", "g", "b");
    let found =
        baidu.ok("v3/multi-search", &in_groups("anna/2,cora,bea/3", "g", &json!({ "max_face_num": 3 })));
    assert_eq!(found["face_num"], 3);
    let users: Vec<_> = found["face_list"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|face| face["user_list"][0]["user_id"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(users, ["a", "", "b"]);
    assert!(found["face_list"][0]["location"]["left"].is_number());
}
