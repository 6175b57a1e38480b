//! What one side writes, the other reads: bodies, signatures, queries; and the judge against any reply.

#![cfg(feature = "bundled")]
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use lianpu::judge::{Came, Expected, Standard, judge, judge_fields, judge_shape, read};
use lianpu::provoke::{Keyword, Step};
use lianpu::sign::{Circumstances, FieldRule, FieldText, KeyChoice, Signature, plaintext, scheme, sign};
use lianpu::wire::{Field, FieldValue, File, Reply, Request, write_form, write_json, write_multipart};
use lianpu_corpus::{Code, bundled};
use lianpu_engine::front::multipart::decode;
use lianpu_engine::http::{Body, Bytes};
use lianpu_engine::vision::{Classic, Limits};
use lianpu_engine::{Config, Engine};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

const BOUNDARY: &str = "lianpu-round-trips";

fn field(name: &str, value: FieldValue) -> Field {
    Field { name: name.to_owned(), value }
}

fn texts() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("[a-z_]{1,8}", ".{0,20}", 0..6)
}

fn fields(texts: &BTreeMap<String, String>) -> Vec<Field> {
    texts.iter().map(|(name, text)| field(name, FieldValue::Json(json!(text)))).collect()
}

/// An engine whose clock stands still.
const NOW: i64 = 1_800_000_000;

fn engine() -> &'static (Runtime, Engine) {
    static ENGINE: OnceLock<(Runtime, Engine)> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let config = Config { clock: Arc::new(|| NOW as u64), ..Config::documented().unwrap() };
        let engine = Engine::with_analyser(config, Arc::new(Classic::new(Limits::default()))).unwrap();
        (Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap(), engine)
    })
}

/// The code that the engine answers a signed request with.
fn answered(dialect: &str, by: &str, signature: &Signature, now: i64, nonce: u64, body: &Value) -> i64 {
    let (runtime, engine) = engine();
    let path = match dialect {
        "tencent-ci" => "/face/getinfo",
        _ => "/rest/2.0/face/v3/faceset/group/getusers?a=1&b=%E5%AE%89",
    };
    let mut request = Request {
        method: "POST".to_owned(),
        target: path.to_owned(),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: body.to_string().into_bytes(),
    };
    let account = &bundled(dialect).unwrap().manifest.accounts[0];
    let with = Circumstances { account, other: None, now, nonce, token: None, host: "127.0.0.1:8080" };
    sign(&mut request, Some(scheme(by).unwrap()), signature, with).unwrap();
    let mut sent = lianpu_engine::http::Request::post(&request.target)
        .header("Host", "127.0.0.1:8080")
        .header("Content-Length", request.body.len());
    for (name, value) in &request.headers {
        sent = sent.header(name, value);
    }
    let reply = runtime.block_on(engine.dispatch(sent.body(Body::from(request.body)).unwrap()));
    let reply: Value = serde_json::from_slice(reply.body()).unwrap();
    reply.get("code").or(reply.get("error_code")).and_then(Value::as_i64).unwrap()
}

fn says(name: &str, at: i64) -> FieldRule {
    FieldRule { name: name.to_owned(), value: FieldText::Literal(at.to_string()) }
}

proptest! {
    #[test]
    fn multipart_is_decoded_to_what_was_written(
        texts in texts(),
        ids in prop::collection::vec(".{0,8}", 0..4),
        number in any::<i64>(),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let holds = |text: &[u8]| text.windows(BOUNDARY.len()).any(|window| window == BOUNDARY.as_bytes());
        prop_assume!(!holds(&bytes));
        let file = Arc::new(File { name: "a.jpg".into(), media_type: "image/jpeg".into(), bytes: bytes.clone() });
        let mut written = fields(&texts);
        written.push(field("LIST", FieldValue::Json(json!(ids))));
        written.push(field("NUMBER", FieldValue::Json(json!(number))));
        written.push(field("FILE", FieldValue::File(Arc::clone(&file))));
        written.push(field("FILES", FieldValue::Files(vec![file; 2])));
        let mut expected: Vec<(String, Option<&str>, Vec<u8>)> =
            texts.iter().map(|(name, text)| (name.clone(), None, text.clone().into_bytes())).collect();
        expected.extend(ids.iter().enumerate().map(|(at, id)| (format!("LIST[{at}]"), None, id.clone().into_bytes())));
        expected.push(("NUMBER".to_owned(), None, number.to_string().into_bytes()));
        for name in ["FILE", "FILES[0]", "FILES[1]"] {
            expected.push((name.to_owned(), Some("a.jpg"), bytes.clone()));
        }
        let parts = decode(BOUNDARY, &Bytes::from(write_multipart(&written, BOUNDARY))).unwrap();
        let parts: Vec<_> =
            parts.iter().map(|part| (part.name.clone(), part.filename.as_deref(), part.content.to_vec())).collect();
        prop_assert_eq!(parts, expected);
    }

    #[test]
    fn json_and_forms_say_what_was_written(texts in texts(), inner in ".{0,8}") {
        let mut written = fields(&texts);
        written.push(field("OUTER.inner", FieldValue::Json(json!(inner))));
        let read: Value = serde_json::from_slice(&write_json(&written)).unwrap();
        for (name, text) in &texts {
            prop_assert_eq!(&read[name], text);
        }
        prop_assert_eq!(&read["OUTER"]["inner"], &inner);
        let form = write_form(&fields(&texts));
        let read: BTreeMap<String, String> = form_urlencoded::parse(&form).into_owned().collect();
        prop_assert_eq!(read, texts);
    }

    #[test]
    fn queries_and_headers_say_what_they_were_set_to(texts in texts(), path in "/[a-z/]{0,10}", other in ".{0,8}") {
        let mut request = Request { method: "POST".into(), target: path.clone(), headers: Vec::new(), body: Vec::new() };
        for (name, text) in &texts {
            request.set_query(name, Some(text));
        }
        prop_assert_eq!(request.query().into_iter().collect::<BTreeMap<_, _>>(), texts.clone());
        if let Some(name) = texts.keys().next() {
            request.set_query(name, Some(&other));
            prop_assert_eq!(request.query().iter().filter(|(known, _)| known == name).count(), 1);
        }
        for name in texts.keys() {
            request.set_query(name, None);
            request.set_header(name, Some("a"));
            request.set_header(&name.to_uppercase(), Some("b"));
            prop_assert_eq!(request.header(name), Some("b"));
        }
        prop_assert_eq!(&request.target, &path);
    }

    /// What the documents say of `e` and `t`: not yet over, after `t`, at most 90 days from it.
    #[test]
    fn a_signature_is_good_for_its_span(age in 0_i64..9_000_000, span in -10_i64..9_000_000, nonce in 0_u64..9_999_999_999) {
        let made = NOW - age;
        let signature = Signature { says: vec![says("e", made + span), says("t", made)], ..Signature::default() };
        let body = json!({ "appid": "1250000000", "person_id": "nobody" });
        let good = span > 0 && span <= 7_776_000 && made + span > NOW;
        let code = answered("tencent-ci", "tencent-ci", &signature, NOW, nonce, &body);
        if made + span == 0 {
            return Ok(());
        }
        prop_assert_eq!(code, if good { -1303 } else { 9 });
    }

    #[test]
    fn only_the_right_key_signs(nonce in 0_u64..9_999_999_999, age in 0_i64..600, right in any::<bool>()) {
        let key = if right { KeyChoice::Own } else { KeyChoice::Wrong };
        let signature = Signature { key, ..Signature::default() };
        let body = json!({ "appid": "1250000000", "person_id": "nobody" });
        let code = answered("tencent-ci", "tencent-ci", &signature, NOW - age.min(599), nonce, &body);
        prop_assert_eq!(code, if right { -1303 } else { 14 });
        let body = json!({ "group_id": "nobody" });
        let code = answered("baidu-face", "bce-auth-v1", &signature, NOW - age, nonce, &body);
        prop_assert_eq!(code, if right { 223_100 } else { 14 });
    }

    #[test]
    fn the_judge_reads_any_reply(
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            r#"\{"(code|error_code)":(-?[0-9]{1,20}|"[a-z0-9]{0,3}"|null|true|1\.5|\[\]),"(message|error_msg)":("[a-z]{0,4}"|1)(,"data":(\{\}|1))?\}"#
                .prop_map(String::into_bytes),
        ],
        status in 0_u16..1000,
        content_type in prop::option::of("(application/json|text/html|.{0,8})(; charset=utf-8)?"),
        expected in -2000_i64..2000,
    ) {
        let reply = Reply { status, content_type, headers: Vec::new(), body, took: Duration::ZERO };
        for name in ["tencent-ci", "baidu-face"] {
            let dialect = bundled(name).unwrap();
            let operation = &dialect.operations[0];
            let findings = judge_shape(&reply, dialect, operation);
            let answer = read(&reply, dialect, operation);
            prop_assert!(answer.code.is_some() || !findings.is_empty(), "no code, and nothing to say of it");
            let standard = Standard { strict: true, ..Standard::new(dialect, operation) };
            let judged = judge(Came::Reply(&reply), &Expected::code(expected), &standard);
            if judged.findings.is_empty() {
                prop_assert_eq!(&answer.code, &Some(Code::Int(expected)));
            }
            for operation in &dialect.operations {
                judge_fields(answer.body.as_ref().unwrap_or(&Value::Null), operation);
            }
        }
    }

    #[test]
    fn any_sentence_is_a_step_or_no_step(text in ".{0,60}", words in prop::collection::vec(
        "a person|\"p\"|in group|with the portrait|\"anna\"|is sent|the code is|-1301|tolerating|newperson|for|and|,|not", 0..10),
    ) {
        for text in [text, words.join(" ")] {
            for keyword in Keyword::ALL {
                if let Ok(step) = Step::parse(keyword, &text) {
                    prop_assert_eq!(Step::parse(keyword, &step.to_string()), Ok(step));
                }
            }
        }
    }
}

#[test]
fn every_signed_request_of_the_same_circumstances_is_the_same() {
    let account = &bundled("tencent-ci").unwrap().manifest.accounts[0];
    let signed: BTreeSet<_> = (0..3)
        .map(|_| {
            let with = Circumstances { account, other: None, now: NOW, nonce: 7, token: None, host: "h" };
            plaintext::authorize(&Signature::default(), with).unwrap()
        })
        .collect();
    assert_eq!(signed.len(), 1);
}
