//! The body of the fuzz target that holds harness and engine against each other.
//!
//! The only one that does not stand in a library: neither may know the other. Start with [`fuzz_plan`].

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arbitrary::Unstructured;
use lianpu::judge::read;
use lianpu::mutate::{Plan, Subject, apply};
use lianpu::oracle::predict;
use lianpu::request::set_up::{Names, stand};
use lianpu::request::{Caller, Draft, Ground, SetUp, Standing, token_in, token_request};
use lianpu::wire::{File, Framing, Reply, write_exact};
use lianpu_corpus::{Account, Dialect, Parameter, bundled};
use lianpu_engine::vision::{
    Analyser, Analysis, Capabilities, Description, Face, Failure, Rect, Stage as Seeing, Wanted,
};
use lianpu_engine::{Config, Engine};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

/// When all of it happens: the engine's clock stands still.
const NOW: u64 = 1_800_000_000;
/// After which an answer is none.
const PATIENCE: Duration = Duration::from_secs(10);

/// Draws a plan for an operation that needs no picture, carries it out on an engine without a socket, and holds the answer
/// against the oracle's prediction.
pub fn fuzz_plan(data: &[u8]) {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    let stage = STAGE.get_or_init(Stage::new);
    let mut bytes = Unstructured::new(data);
    let Ok(ground) = bytes.choose(&stage.grounds) else { return };
    let subjects = [Subject::Signature, Subject::Body];
    let plan = Plan::arbitrary_for(&mut bytes, ground.dialect, ground.operation, &subjects);
    let Ok(plan) = plan else { return };
    let mut ground = ground.clone();
    ground.caller.nonce = stage.nonce.fetch_add(1, Ordering::Relaxed) % 9_999_999_999;
    let Ok(mutant) = apply(&plan, &ground) else { return };
    let sent = write_exact(&mutant.request, &mutant.framing, &ground.caller.host);
    for _ in 0..mutant.sent_before {
        stage.exchange(&sent);
    }
    let prediction = predict(ground.dialect, ground.operation, &mutant.effects);
    let Some(reply) = stage.exchange(&sent) else {
        assert!(prediction.closes, "no answer to {plan:?}, but {prediction:?}");
        return;
    };
    let answer = read(&reply, ground.dialect, ground.operation);
    let right = prediction.statuses.contains(&reply.status)
        || prediction.allows(answer.code.as_ref(), answer.success);
    assert!(right, "{} {} to {plan:?}, but {prediction:?}", reply.status, reply.excerpt(400));
}

/// An engine, and the valid requests of the operations that change nothing and need no picture.
struct Stage {
    runtime: Runtime,
    engine: Arc<Engine>,
    grounds: Vec<Ground>,
    nonce: AtomicU64,
}

impl Stage {
    fn new() -> Self {
        let mut config = Config::documented().expect("the bundled data");
        config.clock = Arc::new(|| NOW);
        config.set_requests_per_second(None);
        // A body that never comes is given up at once.
        config.http.piece_timeout = Duration::from_millis(20);
        config.http.head_timeout = Duration::from_millis(50);
        let engine = Arc::new(Engine::with_analyser(config, Arc::new(Everybody)).expect("an engine"));
        let ready = engine.ready("http://127.0.0.1:1");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut stage = Self { runtime, engine, grounds: Vec::new(), nonce: AtomicU64::new(1) };
        for name in ["tencent-ci", "baidu-face"] {
            let dialect = bundled(name).expect("bundled");
            let accounts: Vec<Account> =
                serde_json::from_value(ready["accounts"][name].clone()).expect("accounts");
            let named = accounts.into_iter().map(|told| dialect.manifest.account(told).expect("its parts"));
            let caller = stage.caller(dialect, &named.collect::<Vec<_>>());
            let standing = stage.standing(dialect, &caller);
            let quiet = dialect
                .operations
                .iter()
                .filter(|operation| !operation.changes && operation.needs.is_empty());
            let valid = quiet.filter_map(|operation| {
                let ground = Ground::valid(dialect, operation, &standing, "lpc", caller.clone()).ok()?;
                let pictures = operation.parameters.iter().any(Parameter::takes_medium);
                (!pictures && stage.succeeds(&ground)).then_some(ground)
            });
            let valid: Vec<_> = valid.collect();
            assert!(valid.len() >= 4, "{name} has {} operations that succeed", valid.len());
            stage.grounds.extend(valid);
        }
        stage
    }

    fn caller(&self, dialect: &'static Dialect, accounts: &[Account]) -> Caller {
        let mut tokens = accounts.iter().map(|account| self.token(dialect, account));
        let (token, other_token) = (tokens.next().flatten(), tokens.next().flatten());
        Caller {
            dialect,
            account: accounts[0].clone(),
            other: accounts.get(1).cloned(),
            token,
            other_token,
            host: "127.0.0.1:8080".to_owned(),
            now: NOW.cast_signed(),
            nonce: 1,
            limits: dialect.manifest.limits.clone(),
        }
    }

    fn token(&self, dialect: &Dialect, account: &Account) -> Option<String> {
        let source = dialect.manifest.token.as_ref()?;
        let question = write_exact(&token_request(source, account), &Framing::default(), "h");
        let reply = self.exchange(&question)?;
        Some(token_in(source, &reply.body)?.text)
    }

    /// A person in a group of the same name.
    fn standing(&self, dialect: &'static Dialect, caller: &Caller) -> Standing {
        let file = |name: &str| {
            let (media_type, bytes) = ("image/jpeg".to_owned(), [b"\xff\xd8\xff", name.as_bytes()].concat());
            Arc::new(File { name: name.to_owned(), media_type, bytes })
        };
        let names = Names { person: "lpa".into(), group: "lpa".into(), other_group: "lpb".into() };
        let mut way = InProcess { engine: &self.engine, dialect, caller: caller.clone() };
        let standing = stand(&mut way, &names, file("anna.jpg"), file("bea.jpg"));
        self.runtime.block_on(standing).expect("what requests are about")
    }

    fn succeeds(&self, ground: &Ground) -> bool {
        let (dialect, operation) = (ground.dialect.manifest.name.clone(), ground.operation.name.clone());
        let Ok(mutant) = apply(&Plan { dialect, operation, mutations: Vec::new() }, ground) else {
            return false;
        };
        let bytes = write_exact(&mutant.request, &mutant.framing, &ground.caller.host);
        let reply = self.exchange(&bytes);
        reply.is_some_and(|reply| read(&reply, ground.dialect, ground.operation).success)
    }

    /// The answer to these bytes, if one comes.
    fn exchange(&self, bytes: &[u8]) -> Option<Reply> {
        self.runtime.block_on(exchange(&self.engine, bytes))
    }
}

/// The set-up's way to the engine.
struct InProcess<'e> {
    engine: &'e Arc<Engine>,
    dialect: &'static Dialect,
    caller: Caller,
}

impl SetUp for InProcess<'_> {
    fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    fn account(&self) -> Option<&Account> {
        Some(&self.caller.account)
    }

    fn note(&mut self, _: &str, _: &str) {} // it ends with the process

    async fn send(&mut self, draft: &Draft) -> Result<Reply, String> {
        let scheme =
            lianpu::sign::of_dialect(&self.dialect.manifest).map_err(|unknown| unknown.to_string())?;
        let with = self.caller.circumstances();
        let prepared = draft.prepare(scheme, with, false).map_err(|lacking| lacking.to_string())?;
        let bytes = write_exact(&prepared.request, &Framing::default(), &self.caller.host);
        exchange(self.engine, &bytes).await.ok_or_else(|| "no answer".to_owned())
    }
}

/// Sends bytes over a connection of their own; the first answer, if one comes.
async fn exchange(engine: &Arc<Engine>, bytes: &[u8]) -> Option<Reply> {
    let (mut client, server) = tokio::io::duplex(bytes.len() + (1 << 16));
    let answering = tokio::spawn(Arc::clone(engine).converse(server));
    client.write_all(bytes).await.ok()?;
    let mut said = Vec::new();
    let answer = async {
        loop {
            let read = client.read_buf(&mut said).await.unwrap_or(0);
            if let Some(whole) = whole(&said) {
                return Some(whole);
            }
            if read == 0 {
                return None;
            }
        }
    };
    let answer = tokio::time::timeout(PATIENCE, answer).await.expect("an answer in time");
    answering.abort();
    answer
}

/// The answer, once it is whole.
fn whole(said: &[u8]) -> Option<Reply> {
    let end = said.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let header = |wanted: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.to_owned())
    };
    let length: usize = header("content-length").map_or(Some(0), |length| length.parse().ok())?;
    let body = said.get(end + 4..end + 4 + length)?.to_vec();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let headers = Reply::kept_headers(lines.map(|(name, value)| (name, value.as_bytes())));
    Some(Reply { status, content_type: header("content-type"), headers, body, took: Duration::ZERO })
}

/// Sees one face on whatever it is given: pictures are not what this target is about.
struct Everybody;

impl Analyser for Everybody {
    fn name(&self) -> &'static str {
        "everybody"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { identification: true, ..Capabilities::default() }
    }

    fn analyse(&self, picture: &[u8], _: Wanted, _: &dyn Fn(Seeing) -> bool) -> Result<Analysis, Failure> {
        let rect = Rect { x: 0.0, y: 0.0, width: 64.0, height: 64.0 };
        let description = Some(Description(vec![picture.len() as f32, 1.0]));
        let face = Face { rect, score: 1.0, description, fingerprint: picture.to_vec(), ..Face::default() };
        Ok(Analysis { width: 64, height: 64, faces: vec![face] })
    }

    fn similarity(&self, distance: f32) -> f32 {
        (100.0 - distance).max(0.0)
    }

    fn same_person_from(&self) -> f32 {
        75.0
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        a.fingerprint == b.fingerprint
    }
}
