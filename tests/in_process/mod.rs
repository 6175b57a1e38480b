//! An engine in this process, what exists at it, and a sender of exact bytes.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use lianpu::judge::{Came, Expected, Judgement, Standard, judge};
use lianpu::mutate::{Mutant, Plan, apply};
use lianpu::request::set_up::{Names, stand};
use lianpu::request::{Caller, Draft, Ground, SetUp, Standing, token_in, token_request};
use lianpu::sign::Lacking;
use lianpu::wire::{File, Framing, Length, Reply, write_exact};
use lianpu_corpus::{Account, Dialect, Operation};
use lianpu_engine::vision::{self, Analyser, Analysis, Capabilities, Face, Failure, Stage, Wanted};
use lianpu_engine::{Config, Engine};
use lianpu_testing::lacking;
use serde_json::Value;
use tokio::sync::oneshot;

/// How long an answer may take before it counts as none.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running engine.
pub struct Target {
    address: SocketAddr,
    ready: Value,
    picture: Arc<File>,
    further: Arc<File>,
    nonce: Mutex<u64>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Target {
    /// Starts one that sees with nets where they are installed.
    pub fn start() -> Self {
        let mut config = Config::documented().unwrap();
        config.set_requests_per_second(None);
        // What waits for more than comes is given up soon.
        config.http.piece_timeout = Duration::from_secs(2);
        config.http.head_timeout = Duration::from_millis(1500);
        config.set_limit("group-deletion-seconds", 0).unwrap();
        config.set_limit("groups-per-appid", 1 << 20).unwrap();
        let inner = vision::load(config.models.as_deref()).unwrap();
        let analyser = Arc::new(Remembering { inner, known: Mutex::default() });
        let engine = Arc::new(Engine::with_analyser(config, analyser).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let ready = engine.ready(&format!("http://{address}"));
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let until = async {
                    let _ = stopped.await;
                };
                engine.serve(listener, until).await;
            });
        });
        let picture = portrait("anna");
        let further = portrait("bea");
        Self {
            address,
            ready,
            picture,
            further,
            nonce: Mutex::new(1),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Whether the operation's valid request can succeed here. Without the nets' weights some are left out, and that is
    /// said.
    pub fn can(&self, operation: &Operation) -> bool {
        let has = |need: &String| {
            self.ready["capabilities"].as_array().unwrap().iter().any(|capability| *capability == **need)
        };
        for need in operation.needs.iter().filter(|need| !has(need)) {
            match need.as_str() {
                "face-nets" => lacking("nets", &format!("{} needs them", operation.name)),
                other => eprintln!("left out: {} needs {other}", operation.name),
            }
        }
        operation.needs.iter().all(has)
    }

    /// Who asks in this dialect.
    pub fn caller(&self, dialect: &'static Dialect) -> Caller {
        let accounts: Vec<Account> =
            serde_json::from_value(self.ready["accounts"][&dialect.manifest.name].clone()).unwrap();
        let accounts: Vec<_> =
            accounts.into_iter().map(|told| dialect.manifest.account(told).unwrap()).collect();
        let mut tokens = accounts.iter().map(|account| self.token(dialect, account));
        let (token, other_token) = (tokens.next().flatten(), tokens.next().flatten());
        Caller {
            dialect,
            account: accounts[0].clone(),
            other: accounts.get(1).cloned(),
            token,
            other_token,
            host: self.address.to_string(),
            now: SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed(),
            nonce: self.number(),
            limits: serde_json::from_value(self.ready["limits"][&dialect.manifest.name].clone()).unwrap(),
        }
    }

    fn token(&self, dialect: &Dialect, account: &Account) -> Option<String> {
        let source = dialect.manifest.token.as_ref()?;
        let question = write_exact(&token_request(source, account), &Framing::default(), "h");
        let reply = self.exchange(&question, false).unwrap();
        Some(token_in(source, &reply.body)?.text)
    }

    /// A number that was not given out before.
    fn number(&self) -> u64 {
        let mut last = self.nonce.lock().unwrap();
        *last += 1;
        *last
    }

    /// A person in a group, and another group beside it.
    pub fn standing(&self, dialect: &'static Dialect) -> Standing {
        let fresh = || format!("lp{}", self.number());
        let names = Names { person: fresh(), group: fresh(), other_group: fresh() };
        let mut stage = InProcess { target: self, dialect, caller: self.caller(dialect) };
        let standing = stand(&mut stage, &names, Arc::clone(&self.picture), Arc::clone(&self.further));
        futures::executor::block_on(standing).unwrap()
    }

    /// The ground of an operation.
    pub fn ground(
        &self,
        dialect: &'static Dialect,
        operation: &'static Operation,
        standing: &Standing,
    ) -> Ground {
        let fresh = format!("lp{}", self.number());
        Ground::valid(dialect, operation, standing, &fresh, self.caller(dialect)).unwrap()
    }

    /// Carries a plan out: the mutant, and what came back for it.
    pub fn try_plan(&self, plan: &Plan, ground: &Ground) -> Result<(Mutant, Option<Reply>), Lacking> {
        let mutant = apply(plan, ground)?;
        for _ in 0..mutant.sent_before {
            self.send(&mutant, ground);
        }
        let reply = self.send(&mutant, ground);
        Ok((mutant, reply))
    }

    fn send(&self, mutant: &Mutant, ground: &Ground) -> Option<Reply> {
        let bytes = write_exact(&mutant.request, &mutant.framing, &ground.caller.host);
        self.exchange(&bytes, promises_more(&mutant.framing, mutant.request.body.len()))
    }

    /// Sends bytes, tells where wanted that no more will come, and reads one answer; `None`: the connection ended before
    /// one was whole.
    pub fn exchange(&self, bytes: &[u8], ends: bool) -> Option<Reply> {
        let started = Instant::now();
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        // A server may refuse before it has read all: what it said is read all the same.
        let _ = stream.write_all(bytes);
        if ends {
            let _ = stream.shutdown(Shutdown::Write);
        }
        let mut answer = Vec::new();
        let mut piece = [0; 16 << 10];
        loop {
            if let Some(reply) = read(&answer, started) {
                return Some(reply);
            }
            match stream.read(&mut piece) {
                Ok(0) => return None,
                Ok(read) => answer.extend_from_slice(&piece[..read]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    panic!(
                        "no answer within {PATIENCE:?} to {}",
                        String::from_utf8_lossy(&bytes[..bytes.len().min(2000)])
                    )
                }
                Err(_) => return None,
            }
        }
    }
}

/// The set-up's way to the target.
struct InProcess<'t> {
    target: &'t Target,
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

    fn note(&mut self, _: &str, _: &str) {} // it ends with the target

    async fn send(&mut self, draft: &Draft) -> Result<Reply, String> {
        self.caller.nonce = self.target.number();
        let scheme = lianpu::sign::of_dialect(&self.dialect.manifest).unwrap();
        let prepared = draft.prepare(scheme, self.caller.circumstances(), false).unwrap();
        let bytes = write_exact(&prepared.request, &Framing::default(), &self.caller.host);
        self.target.exchange(&bytes, false).ok_or_else(|| "the connection was closed".to_owned())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the engine fell over");
        }
    }
}

/// Whether the length is more than what comes, so that nobody need wait for it.
fn promises_more(framing: &Framing, length: usize) -> bool {
    match &framing.length {
        Length::Says(text) if framing.chunked.is_none() => {
            text.parse().is_ok_and(|says: usize| says > length)
        }
        _ => false,
    }
}

/// The answer, once it is whole.
fn read(bytes: &[u8], started: Instant) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let header = |wanted: &str| {
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let mut named = lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.next().map(|(_, value)| value.to_owned())
    };
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
    let body = bytes.get(end + 4..end + 4 + length)?.to_vec();
    let content_type = header("content-type");
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers = Reply::kept_headers(lines.map(|(name, value)| (name, value.as_bytes())));
    Some(Reply { status, content_type, headers, body, took: started.elapsed() })
}

fn portrait(scene: &str) -> Arc<File> {
    let scene = lianpu::portrait::Scene::parse(&format!("{scene} size=200x200")).unwrap();
    Arc::new(File {
        name: "face.jpg".into(),
        media_type: "image/jpeg".into(),
        bytes: lianpu::portrait::file(&scene),
    })
}

/// The bytes of a picture, and what is wanted of it.
type Question = (Vec<u8>, Wanted);

/// An analyser that sees each picture once: most cases of a run have the same.
struct Remembering {
    inner: Arc<dyn Analyser>,
    known: Mutex<HashMap<Question, Result<Analysis, Failure>>>,
}

impl Analyser for Remembering {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn analyse(
        &self,
        picture: &[u8],
        wanted: Wanted,
        fails: &dyn Fn(Stage) -> bool,
    ) -> Result<Analysis, Failure> {
        let key = (picture.to_vec(), wanted);
        if let Some(known) = self.known.lock().unwrap().get(&key) {
            return known.clone();
        }
        let seen = self.inner.analyse(picture, wanted, fails);
        self.known.lock().unwrap().insert(key, seen.clone());
        seen
    }

    fn similarity(&self, distance: f32) -> f32 {
        self.inner.similarity(distance)
    }

    fn same_person_from(&self) -> f32 {
        self.inner.same_person_from()
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        self.inner.almost_same(a, b)
    }
}

/// What is found in a reply, or in a connection that was closed without one.
pub fn judged(
    reply: Option<&Reply>,
    expected: &Expected,
    dialect: &Dialect,
    operation: &Operation,
) -> Judgement {
    let standard = Standard { within: Some(PATIENCE), ..Standard::new(dialect, operation) };
    judge(reply.map_or(Came::Closed("a closed connection"), Came::Reply), expected, &standard)
}
