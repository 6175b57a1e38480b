//! A server on a free port, an analyser that reads made-up pictures, and a client that writes its own bytes.

pub mod analyser;
pub mod baidu;
pub mod origin;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use lianpu_engine::tencent_ci::{BucketAccount, TencentCiSection};
use lianpu_engine::vision::Analyser;
use lianpu_engine::{Config, Engine};
use serde_json::{Value, json};
use sha1::Sha1;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub const APPID: &str = "1250000000";

pub struct Server {
    pub address: SocketAddr,
    pub accounts: Vec<BucketAccount>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// An answer with its bytes read apart.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub text: String,
}

impl Server {
    /// With an analyser that reads made-up pictures.
    pub fn start(change: impl FnOnce(&mut Config)) -> Self {
        Self::seeing(Arc::new(analyser::Made), change)
    }

    pub fn seeing(analyser: Arc<dyn Analyser>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::documented().expect("the bundled data");
        change(&mut config);
        let accounts = config.section::<TencentCiSection>().expect("the front's section").accounts.clone();
        let mut server = Self::of(Engine::with_analyser(config, analyser).expect("an engine"));
        server.accounts = accounts;
        server
    }

    /// Of an engine that is there already; no accounts are known of it.
    pub fn of(engine: Engine) -> Self {
        let engine = Arc::new(engine);
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                tell.send(listener.local_addr().expect("an address")).expect("somebody waits");
                engine
                    .serve(listener, async {
                        let _ = stopped.await;
                    })
                    .await;
            });
        });
        Self {
            address: told.recv().expect("a server"),
            accounts: Vec::new(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        stream
    }

    /// Sends bytes as they are and reads one answer.
    pub fn exchange(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request).expect("written");
        read_reply(&mut stream)
    }

    pub fn post(&self, operation: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request = format!("POST /face/{operation} HTTP/1.1\r\nHost: service.image.myqcloud.com\r\n");
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.extend(["Content-Length: ", &body.len().to_string(), "\r\n\r\n"]);
        self.exchange(&[request.as_bytes(), body].concat())
    }

    pub fn sign(&self) -> String {
        sign(&self.accounts[0])
    }

    /// A signed JSON request; the appid is added where the parameters lack it.
    pub fn json(&self, operation: &str, parameters: Value) -> Reply {
        self.json_with(operation, &[], parameters)
    }

    pub fn json_with(&self, operation: &str, headers: &[(&str, &str)], mut parameters: Value) -> Reply {
        let object = parameters.as_object_mut().expect("an object");
        object.entry("appid").or_insert_with(|| json!(APPID));
        let sign = self.sign();
        let headers =
            [&[("Authorization", sign.as_str()), ("Content-Type", "application/json")], headers].concat();
        self.post(operation, &headers, parameters.to_string().as_bytes())
    }

    /// A signed multipart request as the vendor's Python client writes it.
    pub fn multipart(&self, operation: &str, parts: &[(&str, &[u8])]) -> Reply {
        self.multipart_with(operation, &[], parts)
    }

    pub fn multipart_with(
        &self,
        operation: &str,
        headers: &[(&str, &str)],
        parts: &[(&str, &[u8])],
    ) -> Reply {
        let parts = [&[("appid", APPID.as_bytes())], parts].concat();
        let sign = self.sign();
        let kind = ("Content-Type", "multipart/form-data; boundary=f555ed96e9af4d13");
        let headers = [&[("Authorization", sign.as_str()), kind], headers].concat();
        self.post(operation, &headers, &multipart("f555ed96e9af4d13", &parts))
    }

    /// A person with one face in one group.
    pub fn person(&self, person: &str, group: &str, picture: &[u8]) -> Value {
        let parts =
            [("person_id", person.as_bytes()), ("group_ids[0]", group.as_bytes()), ("image", picture)];
        self.multipart("newperson", &parts).ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server fell over");
        }
    }
}

impl Reply {
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn code(&self) -> i64 {
        self.value()["code"].as_i64().unwrap_or_else(|| panic!("no code: {self:?}"))
    }

    /// The `data` of a success.
    pub fn ok(&self) -> Value {
        let value = self.value();
        assert_eq!(
            (self.status, &value["code"], &value["message"]),
            (200, &json!(0), &json!("OK")),
            "{self:?}"
        );
        value["data"].clone()
    }
}

pub fn read_reply(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        assert_eq!(
            stream.read(&mut byte).expect("an answer"),
            1,
            "closed after {:?}",
            String::from_utf8_lossy(&bytes)
        );
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).expect("a head in text").to_ascii_lowercase();
    let status = head[9..12].parse().expect("a status");
    let length =
        head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    stream.read_exact(&mut body).expect("a body");
    Reply { status, head, text: String::from_utf8(body).expect("a body in text") }
}

pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// A signature that is good for an hour.
pub fn sign(account: &BucketAccount) -> String {
    let now = now();
    sign_text(
        &account.secret_key,
        &format!(
            "a={}&b={}&k={}&e={}&t={now}&r=42&u=0&f=",
            account.appid,
            account.bucket,
            account.secret_id,
            now + 3600
        ),
    )
}

pub fn sign_text(secret_key: &str, plaintext: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret_key.as_bytes()).expect("any length");
    mac.update(plaintext.as_bytes());
    STANDARD.encode([&mac.finalize().into_bytes()[..], plaintext.as_bytes()].concat())
}

pub fn multipart(boundary: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in parts {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// A made-up picture of these faces, each `name` or `name/take`.
pub fn picture(faces: &str) -> Vec<u8> {
    [b"\xff\xd8\xff", faces.as_bytes()].concat()
}
