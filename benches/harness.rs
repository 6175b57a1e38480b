//! What a request costs before it is sent: signing, writing, reading a step, judging an answer.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

use std::sync::Arc;
use std::time::Duration;

use lianpu::judge::{Came, Expected, Standard, judge};
use lianpu::provoke::{Keyword, Step, scenarios};
use lianpu::sign::{Circumstances, Signature, plaintext};
use lianpu::wire::{Field, FieldValue, File, Reply, write_json, write_multipart};
use lianpu_corpus::bundled;

fn main() {
    divan::main();
}

#[divan::bench]
fn sign() -> String {
    let account = &bundled("tencent-ci").unwrap().manifest.accounts[0];
    let with = Circumstances {
        account,
        other: None,
        now: 1_500_000_000,
        nonce: 1_234_567_890,
        token: None,
        host: "127.0.0.1",
    };
    plaintext::authorize(divan::black_box(&Signature::default()), with).unwrap()
}

fn fields(picture: usize) -> Vec<Field> {
    let text = |name: &str, value: &str| Field { name: name.into(), value: FieldValue::Json(value.into()) };
    let bytes = vec![0x5a; picture];
    let file = Arc::new(File { name: "portrait.jpeg".into(), media_type: "image/jpeg".into(), bytes });
    vec![
        text("appid", "1250000000"),
        text("bucket", "testbucket"),
        text("person_id", "lpabc123-1-p"),
        Field { name: "group_ids".into(), value: FieldValue::Json(serde_json::json!(["lpabc123-1-g"])) },
        Field { name: "image".into(), value: FieldValue::File(file) },
    ]
}

#[divan::bench]
fn write_json_body(bencher: divan::Bencher<'_, '_>) {
    let fields = fields(0);
    bencher.bench(|| write_json(divan::black_box(&fields)));
}

#[divan::bench(args = [30_000, 1_400_000])]
fn write_multipart_body(bencher: divan::Bencher<'_, '_>, picture: usize) {
    let fields = fields(picture);
    bencher
        .counter(divan::counter::BytesCount::new(picture))
        .bench(|| write_multipart(divan::black_box(&fields), "boundary"));
}

#[divan::bench]
fn read_a_step() -> Step {
    Step::parse(Keyword::Then, divan::black_box("the code is -1301, tolerating 21, 3")).unwrap()
}

#[divan::bench]
fn judge_an_answer(bencher: divan::Bencher<'_, '_>) {
    let dialect = bundled("tencent-ci").unwrap();
    let reply = Reply {
        status: 200,
        content_type: Some("application/json".into()),
        headers: Vec::new(),
        body: br#"{"code":-1303,"message":"ERROR_PERSON_NOT_EXISTED","data":{}}"#.to_vec(),
        took: Duration::ZERO,
    };
    let expected = Expected::code(-1303).tolerating([21.into()]);
    let standard = Standard::new(dialect, dialect.operation("getinfo").unwrap());
    bencher.bench(|| judge(Came::Reply(divan::black_box(&reply)), &expected, &standard));
}

#[divan::bench]
fn make_every_scenario() -> usize {
    scenarios(bundled("tencent-ci").unwrap()).unwrap().len()
}
