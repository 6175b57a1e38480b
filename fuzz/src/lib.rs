//! The body of the fuzz target that holds harness and engine against each other.
//!
//! The only one that does not stand in a library: neither may know the other. Start with [`fuzz_plan`].

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arbitrary::Unstructured;
use lianpu::judge::{read, values_at};
use lianpu::mutate::{Caller, Ground, Plan, Standing, Subject, apply};
use lianpu::oracle::predict;
use lianpu::wire::{File, Framing, Reply, Request, write_exact};
use lianpu_corpus::{Account, Dialect, bundled};
use lianpu_engine::vision::{
    Analyser, Analysis, Capabilities, Description, Face, Failure, Rect, Stage as Seeing, Wanted,
};
use lianpu_engine::{Config, Engine};
use serde_json::Value;
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
    let Some((status, body)) = stage.exchange(&sent) else {
        assert!(prediction.closes, "no answer to {plan:?}, but {prediction:?}");
        return;
    };
    let right = prediction.statuses.contains(&status)
        || code(ground.dialect, &body).is_some_and(|code| prediction.allows(&code, ground.dialect));
    assert!(right, "{status} {body} to {plan:?}, but {prediction:?}");
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
        config.accounts.values_mut().flatten().for_each(|account| account.requests_per_second = None);
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
                let ground = Ground::valid(dialect, operation, &standing, caller.clone()).ok()?;
                let pictures =
                    operation.parameters.iter().any(|parameter| parameter.name.starts_with("image"));
                (!pictures && stage.succeeds(&ground)).then_some(ground)
            });
            let valid: Vec<_> = valid.collect();
            assert!(valid.len() >= 4, "{name} has {} operations that succeed", valid.len());
            stage.grounds.extend(valid);
        }
        stage
    }

    fn caller(&self, dialect: &Dialect, accounts: &[Account]) -> Caller {
        let mut tokens = accounts.iter().map(|account| self.token(dialect, account));
        let (token, other_token) = (tokens.next().flatten(), tokens.next().flatten());
        Caller {
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
        let (method, target) = (source.method.clone(), source.path.clone());
        let mut request = Request { method, target, headers: Vec::new(), body: Vec::new() };
        for (name, value) in &source.query {
            let value = value.strip_prefix('=').unwrap_or_else(|| account.part(value));
            request.set_query(name, Some(value));
        }
        let (_, body) = self.exchange(&write_exact(&request, &Framing::default(), "h"))?;
        Some(body.pointer(&source.token)?.as_str()?.to_owned())
    }

    /// A person in a group of the same name.
    fn standing(&self, dialect: &'static Dialect, caller: &Caller) -> Standing {
        let file = |name: &str| {
            let (media_type, bytes) = ("image/jpeg".to_owned(), [b"\xff\xd8\xff", name.as_bytes()].concat());
            Arc::new(File { name: name.to_owned(), media_type, bytes })
        };
        let mut standing = Standing {
            person: "lpa".to_owned(),
            group: "lpa".to_owned(),
            other_group: "lpb".to_owned(),
            faces: Vec::new(),
            picture: file("anna.jpg"),
            further: file("bea.jpg"),
            fresh: "lpa".to_owned(),
        };
        for role in ["create-group", "create-person"] {
            let Some(operation) = dialect.manifest.role(role).and_then(|name| dialect.operation(name)) else {
                continue;
            };
            let ground =
                Ground::valid(dialect, operation, &standing, caller.clone()).expect("a valid request");
            assert!(self.succeeds(&ground), "{} does not succeed", operation.name);
        }
        let list =
            dialect.manifest.role("list-face").and_then(|name| dialect.operation(name)).expect("a role");
        let ground = Ground::valid(dialect, list, &standing, caller.clone()).expect("a valid request");
        let (_, body) = self.answer(&ground).expect("an answer");
        let pointer =
            dialect.manifest.resource("face").and_then(|face| face.ids.as_deref()).expect("a place");
        let faces = values_at(&body, pointer);
        standing.faces = faces.iter().filter_map(|face| face.as_str().map(str::to_owned)).collect();
        assert!(!standing.faces.is_empty(), "{body}");
        "lpc".clone_into(&mut standing.fresh);
        standing
    }

    fn succeeds(&self, ground: &Ground) -> bool {
        self.answer(ground).is_some_and(|(status, body)| {
            let (content_type, headers) = (Some("application/json".to_owned()), Vec::new());
            let reply =
                Reply { status, content_type, headers, body: body.to_string().into_bytes(), took: PATIENCE };
            read(&reply, ground.dialect, ground.operation).success
        })
    }

    fn answer(&self, ground: &Ground) -> Option<(u16, Value)> {
        let (dialect, operation) = (ground.dialect.manifest.name.clone(), ground.operation.name.clone());
        let plan = Plan { dialect, operation, mutations: Vec::new() };
        let mutant = apply(&plan, ground).ok()?;
        self.exchange(&write_exact(&mutant.request, &mutant.framing, &ground.caller.host))
    }

    /// Sends bytes over a connection of their own; status and body of the first answer, if one comes.
    fn exchange(&self, bytes: &[u8]) -> Option<(u16, Value)> {
        self.runtime.block_on(async {
            let (mut client, server) = tokio::io::duplex(bytes.len() + (1 << 16));
            let answering = tokio::spawn(Arc::clone(&self.engine).converse(server));
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
        })
    }
}

/// Status and body, once they are whole.
fn whole(said: &[u8]) -> Option<(u16, Value)> {
    let head = said.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&said[..head]).to_ascii_lowercase();
    let length: usize = text
        .split("content-length: ")
        .nth(1)
        .map_or(Some(0), |rest| rest.split("\r\n").next()?.parse().ok())?;
    let body = said.get(head + 4..head + 4 + length)?;
    Some((text.split(' ').nth(1)?.parse().ok()?, serde_json::from_slice(body).unwrap_or_default()))
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
