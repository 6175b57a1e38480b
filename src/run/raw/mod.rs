//! The raw sender: bytes as they are, over HTTP/1.1 connections that are kept alive where that is safe.
//!
//! For what an ordinary client refuses to send, and for sending again exactly what was sent. It knows nothing of what
//! the bytes mean. Start with [`RawClient::send`].

mod endpoint;
mod proxy;
mod reply;

use std::borrow::Cow;
use std::io;
use std::time::{Duration, Instant};

use memchr::memmem;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use self::endpoint::{Endpoint, Stream};
use self::reply::{Received, read_reply};
use super::client::SendError;
use super::redact::{Secrets, sealed_in};
use super::target::Target;
use crate::wire::Reply;

/// Sends bytes to one target, one request at a time. Cloned, it has a connection of its own.
pub struct RawClient {
    endpoint: Endpoint,
    /// Header lines that every request carries besides its own, as they are sent.
    headers: std::sync::Arc<[u8]>,
    secrets: std::sync::Arc<Secrets>,
    kept: Option<Connection>,
}

/// What becomes of the connection after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The bytes are exactly one request: the connection is used again.
    Whole,
    /// Where the request ends may be read in several ways: the connection is its own, and is closed after the answer.
    Odd,
    /// More is announced than comes: the connection is its own, and closed for writing, so that nobody waits.
    Short,
}

struct Connection {
    stream: Stream,
    /// What was read and belongs to no answer yet.
    buffer: Vec<u8>,
}

impl Clone for RawClient {
    fn clone(&self) -> Self {
        Self {
            endpoint: self.endpoint.clone(),
            headers: self.headers.clone(),
            secrets: self.secrets.clone(),
            kept: None,
        }
    }
}

impl std::fmt::Debug for RawClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawClient").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl RawClient {
    /// A sender for this target, `http` or `https`.
    pub fn new(target: &Target) -> Result<Self, SendError> {
        let secrets = std::sync::Arc::new(Secrets::of(target));
        let lines = target.route.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers = lines.collect::<String>().into_bytes().into();
        Ok(Self { endpoint: Endpoint::of(&target.base_url, &target.route)?, headers, secrets, kept: None })
    }

    /// Sends the bytes and reads the whole answer, within the time. Secrets that come back with it are taken out.
    pub async fn send(&mut self, bytes: &[u8], ending: Ending, within: Duration) -> Result<Reply, SendError> {
        let begun = Instant::now();
        let exchange = self.exchange(bytes, ending);
        let received =
            tokio::time::timeout(within, exchange).await.unwrap_or(Err(SendError::TimedOut(within)))?;
        let reply = Reply {
            status: received.status,
            content_type: received.content_type,
            headers: received.headers,
            body: received.body,
            took: begun.elapsed(),
        };
        Ok(self.secrets.redact(reply, sealed_in(bytes).iter().map(String::as_str)))
    }

    /// The bytes with the header lines of the route behind the first line.
    fn routed<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        match memmem::find(bytes, b"\r\n") {
            Some(end) if !self.headers.is_empty() => {
                let (first, rest) = bytes.split_at(end + 2);
                Cow::Owned([first, &self.headers, rest].concat())
            }
            _ => Cow::Borrowed(bytes),
        }
    }

    async fn exchange(&mut self, bytes: &[u8], ending: Ending) -> Result<Received, SendError> {
        let bytes = &*self.routed(bytes);
        // Whatever ends this early leaves no connection behind.
        if let Some(mut connection) = self.kept.take().filter(|_| ending == Ending::Whole) {
            match connection.ask(bytes, ending).await {
                Ok(received) => return Ok(self.keep(connection, received, ending)),
                // The target closed it while nothing was under way: that says nothing about this request.
                Err(failure) if failure.nothing_came && failure.is_closed() => {}
                Err(failure) => return Err(failure.into()),
            }
        }
        let stream = self.endpoint.connect().await?;
        let mut connection = Connection { stream, buffer: Vec::new() };
        let received = connection.ask(bytes, ending).await?;
        Ok(self.keep(connection, received, ending))
    }

    fn keep(&mut self, connection: Connection, received: Received, ending: Ending) -> Received {
        // Bytes after the answer belong to nothing that was asked.
        if ending == Ending::Whole && received.keeps_alive && connection.buffer.is_empty() {
            self.kept = Some(connection);
        }
        received
    }
}

/// Why an exchange failed.
#[derive(Debug)]
struct Failure {
    why: SendError,
    kind: Option<io::ErrorKind>,
    nothing_came: bool,
}

impl Failure {
    fn is_closed(&self) -> bool {
        use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
        matches!(
            self.kind,
            Some(BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof)
        )
    }
}

impl From<Failure> for SendError {
    fn from(failure: Failure) -> Self {
        failure.why
    }
}

impl Connection {
    /// Writes and reads at the same time: a target may answer, and stop reading, before it has had everything.
    async fn ask(&mut self, bytes: &[u8], ending: Ending) -> Result<Received, Failure> {
        let to_head = bytes.starts_with(b"HEAD ");
        let (mut from, mut to) = tokio::io::split(&mut self.stream);
        let writing = write(&mut to, bytes, ending);
        let reading = read_reply(&mut from, &mut self.buffer, to_head);
        tokio::pin!(writing, reading);
        tokio::select! {
            biased;
            written = &mut writing => {
                let read = reading.await;
                // A cut line is told by what cut it.
                read.map_err(|error| Failure::of(written.err().unwrap_or(error.error), error.nothing_came))
            }
            read = &mut reading => {
                let received = read.map_err(|error| Failure::of(error.error, error.nothing_came))?;
                Ok(Received { keeps_alive: false, ..received }) // part of the request is still in our hands
            }
        }
    }
}

async fn write(
    to: &mut (impl AsyncWrite + Unpin),
    bytes: &[u8],
    ending: Ending,
) -> Result<(), reply::ReplyError> {
    let written = async {
        to.write_all(bytes).await?;
        to.flush().await?;
        if ending == Ending::Short { to.shutdown().await } else { Ok(()) }
    };
    written.await.map_err(reply::ReplyError::Io)
}

impl Failure {
    fn of(error: reply::ReplyError, nothing_came: bool) -> Self {
        let kind = match &error {
            reply::ReplyError::Io(error) => Some(error.kind()),
            _ => None,
        };
        let why = match error {
            reply::ReplyError::Endless => SendError::Endless,
            other => SendError::Broken(other.to_string()),
        };
        Self { why, kind, nothing_came }
    }
}

#[cfg(test)]
mod tests;
