//! What the operations do to the gallery, and that a refusal leaves no trace.

use serde_json::{Value, json};

use crate::support::{Server, picture, sign};

fn lowered(limits: &'static [(&str, u64)]) -> Server {
    Server::start(|config| {
        for (name, value) in limits {
            config.set_limit(name, *value).expect(name);
        }
    })
}

#[test]
fn a_person_lives_from_newperson_to_delperson() {
    let server = Server::start(|_| {});
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
    let created = server.person("p", "g", &picture("anna"));
    assert_eq!((&created["suc_group"], &created["suc_face"]), (&json!(1), &json!(1)));
    let face = &created["face_id"];

    let other = server
        .multipart("newperson", &[("person_id", b"p"), ("group_ids[0]", b"h"), ("image", &picture("bea"))]);
    assert_eq!(other.code(), -1302);
    assert_eq!(other.value()["data"], json!({}));
    assert_eq!(server.json("getpersonids", json!({ "group_id": "h" })).code(), -1306, "no trace");

    let set = json!({ "person_id": "p", "person_name": "Nicolas", "tag": "t" });
    assert_eq!(server.json("setinfo", set).ok(), json!({ "person_id": "p", "session_id": "" }));
    server.json("setinfo", json!({ "person_id": "p", "person_name": "NicolasCage" })).ok();
    let expected = json!({
        "person_id": "p", "person_name": "NicolasCage", "tag": "t", "face_ids": [face], "group_ids": ["g"],
        "session_id": "",
    });
    assert_eq!(server.json("getinfo", json!({ "person_id": "p" })).ok(), expected);
    assert_eq!(server.json("getgroupids", json!({})).ok(), json!({ "group_ids": ["g"] }));
    assert_eq!(server.json("getpersonids", json!({ "group_id": "g" })).ok(), json!({ "person_ids": ["p"] }));
    assert_eq!(server.json("getfaceids", json!({ "person_id": "p" })).ok(), json!({ "face_ids": [face] }));

    let deleted = server.json("delperson", json!({ "person_id": "p" })).ok();
    assert_eq!(deleted, json!({ "deleted": 1, "person_id": "p", "session_id": "" }));
    for operation in ["getinfo", "getfaceids", "delperson", "setinfo"] {
        assert_eq!(server.json(operation, json!({ "person_id": "p" })).code(), -1303, "{operation}");
    }
    assert_eq!(server.json("getpersonids", json!({ "group_id": "g" })).code(), -1306);
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
    assert_eq!(server.json("getfaceinfo", json!({ "face_id": face })).code(), -1305);
}

#[test]
fn a_refused_newperson_leaves_no_trace() {
    let server = Server::start(|_| {});
    for (image, code) in [(picture(""), -1101), (b"GIF89a".to_vec(), -1400), (Vec::new(), -1300)] {
        let parts: [(&str, &[u8]); 3] = [("person_id", b"p"), ("group_ids[0]", b"g"), ("image", &image)];
        assert_eq!(server.multipart("newperson", &parts).code(), code);
    }
    assert_eq!(server.json("getinfo", json!({ "person_id": "p" })).code(), -1303);
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307);
}

#[test]
fn groups_named_twice_count_once() {
    let server = Server::start(|_| {});
    let groups = [("group_ids[0]", &b"g"[..]), ("group_ids[1]", b"g"), ("group_ids[2]", b"h")];
    let image = picture("anna");
    let parts = [&groups[..], &[("person_id", b"p"), ("image", &image)]].concat();
    let data = server.multipart("newperson", &parts).ok();
    assert_eq!((&data["suc_group"], &data["group_ids"]), (&json!(2), &json!(["g", "h"])));

    let added = server.json("addgroupids", json!({ "person_id": "p", "group_ids": ["h", "i", "i"] })).ok();
    assert_eq!(
        added,
        json!({ "person_id": "p", "added": 1, "group_ids": ["g", "h", "i"], "session_id": "" })
    );
    let left =
        server.json("delgroupids", json!({ "person_id": "p", "group_ids": ["g", "nowhere", "g"] })).ok();
    assert_eq!(left, json!({ "person_id": "p", "deleted": 1, "group_ids": ["h", "i"], "session_id": "" }));
    assert_eq!(server.json("getpersonids", json!({ "group_id": "g" })).code(), -1306, "its last person left");
    assert_eq!(server.json("delgroupids", json!({ "person_id": "p", "group_ids": ["g"] })).code(), -1306);
    assert_eq!(server.json("delgroupids", json!({ "person_id": "q", "group_ids": ["h"] })).code(), -1303);
    assert_eq!(server.json("addgroupids", json!({ "person_id": "q", "group_ids": ["h"] })).code(), -1303);
}

#[test]
fn the_pictures_of_one_request_share_what_is_looked_at() {
    let server = Server::start(|_| {});
    server.person("p", "g", &picture("anna"));
    let mut large = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(4096, 4096).write_to(&mut large, image::ImageFormat::Png).expect("written");
    let names: Vec<_> = (0..8).map(|index| format!("images[{index}]")).collect();
    let pictures = names.iter().map(|name| (name.as_str(), large.get_ref().as_slice()));
    let parts: Vec<_> = [("person_id", &b"p"[..])].into_iter().chain(pictures).collect();
    let reply = server.multipart("addface", &parts);
    let codes =
        reply.value()["data"]["ret_codes"].as_array().cloned().unwrap_or_else(|| panic!("{}", reply.text));
    // Each has as many pixels as a decoder takes, and a request is worth two of them.
    assert!(codes[0] != -1102 && codes[0] == codes[1], "{}", reply.text);
    assert!(codes[2..].iter().all(|code| *code == -1102) && codes.len() == 8, "{}", reply.text);
}

#[test]
fn addface_judges_each_picture_by_itself() {
    let server = Server::start(|_| {});
    server.person("p", "g", &picture("anna"));
    let add = |person: &[u8], faces: &[&str]| {
        let pictures: Vec<_> = faces.iter().map(|faces| picture(faces)).collect();
        let names: Vec<_> = (0..faces.len()).map(|index| format!("images[{index}]")).collect();
        let mut parts = vec![("person_id", person)];
        parts.extend(names.iter().map(String::as_str).zip(pictures.iter().map(Vec::as_slice)));
        server.multipart("addface", &parts)
    };
    let data = add(b"p", &["anna", "anna/1", "", "anna/1", "anna/2"]).ok();
    assert_eq!((&data["added"], &data["ret_codes"]), (&json!(2), &json!([-1312, 0, -1101, -1312, 0])));
    let faces = server.json("getfaceids", json!({ "person_id": "p" })).ok();
    assert_eq!(
        faces["face_ids"].as_array().map(|faces| &faces[1..]),
        data["face_ids"].as_array().map(Vec::as_slice)
    );

    let refused = add(b"p", &["", "anna"]);
    assert_eq!(refused.code(), -1101);
    assert_eq!(refused.value()["data"]["ret_codes"], json!([-1101, -1312]));
    assert_eq!(add(b"nobody", &["anna/3"]).code(), -1303);
    assert_eq!(add(b"nobody", &[""]).code(), -1303);
    assert_eq!(add(b"p", &[]).code(), -1300);
    assert_eq!(server.json("getfaceids", json!({ "person_id": "p" })).ok(), faces, "no trace");
}

#[test]
fn delface_removes_only_what_is_the_persons() {
    let server = Server::start(|_| {});
    let anna = server.person("anna", "g", &picture("anna"))["face_id"].clone();
    let bea = server.person("bea", "g", &picture("bea"))["face_id"].clone();
    let delete = |person: &str, faces: Value| {
        server.json("delface", json!({ "person_id": person, "face_ids": faces }))
    };
    assert_eq!(delete("anna", json!([bea])).code(), -1305);
    assert_eq!(delete("anna", json!(["1"])).code(), -1305);
    assert_eq!(delete("nobody", json!([anna])).code(), -1303);
    let data = delete("anna", json!([anna, bea, anna])).ok();
    assert_eq!(data, json!({ "deleted": 1, "face_ids": [anna], "session_id": "" }));
    assert_eq!(server.json("getfaceids", json!({ "person_id": "anna" })).ok(), json!({ "face_ids": [] }));
    assert_eq!(server.json("getfaceids", json!({ "person_id": "bea" })).ok(), json!({ "face_ids": [bea] }));
    let verified = server.multipart("verify", &[("person_id", b"anna"), ("image", &picture("anna"))]).ok();
    assert_eq!(verified, json!({ "ismatch": false, "confidence": 0.0, "session_id": "" }));
}

#[test]
fn limits_are_kept_and_leave_no_trace() {
    let server = lowered(&[("faces-per-person", 2), ("persons-per-group", 2), ("groups-per-appid", 3)]);
    server.person("p", "g", &picture("anna"));
    let parts: [(&str, &[u8]); 4] = [
        ("person_id", b"p"),
        ("images[0]", &picture("anna/1")),
        ("images[1]", &picture("")),
        ("images[2]", &picture("anna/2")),
    ];
    let data = server.multipart("addface", &parts).ok();
    assert_eq!((&data["added"], &data["ret_codes"]), (&json!(1), &json!([0, -1101, -1309])));
    assert_eq!(server.multipart("addface", &[parts[0], parts[3]]).code(), -1309);

    server.person("q", "g", &picture("bea"));
    let third: [(&str, &[u8]); 4] =
        [("person_id", b"r"), ("group_ids[0]", b"h"), ("group_ids[1]", b"g"), ("image", &picture("cleo"))];
    assert_eq!(server.multipart("newperson", &third).code(), -1310);
    assert_eq!(server.json("getinfo", json!({ "person_id": "r" })).code(), -1303);
    assert_eq!(server.json("getgroupids", json!({})).ok(), json!({ "group_ids": ["g"] }));

    assert_eq!(
        server.json("addgroupids", json!({ "person_id": "p", "group_ids": ["a", "b", "c"] })).code(),
        -1311
    );
    assert_eq!(server.json("getgroupids", json!({})).ok(), json!({ "group_ids": ["g"] }));
    server.json("addgroupids", json!({ "person_id": "p", "group_ids": ["a", "b"] })).ok();
    assert_eq!(server.json("addgroupids", json!({ "person_id": "q", "group_ids": ["c"] })).code(), -1311);
    server.json("addgroupids", json!({ "person_id": "q", "group_ids": ["a"] })).ok();
}

#[test]
fn faces_are_found_again() {
    let server = lowered(&[("candidates", 2)]);
    for name in ["anna", "bea", "cleo"] {
        server.person(name, "g", &picture(name));
    }
    server.person("dora", "h", &picture("dora"));
    let find = |group: (&str, &[u8]), faces: &str| {
        server.multipart("identify", &[group, ("image", &picture(faces))])
    };
    let data = find(("group_id", b"g"), "bea/2").ok();
    let candidates = data["candidates"].as_array().expect("a list");
    assert_eq!(candidates.len(), 2);
    assert_eq!((&candidates[0]["person_id"], &candidates[0]["tag"]), (&json!("bea"), &json!("")));
    let confidence = |index: usize| candidates[index]["confidence"].as_f64().expect("a number");
    assert!(confidence(0) > confidence(1) && confidence(0) > 75.0, "{data}");

    let both = [("group_ids[0]", &b"nowhere"[..]), ("group_ids[1]", b"h"), ("image", &picture("dora/2"))];
    assert_eq!(server.multipart("identify", &both).ok()["candidates"][0]["person_id"], "dora");
    assert_eq!(find(("group_id", b"nowhere"), "bea").code(), -1306);
    assert_eq!(find(("group_ids[0]", b"nowhere"), "bea").code(), -1307);
    assert_eq!(find(("group_id", b"g"), "").code(), -1101);

    let many =
        server.multipart("multidentify", &[("group_id", b"g"), ("image", &picture("cleo/2,anna/2"))]).ok();
    let results = many["results"].as_array().expect("a list");
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["candidates"][0]["person_id"], "cleo");
    assert_eq!(results[1]["candidates"][0]["person_id"], "anna");
    assert_eq!(results[1]["face_rect"], json!({ "x": 70, "y": 10, "width": 64.0, "height": 64.0 }));

    let verify = |person: &[u8], faces: &str| {
        server.multipart("verify", &[("person_id", person), ("image", &picture(faces))])
    };
    assert_eq!(
        verify(b"anna", "anna").ok(),
        json!({ "ismatch": true, "confidence": 100.0, "session_id": "" })
    );
    assert_eq!(verify(b"anna", "anna/7").ok()["ismatch"], true);
    assert_eq!(verify(b"anna", "bea").ok()["ismatch"], false);
    assert_eq!(verify(b"nobody", "bea").code(), -1303);
    let compared =
        server.multipart("compare", &[("imageA", &picture("anna")), ("imageB", &picture("anna"))]).ok();
    assert_eq!(compared, json!({ "similarity": 100.0, "session_id": "" }));
}

#[test]
fn tenants_never_see_each_other() {
    let server = Server::start(|_| {});
    let face = server.person("p", "g", &picture("anna"))["face_id"].clone();
    let other = &server.accounts[1];
    let ask = |operation: &str, mut parameters: Value| {
        parameters["appid"] = json!(other.appid);
        server.post(operation, &[("Authorization", &sign(other))], parameters.to_string().as_bytes()).code()
    };
    assert_eq!(ask("getgroupids", json!({})), -1307);
    assert_eq!(ask("getinfo", json!({ "person_id": "p" })), -1303);
    assert_eq!(ask("getfaceinfo", json!({ "face_id": face })), -1305);
    assert_eq!(ask("getpersonids", json!({ "group_id": "g" })), -1306);
    assert_eq!(ask("delperson", json!({ "person_id": "p" })), -1303);
    server.json("getinfo", json!({ "person_id": "p" })).ok();
}

#[test]
fn as_many_groups_as_an_account_may_have_fit_into_one_request() {
    let server = Server::start(|_| {});
    let names: Vec<_> = (0..5001).map(|number| format!("group_ids[{number}]")).collect();
    let image = picture("anna");
    let newperson = |count: usize| {
        let groups =
            names.iter().take(count).map(|name| (name.as_str(), name.trim_end_matches(']').as_bytes()));
        let parts: Vec<_> = [("person_id", &b"p"[..]), ("image", &image)].into_iter().chain(groups).collect();
        server.multipart("newperson", &parts)
    };
    assert_eq!(newperson(5001).code(), -1311);
    assert_eq!(server.json("getgroupids", json!({})).code(), -1307, "no trace");
    assert_eq!(newperson(5000).ok()["suc_group"], 5000);
    assert_eq!(
        server.json("addgroupids", json!({ "person_id": "p", "group_ids": ["one-more"] })).code(),
        -1311
    );
}
