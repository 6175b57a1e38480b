//! A proxy between the command and a server, which answers as it is told.

use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use super::Server;
use super::listener::Listener;

/// One request and the server's honest answer to it.
pub struct Exchange {
    /// The last part of the path: `newperson`.
    pub operation: String,
    /// Head and body as they came.
    pub request: Message,
    /// Head and body as the server answered.
    pub reply: Message,
    /// The server behind the proxy.
    pub upstream: SocketAddr,
}

/// The head, with the empty line at its end, and the body.
#[derive(Clone)]
pub struct Message {
    pub head: String,
    pub body: Vec<u8>,
}

/// What the command gets to see.
pub enum Answer {
    /// What the server said.
    Honest,
    /// Another body with the honest head.
    Body(String),
    /// Something of our own making.
    Reply { status: &'static str, content_type: &'static str, body: String },
    /// These bytes; then the connection is closed if so wished.
    Raw { bytes: Vec<u8>, close: bool },
    /// A body without an end.
    Endless,
    /// The connection is closed without a word.
    Close,
    /// Nothing is said until the command gives up.
    Hang,
}

/// The running proxy.
pub struct Proxy {
    listener: Listener,
    upstream: SocketAddr,
    groups: Arc<Mutex<Option<Message>>>,
}

impl Proxy {
    /// Answers every request as the rule says.
    pub fn start(server: &Server, rule: impl Fn(&Exchange) -> Answer + Send + Sync + 'static) -> Self {
        let upstream: SocketAddr = server.base_url().trim_start_matches("http://").parse().unwrap();
        let groups: Arc<Mutex<Option<Message>>> = Arc::default();
        let kept = Arc::clone(&groups);
        let listener = Listener::start(move |stream| serve(stream, upstream, &rule, &kept));
        Self { listener, upstream, groups }
    }

    pub fn url(&self) -> String {
        self.listener.url()
    }

    /// The groups at the server, where the command asked for them as the proxy looked on; none where it never did.
    pub fn groups_now(&self) -> Vec<String> {
        if self.groups.lock().unwrap().is_some() { self.groups() } else { Vec::new() }
    }

    /// The groups at the server, asked for with a request that the command itself has sent and signed.
    pub fn groups(&self) -> Vec<String> {
        let question = self.groups.lock().unwrap().clone().expect("the command asked for the groups before");
        let reply = send(self.upstream, &question).unwrap();
        let answer = reply.json().expect("the groups");
        let groups = answer["data"]["group_ids"].as_array().into_iter().flatten();
        groups.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

impl Exchange {
    /// The code of the honest answer.
    pub fn code(&self) -> Option<i64> {
        self.reply.json()?["code"].as_i64()
    }
}

impl Message {
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Reads one message; `None` where the connection ends before it.
    fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if from.read(&mut byte)? == 0 {
                return Ok(None);
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        from.read_exact(&mut body)?;
        Ok(Some(Self { head, body }))
    }

    /// The same head with the length of another body.
    pub fn with_body(&self, body: Vec<u8>) -> Self {
        let lines = self.head.lines().filter(|line| !line.is_empty());
        let lines = lines.filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
        let head = lines.collect::<Vec<_>>().join("\r\n");
        Self { head: format!("{head}\r\nContent-Length: {}\r\n\r\n", body.len()), body }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&[self.head.as_bytes(), &self.body].concat())
    }

    fn closes(&self) -> bool {
        self.head.to_ascii_lowercase().contains("\r\nconnection: close")
    }
}

/// Sends one request on a connection of its own.
pub fn send(to: SocketAddr, request: &Message) -> io::Result<Message> {
    let mut stream = TcpStream::connect(to)?;
    request.write(&mut stream)?;
    Message::read(&mut stream)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn serve(
    mut client: TcpStream,
    upstream: SocketAddr,
    rule: &dyn Fn(&Exchange) -> Answer,
    groups: &Mutex<Option<Message>>,
) -> io::Result<()> {
    client.set_nodelay(true)?;
    let mut server = TcpStream::connect(upstream)?;
    server.set_nodelay(true)?;
    let mut from_client = BufReader::new(client.try_clone()?);
    let mut from_server = BufReader::new(server.try_clone()?);
    while let Some(request) = Message::read(&mut from_client)? {
        let _ = request.write(&mut server); // a server may answer before it has read it all
        let Some(reply) = Message::read(&mut from_server)? else { return Ok(()) };
        let path = request.head.split(' ').nth(1).unwrap_or_default();
        let operation = path.rsplit('/').next().unwrap_or_default().to_owned();
        let exchange = Exchange { operation, request, reply, upstream };
        if exchange.operation == "getgroupids" && matches!(exchange.code(), Some(0 | -1307)) {
            groups.lock().unwrap().get_or_insert_with(|| exchange.request.clone());
        }
        let reply = &exchange.reply;
        match rule(&exchange) {
            Answer::Honest => reply.write(&mut client)?,
            Answer::Body(body) => reply.with_body(body.into_bytes()).write(&mut client)?,
            Answer::Reply { status, content_type, body } => {
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
                );
                Message { head, body: body.into_bytes() }.write(&mut client)?;
            }
            Answer::Raw { bytes, close } => {
                client.write_all(&bytes)?;
                if close {
                    return Ok(());
                }
            }
            Answer::Endless => {
                client.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"code\":0,\"message\":\"",
                )?;
                loop {
                    client.write_all(&[b'a'; 1 << 12])?;
                }
            }
            Answer::Close => return Ok(()),
            Answer::Hang => {
                client.set_read_timeout(Some(Duration::from_secs(60)))?;
                let _ = from_client.read(&mut [0]);
                return Ok(());
            }
        }
        if reply.closes() {
            return Ok(());
        }
    }
    Ok(())
}
