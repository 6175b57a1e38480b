//! One fault in each request, and the code that says so.

use serde_json::{Value, json};

use crate::support::{APPID, Server, multipart, now, picture, sign, sign_text};

fn authorized(server: &Server, authorization: &str) -> (u16, i64) {
    let body = json!({ "appid": APPID, "person_id": "nobody" }).to_string();
    let reply = server.post("getinfo", &[("Authorization", authorization)], body.as_bytes());
    (reply.status, reply.code())
}

fn plaintext(server: &Server, change: impl FnOnce(&mut Vec<(&'static str, String)>)) -> String {
    let account = &server.accounts[0];
    let now = now();
    let mut fields = vec![
        ("a", account.appid.clone()),
        ("b", account.bucket.clone()),
        ("k", account.secret_id.clone()),
        ("e", (now + 600).to_string()),
        ("t", now.to_string()),
        ("r", "7".to_owned()),
        ("f", String::new()),
    ];
    change(&mut fields);
    fields.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

fn set(name: &'static str, value: impl std::fmt::Display) -> impl FnOnce(&mut Vec<(&'static str, String)>) {
    let value = value.to_string();
    move |fields| {
        for field in fields.iter_mut().filter(|field| field.0 == name) {
            field.1.clone_from(&value);
        }
    }
}

#[test]
fn signatures() {
    let server = Server::start(|_| {});
    let key = server.accounts[0].secret_key.clone();
    let other = server.accounts[1].clone();
    let now = now();
    let signed = |change: &dyn Fn() -> String| sign_text(&key, &change());

    let person_unknown = (200, -1303);
    assert_eq!(authorized(&server, &server.sign()), person_unknown);
    assert_eq!(authorized(&server, &format!("QCloud {}", server.sign())), person_unknown);
    assert_eq!(authorized(&server, ""), (400, 4));
    assert_eq!(authorized(&server, "QCloud "), (400, 4));
    assert_eq!(authorized(&server, "abc"), (400, 5));
    assert_eq!(authorized(&server, "FCHXdPTEwMDAwMzc5Jms9QUtJRGVRZDBrRU1yM2J4ZjhRckJi=="), (400, 5));
    assert_eq!(authorized(&server, &signed(&|| plaintext(&server, set("a", "9999999999")))), (400, 10));
    assert_eq!(authorized(&server, &signed(&|| plaintext(&server, set("k", "nobody")))), (400, 11));
    let disabled = server.accounts[0].disabled.clone().expect("a disabled key");
    let text = plaintext(&server, set("k", disabled.secret_id));
    assert_eq!(authorized(&server, &sign_text(&disabled.secret_key, &text)), (400, 11));
    let text = plaintext(&server, set("k", &other.secret_id));
    assert_eq!(authorized(&server, &sign_text(&other.secret_key, &text)), (400, 12));
    assert_eq!(authorized(&server, &sign_text("wrong", &plaintext(&server, |_| {}))), (400, 14));
    let old = |fields: &mut Vec<(&'static str, String)>| {
        set("e", now - 3600)(fields);
        set("t", now - 7200)(fields);
    };
    assert_eq!(authorized(&server, &signed(&|| plaintext(&server, old))), (400, 9));
    assert_eq!(
        authorized(&server, &signed(&|| plaintext(&server, set("t", now + 601)))),
        (400, 9),
        "e before t"
    );
    assert_eq!(
        authorized(&server, &signed(&|| plaintext(&server, set("e", now + 7_776_000 - 60)))),
        person_unknown
    );
    assert_eq!(authorized(&server, &signed(&|| plaintext(&server, set("e", now + 7_776_001)))), (400, 9));
    assert_eq!(authorized(&server, &signed(&|| plaintext(&server, set("b", "elsewhere")))), (400, 16));

    let short = format!("a={APPID}&b=testbucket&k={}&t={now}&e={}", server.accounts[0].secret_id, now + 9);
    assert_eq!(authorized(&server, &sign_text(&key, &short)), person_unknown);
    assert_eq!(authorized(&server, &sign_text(&key, &short.replace("b=testbucket&", ""))), person_unknown);
    let body = json!({ "appid": APPID }).to_string();
    assert_eq!(server.post("getgroupids", &[], body.as_bytes()).code(), 4, "no header at all");
    let twice = [("Authorization", server.sign()), ("authorization", server.sign())];
    let twice = twice.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(server.post("getgroupids", &twice, body.as_bytes()).code(), 5);
}

/// The vectors' signatures were made for one hour in 2017.
#[test]
fn the_golden_vectors_are_let_in_in_their_time() {
    #[derive(serde::Deserialize)]
    struct Vectors {
        vector: Vec<Vector>,
    }
    #[derive(serde::Deserialize)]
    struct Vector {
        id: String,
        sign: String,
    }
    let text = include_str!("../../../corpus/dialects/tencent-ci/vectors.toml");
    let vectors = toml::from_str::<Vectors>(text).expect("the vectors").vector;
    let at = |time: u64| Server::start(move |config| config.clock = std::sync::Arc::new(move || time));
    let (then, later) = (at(1_500_003_599), at(1_500_003_600));
    for Vector { id, sign } in vectors {
        assert_eq!(authorized(&then, &sign), (200, -1303), "{id}");
        let expired = if id == "VD" { (200, -1303) } else { (400, 9) }; // for one use, which has no such end
        assert_eq!(authorized(&later, &sign), expired, "{id}");
    }
}

#[test]
fn a_signature_for_one_use_serves_once() {
    let server = Server::start(|_| {});
    let key = server.accounts[0].secret_key.clone();
    let once = |file: &'static str| {
        let text = plaintext(&server, |fields| {
            set("e", 0)(fields);
            set("f", file)(fields);
        });
        sign_text(&key, &text)
    };
    let first = once("dir/a b.jpg");
    assert_eq!(authorized(&server, &first), (200, -1303));
    assert_eq!(authorized(&server, &first), (400, 13));
    assert_eq!(authorized(&server, &first), (400, 13));
    assert_eq!(authorized(&server, &once("other")), (200, -1303));
    assert_eq!(authorized(&server, &once("")), (400, 9), "bound to nothing");
}

#[test]
fn bodies_and_targets() {
    let server = Server::start(|_| {});
    let sign = server.sign();
    let post = |body: &str, kind: &str| {
        let reply =
            server.post("getinfo", &[("Authorization", &sign), ("Content-Type", kind)], body.as_bytes());
        (reply.status, reply.code())
    };
    for body in ["{\"appid\":", "", "[]", "null", "\u{feff}{}"] {
        assert_eq!(post(body, "application/json"), (400, 3), "{body}");
    }
    assert_eq!(post("x", "multipart/form-data"), (400, 3));
    assert_eq!(post("x", "multipart/form-data; boundary=b"), (400, 3));
    assert_eq!(post(r#"{"appid":"1250000001","person_id":"p"}"#, "application/json"), (400, 6));
    assert_eq!(post(r#"{"appid":"1250000000","bucket":"otherbucket","person_id":"p"}"#, ""), (400, 6));
    assert_eq!(
        post(r#"{"appid":1250000000,"bucket":"testbucket","person_id":"p"}"#, "\"application/json\""),
        (200, -1303)
    );
    let other = sign_text(
        &server.accounts[0].secret_key,
        &plaintext(&server, |fields| fields.retain(|(name, _)| *name != "b")),
    );
    let body = r#"{"appid":"1250000000","bucket":"nowhere","person_id":"p"}"#;
    let reply = server.post("getinfo", &[("Authorization", &other)], body.as_bytes());
    assert_eq!(reply.code(), 16);
}

#[test]
fn parameters() {
    let server = Server::start(|_| {});
    server.person("p", "g", &picture("anna"));
    let code = |operation: &str, parameters: Value| server.json(operation, parameters).code();
    let long = "x".repeat(256);

    for operation in ["getinfo", "delperson", "setinfo", "getfaceids"] {
        assert_eq!(code(operation, json!({})), -1301, "{operation}");
        assert_eq!(code(operation, json!({ "person_id": "" })), -1301, "{operation}");
        assert_eq!(code(operation, json!({ "person_id": null })), -1301, "{operation}");
        assert_eq!(code(operation, json!({ "person_id": 7 })), 21, "{operation}");
        assert_eq!(code(operation, json!({ "person_id": ["p"] })), 21, "{operation}");
        assert_eq!(code(operation, json!({ "person_id": long })), -1304, "{operation}");
        for id in ["a b", "a/b", "a\tb", "a\nb", "a\u{0}b"] {
            assert_eq!(code(operation, json!({ "person_id": id })), 21, "{operation} {id:?}");
        }
    }
    assert_eq!(code("getinfo", json!({ "person_id": "x".repeat(255) })), -1303);
    assert_eq!(code("getinfo", json!({ "appid": "", "person_id": "p" })), -1301);
    assert_eq!(code("getinfo", json!({ "appid": null, "person_id": "p" })), -1301);
    assert_eq!(code("getinfo", json!({ "appid": {}, "person_id": "p" })), 21);
    assert_eq!(code("setinfo", json!({ "person_id": "p", "tag": 1 })), 21);
    assert_eq!(code("setinfo", json!({ "person_id": "p", "person_name": long })), -1304);
    assert_eq!(code("delface", json!({ "person_id": "p", "face_ids": [] })), -1301);
    assert_eq!(code("delface", json!({ "person_id": "p", "face_ids": [""] })), -1301);
    assert_eq!(code("delface", json!({ "person_id": "p", "face_ids": "1" })), 21);
    assert_eq!(code("delface", json!({ "person_id": "p", "face_ids": [true] })), 21);
    assert_eq!(code("delface", json!({ "person_id": "p", "face_ids": [12345] })), -1305, "a number is an id");
    assert_eq!(code("newperson", json!({ "person_id": "q", "group_ids": "qq" })), 21);
    assert_eq!(code("newperson", json!({ "person_id": "q", "group_ids": ["a b"] })), 21);
    assert_eq!(code("newperson", json!({ "person_id": "q", "group_ids": ["g"] })), -1300);
    assert_eq!(code("newperson", json!({ "person_id": "q", "group_ids": ["g"], "url": 1 })), 21);
    assert_eq!(code("identify", json!({ "image": "/9j/YW5uYQ==" })), -1301);
    assert_eq!(code("identify", json!({ "group_id": "g", "image": "/9j/YW5uYQ==" })), 0, "Base64 in JSON");
    assert_eq!(code("identify", json!({ "group_id": "g", "image": "?" })), 21);
    assert_eq!(code("addface", json!({ "person_id": "p" })), -1300);
    assert_eq!(code("addface", json!({ "person_id": "p", "urls": [] })), -1300);
    for mode in [json!(7), json!("x"), json!(-1), json!(0.5), json!([1])] {
        assert_eq!(code("detect", json!({ "mode": mode, "image": "/9j/YW5uYQ==" })), 21);
    }
    let detect =
        |mode: &[u8]| server.multipart("detect", &[("mode", mode), ("image", &picture("anna"))]).code();
    assert_eq!([detect(b"0"), detect(b"1"), detect(b"2"), detect(b"x"), detect(b"null")], [0, 0, 21, 21, 0]);
}

#[test]
fn presence_comes_before_type_type_before_length_length_before_characters() {
    let server = Server::start(|_| {});
    let long = "x".repeat(256);
    let code = |person: Value, groups: Value, tag: Value| {
        server.json("newperson", json!({ "person_id": person, "group_ids": groups, "tag": tag })).code()
    };
    assert_eq!(code(json!("a b"), json!([long]), json!(1)), 21);
    assert_eq!(code(json!("a b"), json!([long]), json!("t")), -1304);
    assert_eq!(code(json!("a b"), json!("g"), json!(long)), 21);
    assert_eq!(code(json!(""), json!("g"), json!(long)), -1301);
    assert_eq!(code(json!("p"), json!([]), json!(long)), -1301);
}

#[test]
fn pictures() {
    let server = Server::start(|_| {});
    let code = |image: &[u8]| server.multipart("detect", &[("image", image)]).code();
    assert_eq!(code(b""), -1300);
    assert_eq!(code(b"GIF89a"), -1400);
    assert_eq!(code(b"\xff\xd8\xff\xff"), -1102);
    assert_eq!(code(&picture("")), -1101);
    assert_eq!(server.json("detect", json!({})).code(), -1300);

    let compare = |parts: &[(&str, &[u8])]| {
        let reply = server.multipart("compare", parts);
        (reply.code(), reply.value()["data"]["fail_flag"].clone())
    };
    let (good, bad) = (picture("anna"), picture(""));
    assert_eq!(compare(&[("imageA", &good), ("imageB", &good)]), (0, Value::Null));
    assert_eq!(compare(&[("imageA", &bad), ("imageB", &good)]), (-1101, json!(1)));
    assert_eq!(compare(&[("imageA", &good), ("imageB", &bad)]), (-1101, json!(2)));
    assert_eq!(compare(&[("imageB", &good)]), (-1300, json!(1)));
    assert_eq!(compare(&[("imageA", &good)]), (-1300, json!(2)));
}

#[test]
fn an_address_counts_before_a_picture() {
    let server = Server::start(|_| {});
    let code = |url: &[u8]| server.multipart("detect", &[("image", &picture("anna")), ("url", url)]).code();
    assert_eq!(code(b"htp:/x"), -1308);
    assert_eq!(code(b""), 0, "an empty one is none");
    assert_eq!(code(b"null"), 0, "and so is what one client sends for none");
}

#[test]
fn accounts_keep_their_rate_each_for_itself() {
    let server = Server::start(|config| config.set_requests_per_second(3));
    let mut codes = Vec::new();
    while codes.last() != Some(&15) && codes.len() < 200 {
        codes.push(server.json("getgroupids", json!({})).code());
    }
    // So many at least before the first refusal; a slow machine asks too slowly for a while.
    assert!(codes.len() > 3 && codes[..codes.len() - 1].iter().all(|code| *code == -1307), "{codes:?}");
    assert_eq!(codes.last(), Some(&15), "{codes:?}");
    let other = &server.accounts[1];
    let body = json!({ "appid": other.appid }).to_string();
    assert_eq!(server.post("getgroupids", &[("Authorization", &sign(other))], body.as_bytes()).code(), -1307);
    assert_eq!(authorized(&server, "abc").1, 5, "what is not believed costs nothing");
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
}

#[test]
fn multipart_is_read_as_the_vendors_clients_write_it() {
    let server = Server::start(|_| {});
    let sign = server.sign();
    let image = picture("anna");
    let parts: [(&str, &[u8]); 8] = [
        ("appid", APPID.as_bytes()),
        ("bucket", b"testbucket"),
        ("person_id", b"p"),
        ("person_name", "脸谱".as_bytes()),
        ("tag", b"null"),
        ("group_ids[1]", b"second"),
        ("group_ids[0]", b"first"),
        ("image", &image),
    ];
    let kind = "Multipart/form-data; boundary=\"-----b\"";
    let headers = [("authorization", sign.as_str()), ("content-type", kind)];
    let data = server.post("newperson", &headers, &multipart("-----b", &parts)).ok();
    assert_eq!(data["group_ids"], json!(["first", "second"]));
    let person = server.json("getinfo", json!({ "person_id": "p" })).ok();
    assert_eq!((&person["person_name"], &person["tag"]), (&json!("脸谱"), &json!("")));
}
