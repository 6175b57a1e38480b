//! An application of Baidu's interface against a server of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu_engine::Config;
use lianpu_engine::vision::Analyser;
use serde_json::{Value, json};

use super::analyser::Made;
use super::{Reply, Server, picture};

pub const KEYS: [(&str, &str); 2] = [
    ("TestApiKeyEXAMPLE0000001", "TestSecretKeyEXAMPLE000000000001"),
    ("TestApiKeyEXAMPLE0000002", "TestSecretKeyEXAMPLE000000000002"),
];

pub struct Baidu {
    pub server: Server,
    pub token: String,
    /// Seconds since 1970; moves only when told to.
    pub clock: Arc<AtomicU64>,
}

impl Baidu {
    pub fn start() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::seeing(Arc::new(Made), change)
    }

    /// With an analyser for real pictures.
    pub fn seeing(analyser: Arc<dyn Analyser>, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Arc::new(AtomicU64::new(1_800_000_000));
        let told = Arc::clone(&clock);
        let server = Server::seeing(analyser, |config| {
            config.clock = Arc::new(move || told.load(Ordering::Relaxed));
            config.allow_faults = true;
            config.allow_private_urls = true;
            change(config);
        });
        let token = token(&server, 0);
        Self { server, token, clock }
    }

    /// Sets a setting by its name.
    pub fn set(name: &'static str, value: u64) -> Self {
        Self::with(|config| config.set_limit(name, value).expect("a known name"))
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    /// A call to a path below `/rest/2.0/face/`.
    pub fn call(&self, path: &str, body: &Value) -> Value {
        self.reply(path, &[], body.to_string().as_bytes()).value()
    }

    pub fn reply(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        self.send(&format!("/rest/2.0/face/{path}?access_token={}", self.token), headers, body)
    }

    pub fn send(&self, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request = format!("POST {target} HTTP/1.1\r\nHost: aip.baidubce.com\r\n");
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.extend(["Content-Length: ", &body.len().to_string(), "\r\n\r\n"]);
        self.server.exchange(&[request.as_bytes(), body].concat())
    }

    /// The code of a call.
    pub fn code(&self, path: &str, body: &Value) -> i64 {
        code(&self.call(path, body))
    }

    /// The code of a call to a path of a private deployment.
    pub fn private(&self, path: &str, body: &Value) -> i64 {
        let target = format!("/face-api/v3/{path}?access_token={}", self.token);
        code(&self.send(&target, &[], body.to_string().as_bytes()).value())
    }

    /// The code of a call in which something fails.
    pub fn failing(&self, fault: &str, path: &str, body: &Value) -> i64 {
        let headers = [("X-Lianpu-Fault", fault)];
        code(&self.reply(path, &headers, body.to_string().as_bytes()).value())
    }

    /// The result of a call that succeeds.
    pub fn ok(&self, path: &str, body: &Value) -> Value {
        let answer = self.call(path, body);
        assert_eq!(code(&answer), 0, "{path} {answer}");
        assert_eq!(answer["error_msg"], "SUCCESS");
        answer["result"].clone()
    }

    /// Registers a face for a user; its token.
    pub fn register(&self, faces: &str, group: &str, user: &str) -> String {
        let result = self.ok("v3/faceset/user/add", &registration(faces, group, user));
        result["face_token"].as_str().expect("a token").to_owned()
    }
}

/// The parameters of a made-up picture of these faces.
pub fn image(faces: &str) -> Value {
    json!({ "image": STANDARD.encode(picture(faces)), "image_type": "BASE64" })
}

pub fn registration(faces: &str, group: &str, user: &str) -> Value {
    with(&image(faces), &json!({ "group_id": group, "user_id": user }))
}

/// The members of both, those of the second counting.
pub fn with(one: &Value, other: &Value) -> Value {
    let mut all = one.clone();
    let fields = all.as_object_mut().expect("an object");
    for (name, value) in other.as_object().expect("an object") {
        fields.insert(name.clone(), value.clone());
    }
    all
}

pub fn code(answer: &Value) -> i64 {
    answer["error_code"].as_i64().unwrap_or_else(|| panic!("no code: {answer}"))
}

/// A token of one of the two applications.
pub fn token(server: &Server, app: usize) -> String {
    let (key, secret) = KEYS[app];
    let target =
        format!("/oauth/2.0/token?grant_type=client_credentials&client_id={key}&client_secret={secret}");
    let reply = server.exchange(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes());
    reply.value()["access_token"].as_str().unwrap_or_else(|| panic!("{reply:?}")).to_owned()
}
