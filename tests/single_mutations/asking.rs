//! What stands at the engine for requests to be about, and the exchange of bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lianpu::mutate::{Caller, Ground, Plan, Standing, apply};
use lianpu::portrait::{self, Scene};
use lianpu::wire::{File, Framing, Length, Request, write_exact};
use lianpu_corpus::{Account, Code, Dialect, Operation};
use serde_json::Value;

use crate::engine::Engine;

/// Asks an engine in one dialect.
pub struct Asker<'e> {
    engine: &'e Engine,
    dialect: &'static Dialect,
    account: Account,
    token: Option<String>,
    limits: BTreeMap<String, u64>,
    standing: Option<Standing>,
}

/// What came back.
pub enum Answer {
    Closed,
    Code { status: u16, code: Option<Code> },
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed"),
            Self::Code { status, code: Some(code) } => write!(f, "HTTP {status} with {code}"),
            Self::Code { status, code: None } => write!(f, "HTTP {status} without a code"),
        }
    }
}

static FRESH: AtomicU64 = AtomicU64::new(1);

fn fresh() -> String {
    format!("x{}", FRESH.fetch_add(1, Ordering::Relaxed))
}

static ANNA: LazyLock<Arc<File>> = LazyLock::new(|| picture("anna"));
static BEA: LazyLock<Arc<File>> = LazyLock::new(|| picture("bea"));

fn picture(line: &str) -> Arc<File> {
    let bytes = portrait::file(&Scene::parse(line).unwrap());
    Arc::new(File { name: "portrait.jpeg".into(), media_type: "image/jpeg".into(), bytes })
}

impl<'e> Asker<'e> {
    pub fn new(engine: &'e Engine, dialect: &'static Dialect) -> Self {
        let account = dialect.manifest.accounts[0].clone();
        let limits = serde_json::from_value(engine.ready["limits"][&dialect.manifest.name].clone()).unwrap();
        let mut asker = Self { engine, dialect, account, token: None, limits, standing: None };
        asker.token = asker.fetch_token();
        asker
    }

    fn fetch_token(&self) -> Option<String> {
        let source = self.dialect.manifest.token.as_ref()?;
        let mut request = Request {
            method: source.method.clone(),
            target: source.path.clone(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        for (name, value) in &source.query {
            let value = match value.as_str() {
                "secret_id" => &self.account.secret_id,
                "secret_key" => &self.account.secret_key,
                literal => literal.strip_prefix('=').unwrap(),
            };
            request.set_query(name, Some(value));
        }
        let (_, body) = self.exchange(&request, &Framing::default()).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        Some(body.pointer(&source.token).unwrap().as_str().unwrap().to_owned())
    }

    /// The valid request of an operation, about things that are there.
    pub fn ground(&mut self, operation: &'static Operation) -> Ground {
        let standing = match self.standing.take() {
            Some(standing) => standing,
            None => self.create(),
        };
        let ground = self.ground_on(operation, &Standing { fresh: fresh(), ..standing.clone() });
        if !operation.changes {
            self.standing = Some(standing);
        }
        ground
    }

    fn ground_on(&self, operation: &'static Operation, standing: &Standing) -> Ground {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
        let caller = Caller {
            account: self.account.clone(),
            other: None,
            token: self.token.clone(),
            other_token: None,
            host: self.engine.address.to_string(),
            now,
            nonce: FRESH.fetch_add(1, Ordering::Relaxed) + 4_000_000_000,
            limits: self.limits.clone(),
        };
        Ground::valid(self.dialect, operation, standing, caller).unwrap()
    }

    /// A person with a face in a group, and another group.
    fn create(&self) -> Standing {
        let id = fresh();
        let mut standing = Standing {
            person: id.clone(),
            group: id.clone(),
            other_group: fresh(),
            faces: vec!["-".to_owned()],
            picture: Arc::clone(&ANNA),
            further: Arc::clone(&BEA),
            fresh: id,
        };
        self.succeed("create-person", &standing);
        if self.dialect.manifest.role("create-group").is_some() {
            let other = Standing { fresh: standing.other_group.clone(), ..standing.clone() };
            self.succeed("create-group", &other);
        }
        let faces = self.succeed("list-faces", &standing);
        let pointer = &self.dialect.manifest.reads["faces"];
        let list = faces.pointer(pointer.split("/*").next().unwrap()).unwrap().as_array().unwrap();
        let id = |entry: &Value| {
            entry.as_str().unwrap_or_else(|| entry["face_token"].as_str().unwrap()).to_owned()
        };
        standing.faces = list.iter().map(id).collect();
        standing
    }

    fn succeed(&self, role: &str, standing: &Standing) -> Value {
        let operation = self.dialect.operation(self.dialect.manifest.role(role).unwrap()).unwrap();
        let ground = self.ground_on(operation, standing);
        let plan = Plan {
            dialect: self.dialect.manifest.name.clone(),
            operation: operation.name.clone(),
            mutations: Vec::new(),
        };
        let mutant = apply(&plan, &ground).unwrap();
        let (_, body) = self.exchange(&mutant.request, &mutant.framing).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        let envelope = self.dialect.envelope().unwrap();
        assert!(envelope.is_success(code(&body, &envelope.code).as_ref()), "{role}: {body}");
        body
    }

    pub fn send(&self, request: &Request, framing: &Framing) -> Answer {
        let Some((status, body)) = self.exchange(request, framing) else { return Answer::Closed };
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        Answer::Code { status, code: code(&body, &self.dialect.envelope().unwrap().code) }
    }

    /// Status and body; `None` where the connection is closed without them.
    fn exchange(&self, request: &Request, framing: &Framing) -> Option<(u16, Vec<u8>)> {
        let bytes = write_exact(request, framing, &self.engine.address.to_string());
        let mut stream = TcpStream::connect(self.engine.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // The engine may answer and close before it has read all.
        let _ = stream.write_all(&bytes);
        if promises_more(framing, request.body.len()) {
            let _ = stream.shutdown(Shutdown::Write); // so that nobody waits for it
        }
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                Ok(_) => return None,
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("{}: {error}", request.target),
            }
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let length = head
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        Some((head[9..12].parse().unwrap(), body))
    }
}

/// Whether the length is more than what comes.
fn promises_more(framing: &Framing, length: usize) -> bool {
    match &framing.length {
        Length::Says(text) if framing.chunked.is_none() => {
            text.parse().is_ok_and(|says: usize| says > length)
        }
        _ => false,
    }
}

fn code(body: &Value, pointer: &str) -> Option<Code> {
    match body.pointer(pointer)? {
        Value::Number(number) => Some(Code::Int(number.as_i64()?)),
        Value::String(text) => Some(Code::Text(text.clone())),
        _ => None,
    }
}
