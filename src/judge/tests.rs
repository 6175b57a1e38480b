//! Envelopes other than a code at a JSON pointer, and codes that mean something in one operation only.

use std::time::Duration;

use lianpu_corpus::{Code, Dialect, Envelope, Operation};
use serde_json::{Value, json};

use super::*;

/// A dialect with two tables; an answer of `shared` may have a code of either, of `download` one of the second's.
fn dialect(envelopes: &str) -> Dialect {
    let mut dialect = lianpu_corpus::bundled("tencent-ci").unwrap().clone();
    let named: std::collections::BTreeMap<String, Envelope> = toml::from_str(envelopes).unwrap();
    dialect.manifest.envelopes = named;
    let operation = |name: &str, tables: &[&str], envelope: Option<&str>| Operation {
        name: name.to_owned(),
        tables: tables.iter().map(|id| (*id).to_owned()).collect(),
        envelope: envelope.map(str::to_owned),
        replies: Vec::new(),
        ..dialect.operations[0].clone()
    };
    dialect.operations = vec![
        operation("face", &["face"], None),
        operation("download", &["download"], None),
        operation("shared", &["face", "download"], None),
        operation("cloud", &["face"], Some("cloud")),
    ];
    dialect.tables.retain(|table| ["face", "download"].contains(&table.id.as_str()));
    dialect
}

/// A code in a header and any picture as the body; and a code as a text, in errors only.
const ENVELOPES: &str = r#"
[download]
code = { header = "X-ErrNo" }
code_type = "integer"
success_without_code = true
success_statuses = [200, 206]
content_types = ["image/*"]
body = "bytes"
header = [{ name = "ETag", on = "success", gloss = "a", certainty = "documented" }]

[cloud]
code = ["/Response/Error/Code", "/Response/Result"]
code_type = "text"
success = "Success"
success_without_code = true
message = "/Response/Error/Message"
message_on = "error"
success_statuses = [200]
error_statuses = [200]
content_types = ["application/json"]
field = [{ pointer = "/Response/RequestId", type = "string", gloss = "a", certainty = "documented" }]
"#;

fn reply(status: u16, content_type: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    Reply {
        status,
        content_type: Some(content_type.to_owned()),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.to_vec(),
        took: Duration::ZERO,
    }
}

fn json(body: &Value) -> Reply {
    reply(200, "application/json", &[], body.to_string().as_bytes())
}

/// What is read, and what is found where this is expected.
fn judged(operation: &str, reply: &Reply, expected: &Expected) -> (Answer, Vec<String>) {
    let dialect = dialect(ENVELOPES);
    let standard = Standard::new(&dialect, dialect.operation(operation).unwrap());
    let judgement = judge(Came::Reply(reply), expected, &standard);
    assert_eq!(judgement.answer, read(reply, &dialect, standard.operation), "one way to read");
    (judgement.answer, judgement.findings.iter().map(ToString::to_string).collect())
}

#[test]
fn a_code_stands_in_a_header_and_the_body_is_any_bytes() {
    let code = Expected::code(-103);
    let error = reply(400, "text/html", &[("x-errno", "-103")], b"<html>");
    assert_eq!(judged("download", &error, &code), (of(-103, false, None), vec![]));
    let word = reply(400, "text/html", &[("X-ErrNo", "none of yours")], b"");
    let (_, findings) = judged("download", &word, &code);
    assert_eq!(findings[0], "code-type: expected an integer at the header X-ErrNo, got none of yours");
    let picture = reply(206, "image/png", &[("ETag", "\"a\"")], b"\x89PNG");
    let success = Expected::success_without_code();
    let answer = Answer { success: true, ..Answer::default() };
    assert_eq!(judged("download", &picture, &success), (answer, vec![]));
    assert_eq!(judged("download", &picture, &code).1, ["code: expected -103, got a success"]);
    assert_eq!(judged("download", &error, &success).1, ["code: expected a success, got -103"]);
}

#[test]
fn what_is_wrong_with_bytes_and_headers_is_found() {
    let of = |reply: &Reply| judged("download", reply, &Expected::success_without_code()).1;
    assert_eq!(
        of(&reply(200, "text/html", &[("etag", "\"a\"")], b"x")),
        ["content-type: expected image/*, got text/html"]
    );
    assert_eq!(of(&reply(200, "image/png", &[], b"x")), ["header: expected a text in ETag, got nothing"]);
    // Without a code and with another status it is neither.
    assert_eq!(of(&reply(404, "image/png", &[], b"x"))[0], "status: expected HTTP 200 or 206, got 404");
}

#[test]
fn a_code_is_a_text_in_an_error_and_absent_or_a_result_in_a_success() {
    let refused = Expected::code("InvalidParameter");
    let error = |code: Value| {
        json(&json!({"Response": {"Error": {"Code": code, "Message": "no"}, "RequestId": "r"}}))
    };
    assert_eq!(judged("cloud", &error(json!("InvalidParameter")), &refused).1, Vec::<String>::new());
    let (_, typed) = judged("cloud", &error(json!(4)), &refused);
    assert_eq!(typed[0], "code-type: expected a string at /Response/Error/Code or /Response/Result, got 4");
    let token = json(&json!({"Response": {"BizToken": "t", "RequestId": "r"}}));
    let (answer, findings) = judged("cloud", &token, &Expected::success_without_code());
    assert!(answer.success && answer.code.is_none() && findings.is_empty(), "{findings:?}");
    let result = json(&json!({"Response": {"Result": "Success", "RequestId": "r"}}));
    let (answer, findings) = judged("cloud", &result, &Expected::code("Success"));
    assert!(answer.success && findings.is_empty(), "{findings:?}");
    let business = json(&json!({"Response": {"Result": "FailedOperation.CompareFail", "RequestId": "r"}}));
    let (answer, _) = judged("cloud", &business, &refused);
    assert!(!answer.success && answer.code == Some(Code::from("FailedOperation.CompareFail")));
    let without_id = json(&json!({"Response": {}}));
    let findings = judged("cloud", &without_id, &Expected::success_without_code()).1;
    assert_eq!(findings, ["field: expected a string at /Response/RequestId, got nothing"]);
    let no_json =
        judged("cloud", &reply(200, "application/json", &[], b"[]"), &Expected::success_without_code());
    assert_eq!((no_json.0.success, no_json.1.len()), (false, 1), "what cannot be read is no success");
}

#[test]
fn a_table_of_another_envelope_is_read_by_its_own() {
    let face = json(&json!({"code": 9, "message": "no", "data": {}}));
    assert_eq!(judged("shared", &face, &Expected::code(9)).1, Vec::<String>::new());
    let download = reply(403, "text/html", &[("X-ErrNo", "-103")], b"");
    assert_eq!(judged("shared", &download, &Expected::code(-103)).1, Vec::<String>::new());
    // A code of another table in that header is not this layer's.
    let (answer, findings) =
        judged("shared", &reply(403, "text/html", &[("X-ErrNo", "9")], b""), &Expected::code(9));
    assert_eq!(answer, Answer::default());
    assert!(findings.iter().any(|finding| finding.starts_with("json: ")), "{findings:?}");
}

#[test]
fn a_code_of_another_table_is_another_code() {
    let mut dialect = dialect(ENVELOPES);
    let bare = dialect.tables.iter_mut().find(|table| table.id == "download").unwrap();
    let mut row = bare.rows[0].clone();
    row.code = (-1302).into();
    row.message = Some("in front".to_owned());
    row.condition = Some("rate-exceeded".to_owned());
    (bare.bare, bare.envelope, bare.rows) = (true, None, vec![row]);
    let field = r#"{ pointer = "/id", type = "integer", gloss = "a", certainty = "documented" }"#;
    let field = toml::from_str::<Value>(&format!("field = {field}")).unwrap()["field"].clone();
    dialect.manifest.envelope.as_mut().unwrap().fields = vec![serde_json::from_value(field).unwrap()];
    let short = json(&json!({"code": -1302, "message": "in front"}));
    let of = |operation: &str| {
        let standard =
            Standard { strict: true, ..Standard::new(&dialect, dialect.operation(operation).unwrap()) };
        let findings = judge(Came::Reply(&short), &Expected::code(-1302), &standard).findings;
        let again = judge_repeat(Some(&5.into()), 200, Came::Reply(&short), &standard);
        (findings.iter().map(|finding| finding.check).collect::<Vec<_>>(), again.is_none())
    };
    assert_eq!(of("shared"), (vec![], true), "bare, its message, its condition");
    // To the operation that has no such table it is a code of the service: whole, and no fault of the first request.
    let (checks, excused) = of("face");
    assert!(checks.contains(&Check::Field) && !excused, "{checks:?}");
}

#[test]
fn tolerated_answers_are_told_from_the_rows_own() {
    let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
    let standard = Standard::new(dialect, dialect.operation("addface").unwrap());
    let expected = Expected::code(-1102)
        .or_in(Some("/data/ret_codes/*".to_owned()))
        .tolerating([Code::Int(3)])
        .or_http(vec![413]);
    let of = |status: u16, body: Value| {
        let reply = reply(status, "application/json", &[], body.to_string().as_bytes());
        let judged = judge(Came::Reply(&reply), &expected, &standard);
        (judged.tolerated, judged.findings.len())
    };
    let body = |code: i64, items: Value| json!({"code": code, "message": "m", "data": {"ret_codes": items}});
    assert_eq!(of(200, body(-1102, json!([]))), (false, 0));
    assert_eq!(of(200, body(3, json!([]))), (true, 0));
    assert_eq!(of(200, body(0, json!([0, -1102]))), (false, 0));
    assert_eq!(
        of(200, body(0, json!([0, 3]))),
        (true, 0),
        "where the row's code may stand, a tolerated one may"
    );
    assert_eq!(of(200, body(0, json!([3, -1102]))), (false, 0));
    assert_eq!(of(200, body(0, json!([0, 7]))), (false, 1));
    assert_eq!(of(413, json!("too large")), (true, 0));
    assert_eq!(of(413, body(-1102, json!([]))), (false, 0));
}

#[test]
fn only_codes_and_documented_fields_are_a_trace() {
    let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
    let question = dialect.operation("getinfo").unwrap();
    let trace = |body: Value| Trace::of(&json(&body), dialect, question);
    let person = |session: &str, groups: Value, more: &str| {
        let data = json!({"person_id": "p", "group_ids": groups, "session_id": session, "served_by": more});
        trace(json!({"code": 0, "message": more, "data": data, "request_id": more}))
    };
    let before = person("a", json!(["g", "h"]), "1");
    assert_eq!(judge_trace(question, &before, &person("b", json!(["h", "g"]), "2")), None);
    let found = judge_trace(question, &before, &person("a", json!(["g"]), "2")).unwrap();
    assert_eq!(
        found.to_string(),
        r#"trace: expected getinfo as before: /data/group_ids ["g","h"], got /data/group_ids ["g"]"#
    );
    let refusal = |code: i64, message: &str| trace(json!({"code": code, "message": message}));
    let refused = refusal(-1303, "no such person (request 17)");
    assert_eq!(judge_trace(question, &refused, &refusal(-1303, "no such person (request 18)")), None);
    for (after, told) in
        [(refusal(-1302, "m"), "-1302"), (before, "/data/group_ids"), (Trace::Nothing, "no answer")]
    {
        let found = judge_trace(question, &refused, &after).unwrap();
        assert!(found.expected == "getinfo as before: -1303" && found.actual.contains(told), "{found}");
    }
}

fn of(code: i64, success: bool, body: Option<Value>) -> Answer {
    Answer { code: Some(code.into()), body, success }
}
