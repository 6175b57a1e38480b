//! The vendor's own request examples, byte for byte but for signature, picture and address.

use crate::support::{Server, origin, picture, sign};
use lianpu_engine::tencent_ci::{BucketAccount, TencentCiSection};
use serde_json::json;

fn server() -> (Server, BucketAccount) {
    let account = BucketAccount {
        appid: "123456".to_owned(),
        bucket: "test".to_owned(),
        secret_id: "id".to_owned(),
        secret_key: "key".to_owned(),
        disabled: None,
        requests_per_second: None,
    };
    let accounts = vec![account.clone()];
    let server = Server::start(|config| {
        config.allow_private_urls = true;
        config.section_mut::<TencentCiSection>().expect("the front's section").accounts = accounts;
    });
    (server, account)
}

fn head(path: &str, account: &BucketAccount, length: usize, kind: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nAuthorization: {}\r\nHost: service.image.myqcloud.com\r\nContent-Length: {length}\r\n\
         Content-Type: {kind}\r\n\r\n",
        sign(account)
    )
}

const MULTIPART: &str = "multipart/form-data;boundary=--------------acebdf13572468";

fn newperson_multipart(end: &str) -> Vec<u8> {
    let fields = "----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"appid\";\r\n\r\n123456\r\n\
        ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"group_ids[0]\";\r\n\r\ntencent\r\n\
        ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"group_ids[1]\";\r\n\r\nqq\r\n\
        ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"person_id\";\r\n\r\nperson0\r\n\
        ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"image\"; filename=\"test.jpg\"\r\n\
        Content-Type: image/jpeg\r\n\r\n";
    [fields.as_bytes(), &picture("anna"), format!("\r\n----------------acebdf13572468{end}").as_bytes()]
        .concat()
}

#[test]
fn newperson_by_url() {
    let (server, account) = server();
    let origin = origin::start();
    let body = format!(
        "{{\n  \"appid\":\"123456\",\n  \"group_ids\":[ \"tencent\", \"qq\" ],\n  \"person_id\":\"person0\",\n  \
         \"url\":\"http://{origin}/face/anna\"\n}}"
    );
    let head = head("/face/newperson", &account, body.len(), "application/json");
    let reply = server.exchange(&[head.as_bytes(), body.as_bytes()].concat());
    let data = reply.ok();
    assert!(
        reply.text.starts_with(r#"{"code":0,"message":"OK","data":{"person_id":"person0","suc_group":2,"#)
    );
    assert!(reply.head.contains("content-type: application/json\r\n"), "{}", reply.head);
    assert_eq!(data["suc_face"], 1);
    assert_eq!(data["session_id"], "");
    assert_eq!(data["group_ids"], json!(["tencent", "qq"]));
    let face = data["face_id"].as_str().expect("a text");
    assert!(face.len() == 19 && face.bytes().all(|byte| byte.is_ascii_digit()), "{face}");
}

#[test]
fn newperson_by_image_with_and_without_the_closing_dashes() {
    for end in ["--", "--\r\n", "", "\r\n"] {
        let (server, account) = server();
        let body = newperson_multipart(end);
        let head = head("/face/newperson", &account, body.len(), MULTIPART);
        let data = server.exchange(&[head.as_bytes(), &body].concat()).ok();
        assert_eq!((&data["suc_group"], &data["suc_face"]), (&json!(2), &json!(1)), "{end:?}");
    }
}

#[test]
fn addface_by_urls_and_by_images() {
    let (server, account) = server();
    let origin = origin::start();
    let body = newperson_multipart("--");
    server
        .exchange(&[head("/face/newperson", &account, body.len(), MULTIPART).as_bytes(), &body].concat())
        .ok();

    let body = format!(
        "{{\n  \"appid\":\"123456\",\n  \"person_id\":\"person0\",\n  \"urls\":[\n    \"http://{origin}/face/anna/1\",\n    \
         \"http://{origin}/face/anna/2\"\n  ]\n}}"
    );
    let head_of = |length, kind| head("/face/addface", &account, length, kind);
    let reply =
        server.exchange(&[head_of(body.len(), "application/json").as_bytes(), body.as_bytes()].concat());
    let data = reply.ok();
    assert_eq!((&data["added"], &data["ret_codes"]), (&json!(2), &json!([0, 0])));
    assert_eq!(data["face_ids"].as_array().map(Vec::len), Some(2));

    let part = |index: usize, faces: &str| {
        let head = format!(
            "----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"images[{index}]\"; \
             filename=\"face{index}.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        [head.as_bytes(), &picture(faces), b"\r\n"].concat()
    };
    let fields = "----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"appid\";\r\n\r\n123456\r\n\
        ----------------acebdf13572468\r\nContent-Disposition: form-data; name=\"person_id\";\r\n\r\nperson0\r\n";
    let body = [
        fields.as_bytes(),
        &part(0, "anna/3"),
        &part(1, "anna"),
        &part(2, ""),
        b"----------------acebdf13572468--",
    ]
    .concat();
    let reply = server.exchange(&[head_of(body.len(), MULTIPART).as_bytes(), &body].concat());
    let data = reply.ok();
    assert_eq!((&data["added"], &data["ret_codes"]), (&json!(1), &json!([0, -1312, -1101])), "{reply:?}");
}
