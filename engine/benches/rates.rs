//! How many requests a second one core judges: signatures, multipart bodies, JSON bodies, whole requests without pictures.
//!
//! The first three are the bodies of the fuzz targets of their names, so that what is measured here is what a fuzzing run
//! gets, but for the fuzzer's own work.

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use hmac::{Hmac, KeyInit, Mac};
use lianpu_engine::baidu_face::BaiduFaceSection;
use lianpu_engine::front::fuzz_multipart;
use lianpu_engine::http::{Body, Request};
use lianpu_engine::tencent_ci::{BucketAccount, TencentCiSection, fuzz_authorization, fuzz_json};
use lianpu_engine::vision::{Classic, Limits};
use lianpu_engine::{Config, Engine};
use sha1::Sha1;
use tokio::runtime::{Builder, Runtime};

fn main() {
    divan::main();
}

/// A golden vector: parsed, verified with two keys, written and parsed again.
#[divan::bench]
fn signature(bencher: Bencher<'_, '_>) {
    let vector = &lianpu_corpus::bundled("tencent-ci").unwrap().vectors[0];
    bencher.counter(ItemsCount::new(1_usize)).bench(|| fuzz_authorization(black_box(vector.sign.as_bytes())));
}

/// Five parts, the largest of 30 KB, as a small picture has.
#[divan::bench(args = [100, 30_000])]
fn multipart(bencher: Bencher<'_, '_>, picture: usize) {
    let part = |name: &str, content: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
        )
    };
    let picture = "\u{7f}\r\n-".repeat(picture / 4);
    let parts = [
        part("appid", "1250000000"),
        part("bucket", "testbucket"),
        part("person_id", "lpabc123-1-p"),
        part("group_ids[0]", "lpabc123-1-g"),
        part("image", &picture),
    ];
    let data = format!("multipart/form-data; boundary=b\0{}--b--\r\n", parts.concat());
    bencher.counter(ItemsCount::new(1_usize)).bench(|| fuzz_multipart(black_box(data.as_bytes())));
}

#[divan::bench]
fn json(bencher: Bencher<'_, '_>) {
    let body = br#"{"appid":"1250000000","person_id":"anna","group_ids":["g","h"],"tag":"t","url":"http://h/a.jpg"}"#;
    bencher.counter(ItemsCount::new(1_usize)).bench(|| fuzz_json(black_box(body)));
}

/// Whole requests through the engine without a socket, the body of the answer read.
mod dispatch {
    use super::*;

    /// `getinfo` for a person that nobody created.
    #[divan::bench]
    fn tencent_ci(bencher: Bencher<'_, '_>) {
        let (runtime, engine, account) = engine();
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let plaintext = format!(
            "a={}&b={}&k={}&e={}&t={now}&r=42&u=0&f=",
            account.appid,
            account.bucket,
            account.secret_id,
            now + 3600
        );
        let mut mac = Hmac::<Sha1>::new_from_slice(account.secret_key.as_bytes()).unwrap();
        mac.update(plaintext.as_bytes());
        let sign = STANDARD.encode([&mac.finalize().into_bytes()[..], plaintext.as_bytes()].concat());
        let body = format!(r#"{{"appid":"{}","person_id":"nobody"}}"#, account.appid);
        answers(bencher, &runtime, &engine, "/face/getinfo", &sign, &body, r#""code":-1303"#);
    }

    /// `group/getusers` for a group that nobody made, by a bearer key.
    #[divan::bench]
    fn baidu_face(bencher: Bencher<'_, '_>) {
        let (runtime, engine, _) = engine();
        let config = Config::documented().unwrap();
        let key = format!("Bearer {}", config.section::<BaiduFaceSection>().unwrap().apps[0].api_key);
        let path = "/rest/2.0/face/v3/faceset/group/getusers";
        answers(bencher, &runtime, &engine, path, &key, r#"{"group_id":"nobody"}"#, r#""error_code":223100"#);
    }

    fn engine() -> (Runtime, Engine, BucketAccount) {
        let config = Config::documented().unwrap();
        let account = config.section::<TencentCiSection>().unwrap().accounts[0].clone();
        let engine =
            Engine::with_analyser(config, std::sync::Arc::new(Classic::new(Limits::default()))).unwrap();
        (Builder::new_current_thread().enable_all().build().unwrap(), engine, account)
    }

    fn answers(
        bencher: Bencher<'_, '_>,
        runtime: &Runtime,
        engine: &Engine,
        path: &str,
        authorization: &str,
        body: &str,
        expected: &str,
    ) {
        let answer = || {
            let request = Request::post(path)
                .header("Host", "127.0.0.1:8080")
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Content-Length", body.len())
                .body(Body::from(body.to_owned()))
                .unwrap();
            runtime.block_on(engine.dispatch(request)).into_body()
        };
        let said = String::from_utf8(answer().to_vec()).unwrap();
        assert!(said.contains(expected), "{said}");
        bencher.counter(ItemsCount::new(1_usize)).bench_local(answer);
    }
}
