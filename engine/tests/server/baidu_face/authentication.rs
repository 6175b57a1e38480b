//! Tokens, signatures, bearer keys, quotas; and the two shapes of answers.

use std::io::Write;
use std::net::Shutdown;

use lianpu_engine::baidu_face::BaiduFaceSection;
use serde_json::{Value, json};

use crate::support::baidu::{Baidu, KEYS, code, image, token};
use crate::support::read_reply;

const LIST: &str = "/rest/2.0/face/v3/faceset/group/getlist";

fn asked(baidu: &Baidu, target: &str, headers: &[(&str, &str)]) -> Value {
    baidu.send(target, headers, b"{}").value()
}

#[test]
fn a_token_is_given_by_get_and_by_post_with_query_or_form() {
    let baidu = Baidu::start();
    let (key, secret) = KEYS[0];
    let pair = format!("client_id={key}&client_secret={secret}");
    let form = format!("grant_type=client_credentials&{pair}");
    let by_query = baidu.send(&format!("/oauth/2.0/token?{form}"), &[], b"");
    let by_form = baidu.send("/oauth/2.0/token", &[], form.as_bytes());
    for reply in [by_query, by_form] {
        let answer = reply.value();
        assert_eq!((reply.status, &answer["expires_in"]), (200, &json!(2_592_000)));
        assert!(answer["scope"].as_str().expect("a text").split(' ').any(|word| word == "brain_all_scope"));
        let token = answer["access_token"].as_str().expect("a token");
        assert_eq!(code(&asked(&baidu, &format!("{LIST}?access_token={token}"), &[])), 0);
        let refresh = answer["refresh_token"].as_str().expect("a token");
        let again = format!("/oauth/2.0/token?grant_type=refresh_token&refresh_token={refresh}&{pair}");
        assert!(baidu.send(&again, &[], b"").value()["access_token"].is_string());
        let wrong = baidu.send(&format!("{LIST}?access_token={refresh}"), &[], b"{}").value();
        assert_eq!(code(&wrong), 110, "a refresh token is no access token");
    }
}

#[test]
fn wrong_keys_are_refused_in_the_words_of_oauth() {
    let baidu = Baidu::start();
    let (key, secret) = KEYS[0];
    let ask = |query: String| {
        let reply = baidu.send(&format!("/oauth/2.0/token?{query}"), &[], b"");
        let answer = reply.value();
        (reply.status, answer["error"].clone(), answer["error_description"].clone())
    };
    let grant = "grant_type=client_credentials";
    let refused = |status, error: &str, text: &str| (status, json!(error), json!(text));
    let unknown = refused(401, "invalid_client", "unknown client id");
    assert_eq!(ask(format!("{grant}&client_id=x&client_secret={secret}")), unknown);
    let wrong = refused(401, "invalid_client", "Client authentication failed");
    assert_eq!(ask(format!("{grant}&client_id={key}&client_secret=x")), wrong);
    assert_eq!(ask(format!("grant_type=magic&client_id={key}&client_secret={secret}")).0, 400);
    assert_eq!(ask(String::new()).1, json!("invalid_request"));
}

/// The layer that checks tokens stands before the service, which alone reads bodies.
#[test]
fn a_body_that_breaks_off_is_found_out_after_the_token() {
    let baidu = Baidu::start();
    let ask = |query: &str| {
        let request = format!("POST {LIST}{query} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{\"start");
        let mut stream = baidu.server.connect();
        stream.write_all(request.as_bytes()).expect("written");
        stream.shutdown(Shutdown::Write).expect("half closed");
        code(&read_reply(&mut stream).value())
    };
    assert_eq!(ask(""), 100);
    assert_eq!(ask("?access_token=24.abc"), 110);
    assert_eq!(ask(&format!("?access_token={}", baidu.token)), 222_200);
}

#[test]
fn tokens_are_missing_unknown_or_expired() {
    let baidu = Baidu::start();
    for target in [LIST.to_owned(), format!("{LIST}?access_token="), format!("{LIST}?access_token=%20x")] {
        assert_eq!(code(&asked(&baidu, &target, &[])), 100, "{target}");
    }
    let unknown = baidu.send(&format!("{LIST}?access_token=24.abc"), &[], b"{}");
    let body = r#"{"error_code":110,"error_msg":"Access token invalid or no longer valid"}"#;
    assert_eq!((unknown.status, unknown.text.as_str()), (200, body));
    assert_eq!(baidu.code("v3/faceset/group/getlist", &json!({})), 0);
    assert_eq!(baidu.failing("auth.clock-ahead", "v3/faceset/group/getlist", &json!({})), 111);
    baidu.wait(2_592_000);
    assert_eq!(baidu.code("v3/faceset/group/getlist", &json!({})), 111);

    let short = Baidu::set("access-token-seconds", 3);
    short.wait(2);
    assert_eq!(short.code("v3/faceset/group/getlist", &json!({})), 0);
    short.wait(1);
    assert_eq!(short.code("v3/faceset/group/getlist", &json!({})), 111);
}

#[test]
fn the_urls_that_clients_send_are_understood() {
    let baidu = Baidu::start();
    for query in [
        format!("access_token={}&aipSdk=python&aipVersion=4.15.13", baidu.token),
        format!("aipSdk=node&access_token={}?aipSdk=node", baidu.token),
    ] {
        assert_eq!(code(&asked(&baidu, &format!("{LIST}?{query}"), &[])), 0, "{query}");
    }
}

#[test]
fn a_bearer_key_serves_as_well() {
    let baidu = Baidu::start();
    let bearer = |key: &str| code(&asked(&baidu, LIST, &[("Authorization", &format!("Bearer {key}"))]));
    assert_eq!(bearer(KEYS[0].0), 0);
    assert_eq!(bearer("x"), 23);
}

#[test]
fn a_cloud_accounts_signature_is_verified() {
    let baidu = Baidu::start();
    // 2027-01-15T08:00:00Z is the clock's first second.
    let signed = |secret: &str, date: &str, host: &str| {
        let authorization = sign(KEYS[0].0, secret, date, host);
        let headers = [("x-bce-date", date), ("Authorization", authorization.as_str())];
        code(&asked(&baidu, &format!("{LIST}?aipSdk=python"), &headers))
    };
    let (right, now) = (KEYS[0].1, "2027-01-15T08:00:00Z");
    assert_eq!(signed(right, now, "aip.baidubce.com"), 0);
    assert_eq!(signed(right, now, "other"), 14);
    assert_eq!(signed("wrong", now, "aip.baidubce.com"), 14);
    assert_eq!(signed(right, "2027-01-15T07:00:00Z", "aip.baidubce.com"), 14, "too old");
    let malformed = [("Authorization", "bce-auth-v1/x/y")];
    assert_eq!(code(&asked(&baidu, LIST, &malformed)), 14);
}

fn sign(key: &str, secret: &str, date: &str, host: &str) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let hmac = |key: &str, text: &str| {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).expect("any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    let prefix = format!("bce-auth-v1/{key}/{date}/1800");
    let date = date.replace(':', "%3A");
    let request = format!("POST\n{LIST}\naipSdk=python\nhost:{host}\nx-bce-date:{date}");
    format!("{prefix}/host;x-bce-date/{}", hmac(&hmac(secret, &prefix), &request))
}

#[test]
fn interfaces_that_do_not_exist_have_a_code() {
    let baidu = Baidu::start();
    assert_eq!(baidu.code("v3/nothing", &json!({})), 3);
    assert_eq!(baidu.private("person/verify", &json!({})), 3);
    let get = format!("GET {LIST}?access_token={} HTTP/1.1\r\nHost: x\r\n\r\n", baidu.token);
    assert_eq!(code(&baidu.server.exchange(get.as_bytes()).value()), 3);
}

#[test]
fn applications_and_quotas_are_judged() {
    let baidu = Baidu::with(|config| {
        let apps = &mut config.section_mut::<BaiduFaceSection>().expect("the front's section").apps;
        apps[0].denied.push("/rest/2.0/face/v3/match".to_owned());
        apps[0].quota.second = Some(2);
        apps[0].quota.day = Some(5);
        apps[0].quota.total = Some(7);
        apps[1].deleted = true;
    });
    assert_eq!(baidu.code("v3/match", &json!([])), 6);
    let list = || baidu.code("v3/faceset/group/getlist", &json!({}));
    assert_eq!([list(), list(), list()], [0, 0, 18]);
    baidu.wait(1);
    assert_eq!([list(), list(), list()], [0, 0, 18]);
    baidu.wait(1);
    assert_eq!([list(), list()], [0, 17]);
    baidu.wait(86_400);
    assert_eq!([list(), list(), list()], [0, 0, 19]);
    let bearer = format!("Bearer {}", KEYS[1].0);
    assert_eq!(code(&asked(&baidu, LIST, &[("Authorization", &bearer)])), 15);
}

#[test]
fn applications_see_nothing_of_each_other() {
    let baidu = Baidu::start();
    let token = token(&baidu.server, 1);
    let face = baidu.register("anna", "g", "u");
    let target = |path: &str| format!("/rest/2.0/face/{path}?access_token={token}");
    let other = |path: &str, body: Value| baidu.send(&target(path), &[], body.to_string().as_bytes()).value();
    assert_eq!(other("v3/faceset/group/getlist", json!({}))["result"], json!({ "group_id_list": [] }));
    let by_token = json!({ "image": face, "image_type": "FACE_TOKEN" });
    assert_eq!(code(&other("v3/detect", by_token)), 222_209);
}

#[test]
fn a_business_answer_has_its_envelope() {
    let baidu = Baidu::start();
    let reply = baidu.reply("v3/detect", &[], image("anna").to_string().as_bytes());
    assert_eq!(reply.status, 200);
    assert!(reply.head.contains("content-type: application/json\r\n"), "{}", reply.head);
    let answer = reply.value();
    assert_eq!((&answer["timestamp"], &answer["cached"]), (&json!(1_800_000_000), &json!(0)));
    let log_id = answer["log_id"].as_u64().expect("a number");
    assert!(log_id > 1 << 53);
    let refused = baidu.call("v3/detect", &image(""));
    assert_eq!((code(&refused), &refused["result"]), (222_202, &Value::Null));
    assert_ne!(refused["log_id"].as_u64(), Some(log_id));
}
