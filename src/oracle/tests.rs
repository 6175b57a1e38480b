//! Predictions and the judge together: what is found in an answer to a request with effects.

use std::time::Duration;

use lianpu_corpus::{Certainty, Dialect};
use serde_json::{Value, json};

use super::predict;
use crate::judge::{Came, Check, Standard, judge};
use crate::mutate::Effect;
use crate::wire::Reply;

fn dialect() -> &'static Dialect {
    lianpu_corpus::bundled("tencent-ci").unwrap()
}

fn findings(operation: &str, effects: &[Effect], status: u16, body: &Value) -> Vec<String> {
    let operation = dialect().operation(operation).unwrap();
    let reply = Reply {
        status,
        content_type: Some("application/json".into()),
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
        took: Duration::from_millis(5),
    };
    let expected = predict(dialect(), operation, effects);
    let standard = Standard { within: Some(Duration::from_secs(1)), ..Standard::new(dialect(), operation) };
    let judgement = judge(Came::Reply(&reply), &expected, &standard);
    judgement.findings.iter().map(ToString::to_string).collect()
}

fn expired() -> Effect {
    Effect::refused(&["signature-expired"], "", Certainty::Documented)
}

fn error(code: i64) -> Value {
    json!({"code": code, "message": "no", "data": {}})
}

#[test]
fn the_predicted_code_is_right_and_every_other_is_a_finding() {
    assert_eq!(findings("getinfo", &[expired()], 400, &error(9)), Vec::<String>::new());
    assert_eq!(findings("getinfo", &[expired()], 200, &error(14)), ["code: expected 9, got 14"]);
    let unknown = findings("getinfo", &[expired()], 200, &error(-9999));
    assert_eq!(unknown, ["code: expected 9, got -9999, which getinfo never answers"]);
}

#[test]
fn a_success_for_a_broken_signature_is_a_finding() {
    let success = json!({"code": 0, "message": "OK", "data": {}});
    assert_eq!(findings("getinfo", &[expired()], 200, &success), ["code: expected 9, got 0, a success"]);
}

#[test]
fn a_code_of_the_wrong_type_is_one_finding_where_its_value_is_right_and_two_where_it_is_wrong() {
    let of = |code: &str| {
        findings("getinfo", &[expired()], 400, &json!({"code": code, "message": "no", "data": {}}))
    };
    assert_eq!(of("9"), ["code-type: expected an integer at /code, got \"9\""]);
    assert_eq!(of("14"), ["code-type: expected an integer at /code, got \"14\"", "code: expected 9, got 14"]);
    assert!(of("0").contains(&"code: expected 9, got 0, a success".to_owned()), "{:?}", of("0"));
}

#[test]
fn one_picture_of_several_may_carry_the_code() {
    let undecodable = Effect::refused(&["picture-undecodable"], "", Certainty::Documented);
    let body = |codes: Value| json!({"code": 0, "message": "OK", "data": {"ret_codes": codes}});
    assert_eq!(
        findings("addface", std::slice::from_ref(&undecodable), 200, &body(json!([0, -1102]))),
        Vec::<String>::new()
    );
    assert_eq!(findings("addface", &[undecodable], 200, &body(json!([0, 0]))).len(), 1);
}

#[test]
fn silence_and_slowness_are_findings() {
    let operation = dialect().operation("getinfo").unwrap();
    let expected = predict(dialect(), operation, &[]);
    let standard = Standard { within: Some(Duration::from_secs(1)), ..Standard::new(dialect(), operation) };
    let silent = judge(Came::Closed("a closed connection"), &expected, &standard).findings;
    assert_eq!(silent[0].check, Check::Transport);
    assert_eq!(silent[0].to_string(), "transport: expected 0, got a closed connection");
    let reply = Reply {
        status: 200,
        content_type: Some("application/json".into()),
        headers: Vec::new(),
        body: br#"{"code":0,"message":"OK","data":{}}"#.to_vec(),
        took: Duration::from_secs(2),
    };
    let slow = judge(Came::Reply(&reply), &expected, &standard).findings;
    assert_eq!(slow[0].to_string(), "transport: expected an answer in 1000 ms, got one after 2000 ms");
}
