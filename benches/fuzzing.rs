//! Cases a second over loopback against a server that answers at once: what the fuzzer itself costs.
//!
//! `cargo bench --bench fuzzing`; signed cases without pictures, the server on a thread of its own.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking and is documented by its name"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use lianpu::fuzzing::{Campaign, Journal, Scope, fuzz};
use lianpu::mutate::mutator;
use lianpu::run::{Options, Session, Stop, Target};
use lianpu_corpus::bundled;

const CASES: u64 = 20_000;

fn main() {
    let dialect = bundled("tencent-ci").unwrap();
    let operations =
        ["getinfo", "setinfo", "getgroupids", "getpersonids", "getfaceinfo", "delface", "addgroupids"];
    let scope = || Scope {
        operations: operations.map(|name| (dialect, dialect.operation(name).unwrap())).to_vec(),
        subjects: Vec::new(),
        mutators: vec![mutator("digest-flipped").unwrap()],
    };
    let base_url = instant_server();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for jobs in [1, 4, 8, 16] {
        let folder = tempfile::tempdir().unwrap();
        let target = Target {
            name: "instant".into(),
            base_url: base_url.clone(),
            accounts: BTreeMap::from([("tencent-ci".into(), dialect.manifest.accounts.clone())]),
            capabilities: BTreeSet::new(),
            assumed: BTreeSet::new(),
            operations: None,
            without: BTreeSet::default(),
            limits: BTreeMap::new(),
            origin: None,
            route: lianpu::run::Route::default(),
        };
        let campaign = Campaign {
            scope: scope().narrowed().unwrap(),
            seed: 1,
            cases: Some(CASES),
            time: None,
            rate: None,
            jobs,
            folder: folder.path().to_owned(),
            stop: Stop::default(),
        };
        let options = Options {
            jobs,
            timeout: Duration::from_secs(10),
            rate: None,
            seed: 1,
            strict: false,
            dialect: "tencent-ci".into(),
            stop: campaign.stop.clone(),
            album: None,
            shard: None,
            only: None,
            keeper: None,
        };
        let outcome = runtime.block_on(async {
            let session = Session::open(target, options).await.unwrap();
            let journal = Journal::create(folder.path()).unwrap();
            fuzz(&session, &campaign, None, journal, &|_, _| {}).await.unwrap()
        });
        // Only the valid request, which this server refuses, may deviate.
        assert!(
            outcome.findings.iter().all(|record| record.key.mutators.is_empty()),
            "{:?}",
            outcome.findings
        );
        assert_eq!(outcome.tally.cases, CASES);
        let rate = outcome.tally.cases as f64 / outcome.seconds;
        println!("{jobs:>2} jobs: {rate:>7.0} cases/s");
    }
}

/// Answers 14 to everything but the set-up.
fn instant_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(&stream));
        }
    });
    format!("http://{address}")
}

fn answer(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut from = BufReader::new(stream.try_clone()?);
    let mut to = stream;
    let (mut line, mut body) = (String::new(), Vec::new());
    loop {
        let (mut length, mut set_up) = (0, false);
        loop {
            line.clear();
            if from.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line == "\r\n" {
                break;
            }
            set_up |= ["/face/newperson ", "/face/delperson ", "/face/getfaceids "]
                .iter()
                .any(|p| line.contains(p));
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        body.resize(length, 0);
        from.read_exact(&mut body)?;
        let answer = match set_up {
            true => r#"{"code":0,"message":"OK","data":{"session_id":"","face_ids":["1"]}}"#,
            false => r#"{"code":14,"message":"wrong","data":{}}"#,
        };
        let length = answer.len();
        to.write_all(
            format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{answer}")
                .as_bytes(),
        )?;
    }
}
