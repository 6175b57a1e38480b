//! A client of the running server: starting it, signing, sending, pictures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use image::{ImageFormat, imageops};
use serde_json::{Value, json};
use sha1::Sha1;
use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    address: String,
    /// The accounts as the ready line tells them.
    pub(crate) accounts: Vec<Value>,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take()); // it leaves when its input closes
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts one on a free port.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_foreign-tencent"))
            .args(["--listen", "127.0.0.1:0", "--until-stdin-closes"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a ready line");
        let ready: Value = serde_json::from_str(&line).expect("the ready line is JSON");
        assert_eq!(ready["ready"], json!(true));
        let base = ready["base_url"].as_str().expect("a url");
        let address = base.strip_prefix("http://").expect("plain HTTP").to_owned();
        let accounts = ready["accounts"]["tencent-ci"].as_array().expect("accounts").clone();
        Server { child, address, accounts }
    }

    /// Sends raw bytes and reads to the end: status and body, in pieces or whole.
    pub(crate) fn send(&self, request: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(request).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).expect("a status");
        let body = &answer[end..];
        let whole =
            if head.contains("transfer-encoding: chunked") { join_chunks(body) } else { body.to_vec() };
        (status, whole)
    }

    /// Sends a body of a type to an operation.
    pub(crate) fn post(&self, operation: &str, sign: &str, content_type: &str, body: &[u8]) -> (u16, Value) {
        let head = format!(
            "POST /face/{operation} HTTP/1.1\r\nHost: service.image.myqcloud.com\r\nConnection: close\r\n\
             Authorization: {sign}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let (status, body) = self.send(&[head.as_bytes(), body].concat());
        (
            status,
            serde_json::from_slice(&body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&body))),
        )
    }

    /// Calls an operation for an account with JSON parameters; appid and bucket are added.
    pub(crate) fn call(&self, account: usize, operation: &str, mut parameters: Value) -> Value {
        let known = &self.accounts[account];
        for name in ["appid", "bucket"] {
            if parameters.get(name).is_none() {
                parameters[name] = known[name].clone();
            }
        }
        let sign = sign(known, known, 600, &text(known, "secret_key"));
        self.post(operation, &sign, "application/json", parameters.to_string().as_bytes()).1
    }
}

/// A text field of an account.
pub(crate) fn text(account: &Value, name: &str) -> String {
    account[name].as_str().expect("a text").to_owned()
}

/// Signs for the appid and bucket of one account with the key of another.
pub(crate) fn sign(target: &Value, signer: &Value, life: i64, secret: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs() as i64;
    let plain = format!(
        "a={}&b={}&k={}&e={}&t={}&r=77&f=",
        text(target, "appid"),
        text(target, "bucket"),
        text(signer, "secret_id"),
        now + life,
        now.min(now + life - 10)
    );
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("any key");
    mac.update(plain.as_bytes());
    STANDARD.encode([mac.finalize().into_bytes().as_slice(), plain.as_bytes()].concat())
}

/// Parts in the vendor's SDK's way: every part has a file name.
pub(crate) fn parts(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in fields {
        let head =
            format!("--x1\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--x1--\r\n");
    body
}

/// The portrait of somebody of the group photograph, as a JPEG.
pub(crate) fn portrait(who: usize) -> Vec<u8> {
    let bytes =
        std::fs::read(concat!(env!("RUSTFACE_FOLDER"), "/test.png")).expect("the photograph is there");
    let group = image::load_from_memory(&bytes).expect("it decodes").to_rgb8();
    let (x, y) = PORTRAITS[who];
    let crop = imageops::crop_imm(&group, x, y, SIDE.0, SIDE.1).to_image();
    let large = imageops::resize(&crop, 300, 340, imageops::FilterType::Triangle);
    let mut jpeg = Cursor::new(Vec::new());
    large.write_to(&mut jpeg, ImageFormat::Jpeg).expect("can be encoded");
    jpeg.into_inner()
}

/// The same in Base64.
pub(crate) fn portrait64(who: usize) -> String {
    STANDARD.encode(portrait(who))
}

/// Where three of the group stand in the photograph.
const PORTRAITS: [(u32, u32); 3] = [(1123, 189), (831, 198), (237, 191)];
/// The width and height of what is cut out.
const SIDE: (u32, u32) = (136, 154);

fn join_chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n").expect("a chunk's size");
        let size =
            usize::from_str_radix(std::str::from_utf8(&body[..end]).expect("digits"), 16).expect("a size");
        if size == 0 {
            return whole;
        }
        whole.extend(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}
