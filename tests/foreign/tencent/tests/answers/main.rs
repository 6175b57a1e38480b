//! The running server, asked over the wire.

mod client;

use client::{Server, parts, portrait, portrait64, sign, text};
use serde_json::json;

#[test]
fn a_person_lives_and_dies() {
    let server = Server::start(&[]);
    let made = server.call(0, "newperson", json!({
        "person_id": "ada", "group_ids": ["one", "two"], "person_name": "艾达", "tag": "first", "image": portrait64(0)
    }));
    assert_eq!((made["code"].as_i64(), made["data"]["suc_group"].as_i64()), (Some(0), Some(2)), "{made}");
    let again = server.call(
        0,
        "newperson",
        json!({ "person_id": "ada", "group_ids": ["one"], "image": portrait64(1) }),
    );
    assert_eq!(again["code"], json!(-1302));
    let info = server.call(0, "getinfo", json!({ "person_id": "ada" }));
    assert_eq!(
        (info["data"]["person_name"].as_str(), info["data"]["tag"].as_str()),
        (Some("艾达"), Some("first"))
    );
    assert_eq!(info["data"]["face_ids"], json!([made["data"]["face_id"]]));
    let face = server.call(0, "getfaceinfo", json!({ "face_id": made["data"]["face_id"] }));
    assert_eq!(face["data"]["face_info"]["face_id"], made["data"]["face_id"]);
    let verified = server.call(0, "verify", json!({ "person_id": "ada", "image": portrait64(0) }));
    assert_eq!(verified["data"]["ismatch"], json!(true), "{verified}");
    let other = server.call(0, "verify", json!({ "person_id": "ada", "image": portrait64(1) }));
    assert_eq!(other["data"]["ismatch"], json!(false), "{other}");
    assert_eq!(server.call(1, "getinfo", json!({ "person_id": "ada" }))["code"], json!(-1303));
    assert_eq!(server.call(0, "setinfo", json!({ "person_id": "ada", "tag": "second" }))["code"], json!(0));
    let info = server.call(0, "getinfo", json!({ "person_id": "ada" }));
    assert_eq!(
        (info["data"]["person_name"].as_str(), info["data"]["tag"].as_str()),
        (Some("艾达"), Some("second"))
    );
    assert_eq!(server.call(0, "delperson", json!({ "person_id": "ada" }))["data"]["deleted"], json!(1));
    assert_eq!(server.call(0, "getpersonids", json!({ "group_id": "one" }))["code"], json!(-1306));
    assert_eq!(
        server.call(0, "getfaceinfo", json!({ "face_id": made["data"]["face_id"] }))["code"],
        json!(-1305)
    );
    assert_eq!(server.call(0, "getgroupids", json!({}))["data"]["group_ids"], json!([]));
}

#[test]
fn faces_come_and_go() {
    let server = Server::start(&[]);
    let account = &server.accounts[0];
    let sign = sign(account, account, 600, &text(account, "secret_key"));
    let appid = text(account, "appid");
    let made =
        server.call(0, "newperson", json!({ "person_id": "bo", "group_ids": ["g"], "image": portrait64(0) }));
    assert_eq!(made["data"]["suc_face"], json!(1), "{made}");
    let pictures = parts(&[
        ("appid", appid.as_bytes()),
        ("person_id", b"bo"),
        ("images[1]", &portrait(1)),
        ("images[0]", &portrait(0)),
        ("images[2]", b"noise"),
    ]);
    let (status, added) = server.post("addface", &sign, "multipart/form-data; boundary=x1", &pictures);
    assert_eq!((status, &added["data"]["ret_codes"]), (200, &json!([-1312, 0, -1102])), "{added}");
    assert_eq!((&added["code"], &added["data"]["added"]), (&json!(0), &json!(1)));
    let listed = server.call(0, "getfaceids", json!({ "person_id": "bo" }));
    assert_eq!(listed["data"]["face_ids"].as_array().map(Vec::len), Some(2));
    let found = server.call(0, "identify", json!({ "group_id": "g", "image": portrait64(1) }));
    assert_eq!(found["data"]["candidates"][0]["face_id"], added["data"]["face_ids"][1], "{found}");
    let deleted = server.call(
        0,
        "delface",
        json!({ "person_id": "bo", "face_ids": [added["data"]["face_ids"][1], "none"] }),
    );
    assert_eq!(
        (&deleted["data"]["deleted"], &deleted["data"]["face_ids"][0]),
        (&json!(1), &added["data"]["face_ids"][1])
    );
    let alike = server.call(0, "compare", json!({ "imageA": portrait64(0), "imageB": portrait64(0) }));
    assert_eq!(alike["data"]["similarity"], json!(100.0));
    let failed = server.call(0, "compare", json!({ "imageA": portrait64(0), "imageB": "R0lGODlh" }));
    assert_eq!((&failed["code"], &failed["data"]["fail_flag"]), (&json!(-1400), &json!(2)));
    let seen = server.call(0, "detect", json!({ "mode": 0, "image": portrait64(2) }));
    let face = &seen["data"]["face"][0];
    assert!(face["x"].is_i64() && face["width"].is_f64() && face["glass"].is_boolean(), "{seen}");
    assert_eq!((&seen["data"]["image_width"], &seen["data"]["image_height"]), (&json!(300), &json!(340)));
}

#[test]
fn signatures_and_parameters_are_judged() {
    let server = Server::start(&[]);
    let (one, two) = (&server.accounts[0], &server.accounts[1]);
    let secret = text(one, "secret_key");
    let body = json!({ "appid": one["appid"], "person_id": "x" }).to_string();
    let code =
        |sign: &str| server.post("getinfo", sign, "application/json", body.as_bytes()).1["code"].clone();
    assert_eq!(code(&sign(one, one, 600, &secret)), json!(-1303));
    assert_eq!(code(""), json!(4));
    assert_eq!(code("abc"), json!(5));
    assert_eq!(code(&sign(one, one, -600, &secret)), json!(9));
    assert_eq!(code(&sign(one, one, 600, "another")), json!(14));
    assert_eq!(code(&sign(one, two, 600, &text(two, "secret_key"))), json!(12));
    assert_eq!(code(&sign(two, two, 600, &text(two, "secret_key"))), json!(6));
    assert_eq!(code(&sign(one, &one["disabled"], 600, &text(&one["disabled"], "secret_key"))), json!(14));
    let nobody = json!({ "appid": "1999999999", "bucket": "b" });
    let sign_of_nobody = sign(&nobody, one, 600, &secret);
    let body = json!({ "appid": "1999999999", "person_id": "x" }).to_string();
    assert_eq!(
        server.post("getinfo", &sign_of_nobody, "application/json", body.as_bytes()).1["code"],
        json!(10)
    );
    for (operation, parameters, due) in [
        ("getinfo", json!({}), 21),
        ("getinfo", json!({ "person_id": "" }), -1301),
        ("getinfo", json!({ "person_id": "x".repeat(65536) }), -1304),
        ("getinfo", json!({ "person_id": "x", "bucket": "nowhere" }), 16),
        ("getinfo", json!({ "person_id": 5 }), 3),
        ("newperson", json!({ "person_id": "x", "group_ids": "qq" }), 3),
        ("newperson", json!({ "person_id": "x", "group_ids": [] }), -1301),
        ("detect", json!({ "mode": 7, "url": "http://h/a.jpg" }), 21),
        ("detect", json!({ "mode": 0 }), -1301),
        ("detect", json!({ "mode": 0, "url": "htp:/x", "image": portrait64(0) }), -1505),
        ("identify", json!({ "group_id": "none", "image": portrait64(0) }), -1306),
        ("identify", json!({ "group_ids": ["none"], "image": portrait64(0) }), -1307),
        ("addface", json!({ "person_id": "none", "images": [portrait64(0)] }), -1303),
    ] {
        assert_eq!(
            server.call(0, operation, parameters.clone())["code"],
            json!(due),
            "{operation} {parameters}"
        );
    }
    let faceless = server.call(0, "newperson", json!({ "person_id": "cy", "group_ids": ["g"] }));
    assert_eq!((&faceless["code"], &faceless["data"]["suc_face"]), (&json!(0), &json!(0)));
}

#[test]
fn the_gateway_answers_pages() {
    let server = Server::start(&[]);
    let status = |request: String| server.send(request.as_bytes()).0;
    for (line, due) in [
        ("POST /face/shape HTTP/1.1\r\nContent-Length: 0", 404),
        ("GET /face/detect HTTP/1.1", 424),
        ("POST /face/detect HTTP/1.1\r\nTransfer-Encoding: chunked", 411),
        ("POST /face/detect HTTP/1.1\r\nContent-Length: 1600000", 413),
    ] {
        let body = match due {
            411 => "0\r\n\r\n".to_owned(),
            413 => "x".repeat(1_600_000),
            _ => String::new(),
        };
        assert_eq!(status(format!("{line}\r\nHost: h\r\nConnection: close\r\n\r\n{body}")), due, "{line}");
    }
}

#[test]
fn rates_are_kept_and_defects_are_planted() {
    let server = Server::start(&["--requests-per-second", "3"]);
    let codes: Vec<_> = (0..6).map(|_| server.call(0, "getgroupids", json!({}))["code"].clone()).collect();
    assert!(codes.contains(&json!(0)) && codes.contains(&json!(15)), "{codes:?}");
    assert_eq!(server.call(1, "getgroupids", json!({}))["code"], json!(0));
    let server = Server::start(&["--defect", "code-as-text", "--defect", "digest-ignored"]);
    let account = &server.accounts[0];
    let body = json!({ "appid": account["appid"] }).to_string();
    let answer =
        server.post("getgroupids", &sign(account, account, 60, "wrong"), "application/json", body.as_bytes());
    assert_eq!(answer.1["code"], json!("0"));
}
