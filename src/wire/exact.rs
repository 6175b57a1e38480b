//! The HTTP/1.1 writer: every byte of a request, framed rightly or wrongly.
//!
//! An ordinary client refuses to send what a fuzzer must: a length that is not the body's, two of them, none. Here the
//! bytes are ours. Nothing is escaped or checked: what stands in the request is what is written.

use super::request::Request;

/// How a body is delimited on the wire. The default is right: one true `Content-Length`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Framing {
    /// What `Content-Length` says.
    pub length: Length,
    /// The body goes as `Transfer-Encoding: chunked` in chunks of so many bytes (at least 1). Then [`Length::True`]
    /// writes no length, for a chunked body has none; every other length stands beside it.
    pub chunked: Option<usize>,
    /// What `Host` says in place of the target's own.
    pub host: Option<String>,
}

/// What `Content-Length` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Length {
    /// The number of the body's bytes.
    #[default]
    True,
    /// This text.
    Says(String),
    /// The header is left out.
    Absent,
    /// The header stands there twice: first the true length, then this text.
    Twice(String),
}

impl Framing {
    /// Whether an ordinary client would frame it so.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::default()
    }
}

/// Writes a request whose header lines are all there already, in their order: nothing is added.
pub fn write_lines(request: &Request) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        head.extend([name.as_str(), ": ", value.as_str(), "\r\n"]);
    }
    head.push_str("\r\n");
    [head.as_bytes(), &request.body].concat()
}

/// All the bytes of a request. `host` is what `Host` says unless the framing knows better.
pub fn write_exact(request: &Request, framing: &Framing, host: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(request.body.len() + 512);
    let mut line = |text: &str| {
        bytes.extend_from_slice(text.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    };
    line(&format!("{} {} HTTP/1.1", request.method, request.target));
    line(&format!("Host: {}", framing.host.as_deref().unwrap_or(host)));
    for (name, value) in &request.headers {
        line(&format!("{name}: {value}"));
    }
    let length = request.body.len();
    match &framing.length {
        Length::True if framing.chunked.is_some() => {}
        Length::True => line(&format!("Content-Length: {length}")),
        Length::Says(text) => line(&format!("Content-Length: {text}")),
        Length::Absent => {}
        Length::Twice(text) => {
            line(&format!("Content-Length: {length}"));
            line(&format!("Content-Length: {text}"));
        }
    }
    if framing.chunked.is_some() {
        line("Transfer-Encoding: chunked");
    }
    line("");
    match framing.chunked {
        Some(size) => write_chunks(&mut bytes, &request.body, size.max(1)),
        None => bytes.extend_from_slice(&request.body),
    }
    bytes
}

fn write_chunks(bytes: &mut Vec<u8>, body: &[u8], size: usize) {
    for chunk in body.chunks(size) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request {
            method: "POST".into(),
            target: "/face/detect".into(),
            headers: vec![("Authorization".into(), "x".into())],
            body: b"abcde".to_vec(),
        }
    }

    fn written(framing: &Framing) -> String {
        String::from_utf8(write_exact(&request(), framing, "h:80")).unwrap()
    }

    const HEAD: &str = "POST /face/detect HTTP/1.1\r\nHost: h:80\r\nAuthorization: x\r\n";

    #[test]
    fn the_default_is_right() {
        assert_eq!(written(&Framing::default()), format!("{HEAD}Content-Length: 5\r\n\r\nabcde"));
    }

    #[test]
    fn lengths_lie_as_they_are_told() {
        let with = |length| written(&Framing { length, ..Framing::default() });
        assert_eq!(with(Length::Says("-1".into())), format!("{HEAD}Content-Length: -1\r\n\r\nabcde"));
        assert_eq!(with(Length::Absent), format!("{HEAD}\r\nabcde"));
        let twice = format!("{HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde");
        assert_eq!(with(Length::Twice("6".into())), twice);
    }

    #[test]
    fn chunks_have_no_length_of_their_own() {
        let framing = Framing { chunked: Some(3), ..Framing::default() };
        let chunks = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assert_eq!(written(&framing), format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{chunks}"));
        let both = Framing { length: Length::Says("9".into()), ..framing };
        assert!(written(&both).contains("Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }
}
