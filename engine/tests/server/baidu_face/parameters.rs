//! One fault in each request, and the code that says so.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::baidu::{Baidu, code, image, registration, with};

/// Every operation with parameters that are in order.
fn valid() -> Vec<(&'static str, Value)> {
    let user = json!({ "group_id": "g", "user_id": "u" });
    let citizen = json!({ "id_card_number": "990101199804120027", "name": "脸谱安" });
    vec![
        ("v3/detect", image("anna")),
        ("v3/search", with(&image("anna"), &json!({ "group_id_list": "g" }))),
        ("v3/multi-search", with(&image("anna"), &json!({ "group_id_list": "g" }))),
        ("v3/faceset/user/add", registration("anna", "g", "u")),
        ("v3/faceset/user/update", registration("anna", "g", "u")),
        ("v3/faceset/user/get", user.clone()),
        ("v3/faceset/user/copy", json!({ "user_id": "u", "src_group_id": "g", "dst_group_id": "h" })),
        ("v3/faceset/user/delete", user.clone()),
        ("v3/faceset/face/delete", with(&user, &json!({ "face_token": "0123" }))),
        ("v3/faceset/face/getlist", user),
        ("v3/faceset/group/add", json!({ "group_id": "g" })),
        ("v3/faceset/group/delete", json!({ "group_id": "g" })),
        ("v3/faceset/group/getusers", json!({ "group_id": "g" })),
        ("v3/person/verify", with(&image("anna"), &citizen)),
        ("v3/person/idmatch", citizen),
        ("v1/landmark", image("anna")),
    ]
}

/// The operations that have a parameter, with it changed.
fn changed<'a>(name: &'a str, value: &'a Value) -> impl Iterator<Item = (&'static str, Value)> + 'a {
    valid()
        .into_iter()
        .filter(move |(_, body)| body.get(name).is_some())
        .map(move |(path, body)| (path, with(&body, &json!({ name: value }))))
}

#[test]
fn a_required_parameter_that_is_missing_is_named() {
    let baidu = Baidu::start();
    for (path, body) in valid() {
        for name in body.as_object().expect("an object").keys() {
            for nothing in [None, Some(json!(null)), Some(json!(""))] {
                let mut body = body.clone();
                let fields = body.as_object_mut().expect("an object");
                fields.remove(name);
                fields.extend(nothing.map(|nothing| (name.clone(), nothing)));
                let answer = baidu.call(path, &body);
                assert_eq!(code(&answer), 222_001, "{path} without {name}");
                assert_eq!(answer["error_msg"], format!("param[{name}] is null"), "{path}");
            }
        }
    }
    let template = Baidu::set("template-messages", 1);
    assert_eq!(template.call("v3/detect", &json!({}))["error_msg"], "param[] is null");
}

#[test]
fn every_parameter_has_its_own_code() {
    let baidu = Baidu::start();
    let long = "a".repeat(129);
    let wrong = [
        ("image", json!(123), 222_013),
        ("image", json!({}), 222_013),
        ("image", json!("%%%"), 222_013),
        ("image", json!("A".repeat((2 << 20) + 4)), 222_013),
        ("image_type", json!("JPEG"), 222_015),
        ("image_type", json!("base64"), 222_015),
        ("image_type", json!(1), 222_015),
        ("group_id_list", json!("g-1"), 222_005),
        ("group_id_list", json!("组1"), 222_005),
        ("group_id_list", json!(","), 222_005),
        ("group_id_list", json!("g1,,g2"), 222_005),
        ("group_id_list", json!(["g1"]), 222_005),
        ("group_id", json!("g-1"), 222_006),
        ("group_id", json!("组1"), 222_006),
        ("group_id", json!("a b"), 222_006),
        ("group_id", json!(long), 222_006),
        ("src_group_id", json!("a b"), 222_006),
        ("dst_group_id", json!(7), 222_006),
        ("user_id", json!("u-1"), 222_018),
        ("user_id", json!("用户"), 222_018),
        ("user_id", json!(long), 222_018),
        ("face_token", json!("xyz!"), 222_025),
        ("face_token", json!("a".repeat(65)), 222_025),
        ("id_card_number", json!("123"), 222_022),
        ("id_card_number", json!("990101199804120028"), 222_022),
        ("name", json!(7), 222_023),
        ("name", json!("a\u{7}"), 222_023),
        ("name", json!("名".repeat(65)), 222_023),
    ];
    for (name, value, expected) in wrong {
        let mut asked = 0;
        for (path, body) in changed(name, &value) {
            assert_eq!(baidu.code(path, &body), expected, "{path} {name}");
            asked += 1;
        }
        assert!(asked > 0, "nobody has {name}");
    }
}

#[test]
fn optional_parameters_have_their_codes_too() {
    let baidu = Baidu::start();
    let search = with(&image("anna"), &json!({ "group_id_list": "g" }));
    let add = registration("anna", "g", "u");
    let verify = with(&image("anna"), &json!({ "id_card_number": "990101199804120027", "name": "脸谱安" }));
    let page = json!({ "group_id": "g" });
    let wrong: Vec<(&str, &Value, &str, Vec<Value>, i64)> = vec![
        (
            "v3/detect",
            &image("anna"),
            "max_face_num",
            vec![json!(0), json!(-1), json!("abc"), json!(121)],
            222_016,
        ),
        ("v1/landmark", &image("anna"), "max_face_num", vec![json!(0), json!(11)], 222_016),
        ("v3/multi-search", &search, "max_face_num", vec![json!(0), json!(11)], 222_016),
        ("v3/detect", &image("anna"), "face_field", vec![json!(5), json!([])], 222_017),
        (
            "v3/detect",
            &image("anna"),
            "face_type",
            vec![json!("PASSPORT"), json!("HYBRID"), json!(1)],
            222_024,
        ),
        ("v3/detect", &image("anna"), "liveness_control", vec![json!(3)], 222_020),
        ("v3/detect", &image("anna"), "liveness_control", vec![json!("MIDDLE")], 223_119),
        ("v3/search", &search, "quality_control", vec![json!(3)], 222_019),
        ("v3/search", &search, "quality_control", vec![json!("MIDDLE"), json!("high")], 223_118),
        ("v3/faceset/user/add", &add, "quality_control", vec![json!("MIDDLE")], 223_118),
        ("v3/faceset/user/update", &add, "liveness_control", vec![json!("MIDDLE")], 223_119),
        ("v3/person/verify", &verify, "quality_control", vec![json!([])], 222_019),
        ("v3/search", &search, "max_user_num", vec![json!(0), json!("abc"), json!(51)], 222_021),
        ("v3/multi-search", &search, "max_user_num", vec![json!(21)], 222_021),
        ("v3/search", &search, "match_threshold", vec![json!(-1), json!(101), json!("abc")], 222_030),
        ("v3/multi-search", &search, "match_threshold", vec![json!(101)], 222_030),
        ("v3/search", &search, "user_id", vec![json!("u-1")], 222_018),
        ("v3/search", &search, "max_star_num", vec![json!("x"), json!(0)], 222_026),
        ("v3/faceset/user/add", &add, "user_info", vec![json!("a".repeat(257)), json!({})], 222_010),
        ("v3/faceset/group/getlist", &json!({}), "start", vec![json!(-1), json!("abc"), json!(1.5)], 222_002),
        (
            "v3/faceset/group/getlist",
            &json!({}),
            "length",
            vec![json!(-1), json!("abc"), json!(1001)],
            222_003,
        ),
        ("v3/faceset/group/getusers", &page, "start", vec![json!(-1)], 222_002),
        ("v3/faceset/group/getusers", &page, "length", vec![json!(0)], 222_003),
    ]
    .into_iter()
    .collect();
    for (path, body, name, values, expected) in wrong {
        for value in values {
            let body = with(body, &json!({ name: value }));
            assert_eq!(baidu.code(path, &body), expected, "{path} {name} {value}");
        }
    }
    let malformed = Baidu::set("unknown-level-is-malformed", 1);
    let body = with(&search, &json!({ "quality_control": "MIDDLE", "group_id_list": "g" }));
    assert_eq!(malformed.code("v3/search", &body), 222_019);
    let strict = Baidu::set("strict-face-field", 1);
    let field = |name: &str| with(&image("anna"), &json!({ "face_field": name }));
    assert_eq!(strict.code("v3/detect", &field("no_such_field")), 222_017);
    assert_eq!(strict.code("v3/detect", &field("age,quality")), 0);
    assert_eq!(baidu.code("v3/detect", &field("no_such_field")), 0);
}

#[test]
fn a_face_token_given_as_a_picture_is_checked_as_one() {
    let baidu = Baidu::start();
    let by_token = |token: &str| json!({ "image": token, "image_type": "FACE_TOKEN" });
    assert_eq!(baidu.code("v3/detect", &by_token("xyz!")), 222_025);
    assert_eq!(baidu.code("v3/detect", &by_token(&"0".repeat(32))), 222_209);
}

#[test]
fn limits_conflict_and_can_be_set() {
    let id = |length: usize| json!({ "group_id": "a".repeat(length) });
    let baidu = Baidu::start();
    assert_eq!(baidu.code("v3/faceset/group/add", &id(128)), 0);
    let newer = Baidu::set("id-bytes", 48);
    assert_eq!(newer.code("v3/faceset/group/add", &id(49)), 222_006);
    assert_eq!(newer.code("v3/faceset/group/add", &id(48)), 0);
    let clamping = Baidu::set("clamp-numbers", 1);
    assert_eq!(clamping.code("v3/faceset/group/getlist", &json!({ "length": 1001 })), 0);
    assert_eq!(clamping.code("v3/faceset/group/getlist", &json!({ "length": 0 })), 222_003);
}

#[test]
fn bodies_are_told_by_their_bytes() {
    let baidu = Baidu::start();
    let send = |path: &str, kind: &str, body: &[u8]| {
        code(&baidu.reply(path, &[("Content-Type", kind)], body).value())
    };
    let json_kind = "application/json";
    let form_kind = "application/x-www-form-urlencoded";
    let body = image("anna");
    assert_eq!(send("v3/detect", form_kind, body.to_string().as_bytes()), 0, "JSON in a form's name");
    let encoded: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("image", body["image"].as_str().expect("a text"))
        .append_pair("image_type", "BASE64")
        .append_pair("max_face_num", "1")
        .finish();
    assert_eq!(send("v3/detect", json_kind, encoded.as_bytes()), 0, "a form in JSON's name");
    for broken in [&b"{\"image\":"[..], b"[]", b"\"{}\"", b"12", b"hello"] {
        assert_eq!(send("v3/detect", json_kind, broken), 222_200, "{broken:?}");
    }
    assert_eq!(send("v3/detect", json_kind, b""), 222_001, "no body has no parameters");
    let twice = json!(json!([image("anna"), image("anna")]).to_string()).to_string();
    for path in ["v3/match", "v3/faceverify"] {
        assert_eq!(send(path, json_kind, twice.as_bytes()), 222_200, "encoded twice");
        assert_eq!(send(path, form_kind, encoded.as_bytes()), 222_200);
        assert_eq!(send(path, json_kind, b"{}"), 222_200);
        assert_eq!(send(path, json_kind, b"[1]"), 222_200);
    }
    assert_eq!(send("v1/merge", form_kind, b"image_template=x"), 222_001, "recorded so");
}

#[test]
fn pictures_are_counted() {
    let baidu = Baidu::start();
    let pictures = |count: usize| Value::from(vec![image("anna"); count]);
    for count in [0, 1, 3] {
        assert_eq!(baidu.code("v3/match", &pictures(count)), 222_208, "{count}");
    }
    for count in [0, 2, 9] {
        assert_eq!(baidu.code("v3/faceverify", &pictures(count)), 222_208, "{count}");
    }
    for count in [1, 3, 8] {
        let result = baidu.ok("v3/faceverify", &pictures(count));
        assert_eq!(result["face_list"].as_array().map(Vec::len), Some(count));
        assert_eq!(result["thresholds"]["frr_1e-4"], 0.05);
    }
    let missing = baidu.call("v3/match", &json!([image("anna"), { "image_type": "BASE64" }]));
    assert_eq!(missing["error_msg"], "param[image] is null");
}

#[test]
fn base64_may_come_in_lines_and_without_padding() {
    let baidu = Baidu::start();
    let text = STANDARD.encode(crate::support::picture("anna/take"));
    let lines =
        text.as_bytes().chunks(4).map(|line| String::from_utf8_lossy(line) + "\r\n").collect::<String>();
    for image in [lines.as_str(), text.trim_end_matches('=')] {
        assert_eq!(baidu.code("v3/detect", &json!({ "image": image, "image_type": "BASE64" })), 0, "{image}");
    }
}
