//! An HTTP/1.1 answer read from a stream that may say anything.
//!
//! The head is parsed by `httparse`; framing is by RFC 9112 §6. What is wrong with an answer is an error in words, what
//! is merely odd is taken.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::run::client::BODY_LIMIT;
use crate::wire::Reply;

/// Bytes of a head that are read.
const HEAD_LIMIT: usize = 64 << 10;

/// Header lines of a head that are read.
const MOST_HEADERS: usize = 128;

/// Interim answers (1xx) before the answer.
const MOST_INTERIM: usize = 16;

/// An answer, and whether the connection can be used again.
#[derive(Debug, Default)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) keeps_alive: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplyError {
    #[error("{0}")]
    Io(io::Error),
    #[error("what came is no HTTP/1.1: {0}")]
    NoHttp(String),
    #[error("the body is too long")]
    Endless,
}

/// Why there is no answer, and whether the line was closed before a single byte.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) error: ReplyError,
    pub(super) nothing_came: bool,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Bytes(usize),
    Chunked,
    UntilClose,
}

/// Reads one answer; what was read beyond it stays in the buffer.
pub(super) async fn read_reply(
    from: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
    to_head: bool,
) -> Result<Received, Unread> {
    let mut incoming = Incoming { from, buffer };
    let received = incoming.reply(to_head).await;
    received.map_err(|error| Unread { error, nothing_came: incoming.buffer.is_empty() })
}

struct Incoming<'a, R> {
    from: &'a mut R,
    buffer: &'a mut Vec<u8>,
}

impl<R: AsyncRead + Unpin> Incoming<'_, R> {
    async fn reply(&mut self, to_head: bool) -> Result<Received, ReplyError> {
        for _ in 0..=MOST_INTERIM {
            let (mut received, length) = self.head().await?;
            match received.status {
                100..=199 if received.status != 101 => continue,
                101 | 204 | 304 => {}
                _ if to_head => {}
                _ => {
                    received.keeps_alive &= length != Length::UntilClose;
                    received.body = self.body(length).await?;
                }
            }
            received.keeps_alive &= received.status != 101;
            return Ok(received);
        }
        Err(ReplyError::NoHttp(format!("more than {MOST_INTERIM} interim answers")))
    }

    async fn head(&mut self) -> Result<(Received, Length), ReplyError> {
        let mut seen = 0;
        loop {
            // Parsing begins anew when more has come, so only where the head can be complete.
            if has_end(self.buffer, seen) || self.buffer.len() > HEAD_LIMIT || is_odd(self.buffer) {
                if let Some((size, received, length)) = parse(self.buffer)? {
                    self.buffer.drain(..size);
                    return Ok((received, length));
                }
                if self.buffer.len() > HEAD_LIMIT {
                    return Err(ReplyError::NoHttp(format!("a head of more than {HEAD_LIMIT} bytes")));
                }
            }
            seen = self.buffer.len();
            if !self.more().await? {
                let words = match self.buffer.is_empty() {
                    true => "the connection was closed without an answer",
                    false => "the connection was closed within the head",
                };
                return Err(ReplyError::Io(io::Error::new(io::ErrorKind::UnexpectedEof, words)));
            }
        }
    }

    async fn body(&mut self, length: Length) -> Result<Vec<u8>, ReplyError> {
        match length {
            Length::Bytes(bytes) if bytes > BODY_LIMIT => Err(ReplyError::Endless),
            Length::Bytes(bytes) => self.take(bytes).await,
            Length::Chunked => self.chunks().await,
            Length::UntilClose => {
                while self.more().await? {
                    if self.buffer.len() > BODY_LIMIT {
                        return Err(ReplyError::Endless);
                    }
                }
                Ok(std::mem::take(self.buffer))
            }
        }
    }

    async fn chunks(&mut self) -> Result<Vec<u8>, ReplyError> {
        let mut body = Vec::new();
        loop {
            let line = self.line().await?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(digits, 16)
                .map_err(|_| ReplyError::NoHttp(format!("a chunk of size «{}»", digits.escape_debug())))?;
            if size == 0 {
                while !self.line().await?.is_empty() {} // the trailer
                return Ok(body);
            }
            if size > BODY_LIMIT || body.len() + size > BODY_LIMIT {
                return Err(ReplyError::Endless);
            }
            body.extend(self.take(size).await?);
            while self.buffer.is_empty() {
                if !self.more().await? {
                    return Err(cut());
                }
            }
            if !self.buffer.starts_with(b"\r") && !self.buffer.starts_with(b"\n") {
                return Err(ReplyError::NoHttp("a chunk that is longer than it says".to_owned()));
            }
            self.line().await?;
        }
    }

    /// One line without its end.
    async fn line(&mut self) -> Result<String, ReplyError> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', self.buffer) {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(ReplyError::NoHttp(format!("a line of more than {HEAD_LIMIT} bytes")));
            }
            if !self.more().await? {
                return Err(cut());
            }
        }
    }

    async fn take(&mut self, bytes: usize) -> Result<Vec<u8>, ReplyError> {
        while self.buffer.len() < bytes {
            if !self.more().await? {
                return Err(cut());
            }
        }
        let rest = self.buffer.split_off(bytes);
        Ok(std::mem::replace(self.buffer, rest))
    }

    /// Reads what is there; false at the end of the stream.
    async fn more(&mut self) -> Result<bool, ReplyError> {
        self.from.read_buf(self.buffer).await.map(|count| count > 0).map_err(ReplyError::Io)
    }
}

fn cut() -> ReplyError {
    ReplyError::Io(io::Error::new(io::ErrorKind::UnexpectedEof, "the connection was closed within the body"))
}

/// Whether an empty line has come since so many bytes were seen.
fn has_end(buffer: &[u8], seen: usize) -> bool {
    let fresh = &buffer[seen.saturating_sub(3)..];
    memchr::memmem::find(fresh, b"\n\r\n").is_some() || memchr::memmem::find(fresh, b"\n\n").is_some()
}

/// Whether it cannot become an answer: told at once, not when the time is over.
fn is_odd(buffer: &[u8]) -> bool {
    let begins = b"HTTP/1.";
    !buffer.is_empty() && buffer.iter().zip(begins).any(|(one, other)| one != other)
}

fn parse(buffer: &[u8]) -> Result<Option<(usize, Received, Length)>, ReplyError> {
    let no_http = |why: String| ReplyError::NoHttp(why);
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let size = match response.parse(buffer) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => {
            let start = String::from_utf8_lossy(&buffer[..buffer.len().min(40)]).escape_debug().to_string();
            return Err(no_http(format!("{error} in «{start}»")));
        }
    };
    let text = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).into_owned())
    };
    let closes = |word: &str| {
        text("connection")
            .is_some_and(|value| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word)))
    };
    let old = response.version == Some(0);
    let lines = response.headers.iter().map(|header| (header.name, header.value));
    let headers = Reply::kept_headers(lines);
    let received = Received {
        status: response.code.unwrap_or_default(),
        content_type: text("content-type"),
        headers,
        body: Vec::new(),
        keeps_alive: !closes("close") && (!old || closes("keep-alive")),
    };
    Ok(Some((size, received, length(response.headers)?)))
}

fn length(headers: &[httparse::Header<'_>]) -> Result<Length, ReplyError> {
    let values = |name: &'static str| {
        headers
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(name))
            .map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    if let Some(coding) = values("transfer-encoding").next_back() {
        let last = coding.rsplit(',').next().unwrap_or_default().trim().to_ascii_lowercase();
        return match last.as_str() {
            "chunked" => Ok(Length::Chunked),
            _ => Err(ReplyError::NoHttp(format!("a transfer coding «{}»", coding.escape_debug()))),
        };
    }
    let mut lengths: Vec<_> = values("content-length").collect();
    lengths.dedup();
    match lengths.as_slice() {
        [] => Ok(Length::UntilClose),
        [one] if !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Length::Bytes(one.parse().unwrap_or(usize::MAX)))
        }
        other => Err(ReplyError::NoHttp(format!("a length of «{}»", other.join(", ").escape_debug()))),
    }
}
