//! Each mutation of a body does what its name says, seen from the bytes.

use std::collections::BTreeSet;
use std::sync::Arc;

use lianpu::mutate::{Mutant, Plan, Refusal, apply};
use lianpu::request::{Caller, Ground, Standing};
use lianpu::wire::{File, Length, write_exact};
use serde_json::{Value, json};

/// The mutant of one mutation, given as it stands in a plan.
fn mutant(dialect: &str, operation: &str, mutation: Value) -> Mutant {
    let dialect = lianpu_corpus::bundled(dialect).unwrap();
    let file = |bytes: &[u8]| {
        Arc::new(File { name: "p.jpeg".into(), media_type: "image/jpeg".into(), bytes: bytes.to_vec() })
    };
    let standing = Standing::default()
        .with("person", ["p"])
        .with("group", ["g"])
        .with("other-group", ["h"])
        .with("face", ["1"])
        .with_pictures(file(b"\xFF\xD8one"), file(b"\xFF\xD8two"));
    let caller = Caller {
        dialect,
        account: dialect.manifest.accounts[0].clone(),
        other: None,
        token: Some("t".into()),
        other_token: None,
        host: "h".into(),
        now: 1_700_000_000,
        nonce: 7,
        limits: dialect.manifest.limits.clone(),
    };
    let of = dialect.operation(operation).unwrap();
    let ground = Ground::valid(dialect, of, &standing, "f", caller).unwrap();
    let mutations =
        if mutation.is_null() { Vec::new() } else { vec![serde_json::from_value(mutation).unwrap()] };
    let plan = Plan { dialect: dialect.manifest.name.clone(), operation: operation.to_owned(), mutations };
    apply(&plan, &ground).unwrap()
}

fn detect(mutation: Value) -> Mutant {
    mutant("tencent-ci", "detect", mutation)
}

fn text(mutant: &Mutant) -> String {
    String::from_utf8_lossy(&mutant.request.body).into_owned()
}

fn count(text: &str, needle: &str) -> usize {
    text.matches(needle).count()
}

fn content_type(mutant: &Mutant) -> &str {
    mutant.request.header("Content-Type").unwrap_or_default()
}

#[test]
fn content_types_and_boundaries() {
    let right = detect(Value::Null);
    let boundary = content_type(&right).split("boundary=").nth(1).unwrap().to_owned();
    let header = |mutation| content_type(&detect(mutation)).to_owned();
    assert_eq!(header(json!({"mutator": "boundary-missing", "how": "absent"})), "multipart/form-data");
    assert_eq!(
        header(json!({"mutator": "boundary-missing", "how": "empty"})),
        "multipart/form-data; boundary="
    );
    assert!(header(json!({"mutator": "boundary-quoted"})).ends_with(&format!("boundary=\"{boundary}\"")));
    assert!(header(json!({"mutator": "boundary-wrong", "how": "longer"})).ends_with(&format!("{boundary}x")));
    assert_eq!(count(&header(json!({"mutator": "boundary-twice"})), "boundary="), 2);
    let long = detect(json!({"mutator": "boundary-long", "length": 0}));
    assert_eq!(content_type(&long).split("boundary=").nth(1).unwrap().len(), 71);
    assert!(text(&long).starts_with(&format!("--{}\r\n", "b".repeat(71))));
    assert_eq!(header(json!({"mutator": "content-type-missing"})), "");
    assert_eq!(header(json!({"mutator": "content-type-other", "kind": "text"})), "text/plain");
    assert!(header(json!({"mutator": "content-type-charset", "charset": "gbk"})).ends_with("; charset=gbk"));
    let twice = detect(json!({"mutator": "content-type-twice", "same": false})).request;
    assert_eq!(twice.headers.iter().filter(|(name, _)| name == "Content-Type").count(), 2);
}

#[test]
fn parts_and_their_headers() {
    let right = text(&detect(Value::Null));
    let dispositions = count(&right, "Content-Disposition");
    let of = |mutation| text(&detect(mutation));
    assert_eq!(
        count(&of(json!({"mutator": "part-header-missing", "part": 0})), "Content-Disposition"),
        dispositions - 1
    );
    assert_eq!(count(&of(json!({"mutator": "part-name-missing", "part": 0})), "; name="), dispositions - 1);
    assert_eq!(
        count(&of(json!({"mutator": "part-header-twice", "part": 0, "same": true})), "name=\"appid\""),
        2
    );
    assert!(
        of(json!({"mutator": "part-header-folded", "part": 0})).contains("form-data;\r\n name=\"appid\"")
    );
    assert!(
        of(json!({"mutator": "part-header-long", "part": 0, "kilobytes": 3})).contains(&"a".repeat(4096))
    );
    assert!(
        of(json!({"mutator": "part-header-non-ascii", "part": 0, "encoding": "utf8"})).contains("脸.jpg")
    );
    let latin = detect(json!({"mutator": "part-header-non-ascii", "part": 0, "encoding": "latin1"}));
    assert!(latin.request.body.windows(3).any(|bytes| bytes == b"g\xE9."));
    assert!(of(json!({"mutator": "filename-star", "part": 0})).contains("filename*=UTF-8''"));
    assert!(of(json!({"mutator": "part-encoded", "part": 2, "base64": true})).contains("/9hvbmU="));
    assert_eq!(count(&of(json!({"mutator": "part-twice", "part": 0, "same": true})), "name=\"appid\""), 2);
    assert_eq!(count(&of(json!({"mutator": "many-parts", "hundreds": 0})), "name=\"lianpu\""), 100);
    assert!(of(json!({"mutator": "nested-multipart"})).contains("multipart/mixed; boundary=inner"));
    assert!(of(json!({"mutator": "index-odd", "how": "negative"})).contains("name=\"image[-1]\""));
    let gap = text(&mutant("tencent-ci", "addface", json!({"mutator": "index-gap", "by": 4})));
    assert!(gap.contains("name=\"images[5]\"") && !gap.contains("images[0]"));
}

#[test]
fn what_delimits_a_multipart_body() {
    let right = text(&detect(Value::Null));
    let of = |mutation| text(&detect(mutation));
    assert_eq!(count(&of(json!({"mutator": "bare-line-feeds"})), "\r\n"), 0);
    assert!(right.ends_with("--\r\n"));
    let open = of(json!({"mutator": "closing-missing"}));
    assert!(right.starts_with(&open) && open.ends_with("one\r\n"));
    assert!(of(json!({"mutator": "preamble", "lines": 0})).ends_with(&right));
    assert!(of(json!({"mutator": "epilogue", "lines": 0})).starts_with(&right));
    let within = of(json!({"mutator": "boundary-in-content", "at_line_start": false}));
    assert_eq!(count(&within, "x--lianpu-"), 1);
    assert_eq!(count(&within, "\r\n--lianpu-"), count(&right, "\r\n--lianpu-"));
    let cut = of(json!({"mutator": "boundary-in-content", "at_line_start": true}));
    assert_eq!(count(&cut, "\r\n--lianpu-"), count(&right, "\r\n--lianpu-") + 1);
    for how in [
        "semicolon",
        "no-file-name",
        "every-part-a-file",
        "no-part-type",
        "small-letters",
        "dashes",
        "undashed",
    ] {
        assert_ne!(of(json!({"mutator": "client-spelling", "how": how})), right, "{how}");
    }
}

#[test]
fn parameters() {
    let getinfo = |mutation| -> Value {
        serde_json::from_slice(&mutant("tencent-ci", "getinfo", mutation).request.body).unwrap()
    };
    let right = getinfo(Value::Null);
    assert_eq!(right["person_id"], "p");
    assert!(getinfo(json!({"mutator": "parameter-dropped", "parameter": 2})).get("person_id").is_none());
    assert_eq!(getinfo(json!({"mutator": "parameter-emptied", "parameter": 2}))["person_id"], "");
    assert_eq!(getinfo(json!({"mutator": "parameter-null", "parameter": 2}))["person_id"], Value::Null);
    let swapped = getinfo(json!({"mutator": "parameter-type", "parameter": 2, "swap": "list-of-objects"}));
    assert_eq!(swapped["person_id"], json!([{}]));
    let length = |mutation| getinfo(mutation)["person_id"].as_str().unwrap().len();
    assert_eq!(length(json!({"mutator": "parameter-long", "parameter": 2})), 65_536);
    assert_eq!(length(json!({"mutator": "parameter-at-limit", "parameter": 0, "over": false})), 255);
    assert_eq!(length(json!({"mutator": "parameter-at-limit", "parameter": 0, "over": true})), 256);
    let slash = json!({"mutator": "parameter-characters", "parameter": 0, "characters": "slash"});
    assert!(getinfo(slash)["person_id"].as_str().unwrap().contains('/'));
    assert_eq!(getinfo(json!({"mutator": "parameter-recased", "parameter": 2}))["PERSON_ID"], "p");
    assert_eq!(
        getinfo(json!({"mutator": "parameter-unknown", "number": 3, "swap": "boolean"}))["lianpu_3"],
        true
    );
    let beyond = json!({"mutator": "parameter-range", "parameter": 0, "greatest": true, "beyond": true});
    assert!(text(&detect(beyond)).contains("name=\"mode\"\r\n\r\n2\r\n"));
    assert!(
        text(&detect(json!({"mutator": "url-beside-picture"}))).contains("name=\"url\"\r\n\r\nno-address")
    );
}

#[test]
fn json_bodies() {
    let bytes = |mutation| mutant("tencent-ci", "getinfo", mutation).request.body;
    let right = bytes(Value::Null);
    let is_json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).is_ok();
    assert!(bytes(json!({"mutator": "json-bom"})).starts_with(b"\xEF\xBB\xBF{"));
    let twice = bytes(json!({"mutator": "json-duplicate-key", "parameter": 2, "same": false, "first": true}));
    assert!(twice.starts_with(br#"{"person_id":"lianpu","#) && twice.ends_with(br#""person_id":"p"}"#));
    let deep = bytes(json!({"mutator": "json-deep", "depth": 299}));
    assert_eq!(deep.split(|byte| *byte == b'[').count(), 301);
    assert!(bytes(json!({"mutator": "json-huge-number", "digits": false})).ends_with(b"1e999}"));
    assert!(!is_json(&bytes(json!({"mutator": "json-lone-surrogate", "low": false}))));
    assert!(std::str::from_utf8(&bytes(json!({"mutator": "json-invalid-utf8", "byte": 5}))).is_err());
    assert!(!is_json(&bytes(json!({"mutator": "json-trailing", "what": "object"}))));
    assert!(is_json(&bytes(json!({"mutator": "json-trailing", "what": "blank"}))));
    assert_eq!(bytes(json!({"mutator": "json-top-level", "how": "empty-list"})), b"[]");
    assert!(bytes(json!({"mutator": "json-top-level", "how": "text"})).starts_with(br#""{\"appid\""#));
    assert_eq!(bytes(json!({"mutator": "json-cut", "percent": 50})), right[..right.len() / 2]);
    for odd in ["json-escaped", "json-blanks"] {
        let odd = bytes(json!({ "mutator": odd }));
        assert_ne!(odd, right);
        assert_eq!(
            serde_json::from_slice::<Value>(&odd).unwrap(),
            serde_json::from_slice::<Value>(&right).unwrap()
        );
    }
    let three = mutant("baidu-face", "match", json!({"mutator": "json-elements", "how": 1})).request.body;
    assert_eq!(serde_json::from_slice::<Vec<Value>>(&three).unwrap().len(), 3);
}

#[test]
fn forms() {
    let of = |mutation| text(&mutant("baidu-face", "sessioncode", mutation));
    assert_eq!(of(json!({"mutator": "form-encoded", "small": false})), "%74%79%70%65=%30");
    assert_eq!(of(json!({"mutator": "form-empty-pairs"})), "&&type=0&");
    assert_eq!(of(json!({"mutator": "form-no-equals"})), "type=0&lianpu");
    assert_eq!(of(json!({"mutator": "form-bad-percent", "how": "no-digits"})), "type=0&lianpu=%G1");
    assert_eq!(of(json!({"mutator": "form-twice", "parameter": 0, "same": true})), "type=0&type=0");
    assert_eq!(of(json!({"mutator": "form-semicolons"})), "type=0;lianpu=1");
    let form = mutant("baidu-face", "user-get", json!({"mutator": "body-as-form"}));
    assert_eq!(
        (text(&form).as_str(), content_type(&form)),
        ("group_id=g&user_id=p", "application/x-www-form-urlencoded")
    );
}

#[test]
fn framings() {
    let right = detect(Value::Null).request.body.len();
    let length = |mutation| detect(mutation).framing.length;
    assert_eq!(length(json!({"mutator": "length-short", "by": 9})), Length::Says((right - 10).to_string()));
    assert_eq!(length(json!({"mutator": "length-long", "by": 9})), Length::Says((right + 10).to_string()));
    assert_eq!(length(json!({"mutator": "length-absent"})), Length::Absent);
    assert_eq!(length(json!({"mutator": "length-twice", "same": true})), Length::Twice(right.to_string()));
    assert_eq!(
        length(json!({"mutator": "length-no-number", "how": "negative"})),
        Length::Says(format!("-{right}"))
    );
    let chunked = detect(json!({"mutator": "chunked", "bytes": 15}));
    let bytes = write_exact(&chunked.request, &chunked.framing, "h");
    let bytes = String::from_utf8_lossy(&bytes);
    assert!(bytes.contains("\r\n10\r\n") && bytes.ends_with("\r\n0\r\n\r\n"));
    assert!(detect(json!({"mutator": "empty-body"})).request.body.is_empty());
    let noise = detect(json!({"mutator": "random-body", "seed": 1, "length": 4})).request.body;
    assert_eq!((noise.len(), std::str::from_utf8(&noise).is_err()), (20, true));
}

#[test]
fn every_rule_says_why_and_no_condition_is_unknown() {
    let mut known = BTreeSet::new();
    for name in ["tencent-ci", "baidu-face"] {
        for row in lianpu_corpus::bundled(name).unwrap().tables.iter().flat_map(|table| &table.rows) {
            known.extend(row.condition.clone());
        }
    }
    for name in ["tencent-ci", "baidu-face"] {
        let dialect = lianpu_corpus::bundled(name).unwrap();
        for operation in &dialect.operations {
            let own = lianpu::mutate::mutators().filter(|m| m.applies_to(dialect, operation));
            for mutator in own.filter(|m| m.subject == lianpu::mutate::Subject::Body) {
                for seed in 0..8_u8 {
                    let bytes: Vec<u8> =
                        (0..32).map(|at: u8| at.wrapping_mul(seed).wrapping_add(seed)).collect();
                    let drawn =
                        lianpu::mutate::Mutation::draw(mutator, &mut arbitrary::Unstructured::new(&bytes));
                    let mutant = mutant(name, &operation.name, serde_json::to_value(drawn.unwrap()).unwrap());
                    for effect in &mutant.effects {
                        assert!(
                            effect.rule.split_whitespace().count() >= 3,
                            "{}: {}",
                            mutator.name,
                            effect.rule
                        );
                        let mut refusals = effect.outcome.refusals().iter();
                        let unknown = refusals.find_map(|refusal| match refusal {
                            Refusal::Condition(condition) => {
                                (!known.contains(condition)).then_some(condition)
                            }
                            Refusal::Of(_) => None,
                        });
                        assert_eq!(unknown, None, "{} on {}", mutator.name, operation.name);
                    }
                }
            }
        }
    }
}
