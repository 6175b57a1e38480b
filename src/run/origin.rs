//! The origin: a small HTTP server that serves pictures for `url` parameters, and misbehaves on request.
//!
//! Written by hand because it must be able to do what HTTP servers do not: cut a body, stall, answer nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::wire::File;

/// How long a stalling origin holds the line.
const STALL: Duration = Duration::from_secs(120);

/// What the origin does when a picture is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behaviour {
    Serves,
    Answers404,
    Answers500,
    RefusesConnections,
    CutsTheBody,
    Stalls,
    ServesAText,
    RedirectsToIt,
    RedirectsInCircles,
    LiesAboutTheType,
}

/// The words of every behaviour, as they stand in steps after "an origin that".
pub(super) const WORDS: [(&str, Behaviour); 10] = [
    ("serves it", Behaviour::Serves),
    ("answers 404", Behaviour::Answers404),
    ("answers 500", Behaviour::Answers500),
    ("refuses connections", Behaviour::RefusesConnections),
    ("cuts the body", Behaviour::CutsTheBody),
    ("stalls", Behaviour::Stalls),
    ("serves a text", Behaviour::ServesAText),
    ("redirects to it", Behaviour::RedirectsToIt),
    ("redirects in circles", Behaviour::RedirectsInCircles),
    ("lies about the type", Behaviour::LiesAboutTheType),
];

type Pages = Arc<Mutex<HashMap<String, (Behaviour, Arc<File>)>>>;

/// The running origin. It ends with the runtime.
#[derive(Debug)]
pub(super) struct Origin {
    /// `http://host:port` as the target reaches it.
    base_url: String,
    pages: Pages,
    asked: Arc<AtomicBool>,
    /// Bound and never listening, so that its port refuses connections and nobody else gets it.
    refusing: SocketAddr,
    _refusing_socket: TcpSocket,
    numbers: RefCell<u64>,
}

impl Origin {
    /// Starts listening on a free loopback port, or on all interfaces when the target reaches it by another name.
    pub(super) async fn start(public: Option<&str>) -> io::Result<Self> {
        let listener = match public.and_then(port_of) {
            Some(port) => TcpListener::bind(("0.0.0.0", port)).await?,
            None => TcpListener::bind("127.0.0.1:0").await?,
        };
        let base_url = match public {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => format!("http://{}", listener.local_addr()?),
        };
        let socket = TcpSocket::new_v4()?;
        socket.bind("127.0.0.1:0".parse().expect("an address"))?;
        let refusing = socket.local_addr()?;
        let pages = Pages::default();
        let asked = Arc::<AtomicBool>::default();
        tokio::spawn(accept(listener, Arc::clone(&pages), Arc::clone(&asked), base_url.clone()));
        Ok(Self { base_url, pages, asked, refusing, _refusing_socket: socket, numbers: RefCell::default() })
    }

    /// Whether anybody has asked for anything.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The address of a picture, where the origin behaves so.
    pub(super) fn publish(&self, file: &Arc<File>, behaviour: Behaviour) -> String {
        let mut numbers = self.numbers.borrow_mut();
        *numbers += 1;
        let page = format!("/{}/{}", *numbers, file.name);
        if behaviour == Behaviour::RefusesConnections {
            return format!("http://{}{page}", self.refusing);
        }
        self.pages
            .lock()
            .expect("nothing panics while it is held")
            .insert(page.clone(), (behaviour, Arc::clone(file)));
        format!("{}{page}", self.base_url)
    }
}

impl Behaviour {
    pub(super) fn parse(words: &str) -> Option<Self> {
        WORDS.iter().find(|(known, _)| *known == words).map(|(_, behaviour)| *behaviour)
    }
}

fn port_of(address: &str) -> Option<u16> {
    reqwest::Url::parse(address).ok()?.port_or_known_default()
}

async fn accept(listener: TcpListener, pages: Pages, asked: Arc<AtomicBool>, base_url: String) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        asked.store(true, Ordering::Relaxed);
        tokio::spawn(answer(stream, Arc::clone(&pages), base_url.clone()));
    }
}

/// One request a connection; whoever asks wrongly is cut off.
async fn answer(mut stream: TcpStream, pages: Pages, base_url: String) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if head.len() > 16 * 1024 || stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let (path, hop) = path.strip_prefix("/hop").map_or((path.as_str(), false), |rest| (rest, true));
    let page = pages.lock().expect("nothing panics while it is held").get(path).cloned();
    let Some((behaviour, file)) = page else {
        return reply(&mut stream, "404 Not Found", "Content-Type: text/plain", b"no such picture").await;
    };
    let type_line = format!("Content-Type: {}", file.media_type);
    match behaviour {
        Behaviour::RedirectsToIt if !hop => {
            reply(&mut stream, "302 Found", &format!("Location: {base_url}/hop{path}"), b"").await
        }
        Behaviour::RedirectsInCircles => {
            reply(&mut stream, "302 Found", &format!("Location: {base_url}{path}"), b"").await
        }
        Behaviour::Serves | Behaviour::RedirectsToIt => {
            reply(&mut stream, "200 OK", &type_line, &file.bytes).await
        }
        Behaviour::LiesAboutTheType => {
            reply(&mut stream, "200 OK", "Content-Type: text/html", &file.bytes).await
        }
        Behaviour::ServesAText => {
            reply(&mut stream, "200 OK", "Content-Type: text/html", b"<html>no picture here</html>").await
        }
        Behaviour::Answers404 | Behaviour::RefusesConnections => {
            reply(&mut stream, "404 Not Found", "Content-Type: text/plain", b"gone").await
        }
        Behaviour::Answers500 => {
            reply(&mut stream, "500 Internal Server Error", "Content-Type: text/plain", b"broken").await
        }
        Behaviour::CutsTheBody => {
            let head = format!(
                "HTTP/1.1 200 OK\r\n{type_line}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                file.bytes.len()
            );
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&file.bytes[..file.bytes.len() / 2]).await?;
            stream.shutdown().await
        }
        Behaviour::Stalls => {
            let mut rest = [0; 64];
            let _ = tokio::time::timeout(STALL, stream.read(&mut rest)).await;
            Ok(())
        }
    }
}

async fn reply(stream: &mut TcpStream, status: &str, header: &str, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}
