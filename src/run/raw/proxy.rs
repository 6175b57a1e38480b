//! Connections through an HTTP proxy: a tunnel, so that the bytes arrive as they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::run::client::SendError;

/// Bytes of the longest answer that is read of a proxy.
const LONGEST: usize = 16 << 10;

/// An HTTP proxy.
#[derive(Debug, Clone)]
pub(super) struct Proxy {
    host: String,
    port: u16,
    /// The value of `Proxy-Authorization`.
    authorization: Option<String>,
}

impl Proxy {
    /// Reads `http://user:password@host:port`.
    pub(super) fn of(address: &str) -> Result<Self, String> {
        let url = reqwest::Url::parse(address).map_err(|error| format!("the proxy's address: {error}"))?;
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err("the proxy's address names no host".to_owned());
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let password = url.password().unwrap_or_default();
        let authorization = (!url.username().is_empty()).then(|| {
            format!("Basic {}", STANDARD.encode(format!("{}:{}", decoded(url.username()), decoded(password))))
        });
        Ok(Self { host: host.trim_matches(['[', ']']).to_owned(), port, authorization })
    }

    /// A connection to the host that the proxy passes on.
    pub(super) async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, SendError> {
        let refused =
            |why: String| SendError::Connect(format!("the proxy {}:{}: {why}", self.host, self.port));
        let failed = |error: std::io::Error| refused(error.to_string());
        let mut stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(failed)?;
        let name = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        let authorization =
            self.authorization.as_ref().map(|value| format!("Proxy-Authorization: {value}\r\n"));
        let authorization = authorization.unwrap_or_default();
        let asked = format!("CONNECT {name} HTTP/1.1\r\nHost: {name}\r\n{authorization}\r\n");
        stream.write_all(asked.as_bytes()).await.map_err(failed)?;
        let mut head = Vec::new();
        // Byte by byte: what follows the head is the target's.
        while !head.ends_with(b"\r\n\r\n") {
            if head.len() == LONGEST {
                return Err(refused("its answer has no end".to_owned()));
            }
            head.push(stream.read_u8().await.map_err(failed)?);
        }
        let line = String::from_utf8_lossy(&head);
        let status = line.split(' ').nth(1).unwrap_or_default();
        if status.len() == 3 && status.starts_with('2') {
            return Ok(stream);
        }
        Err(refused(format!("it passes nothing on to {name}: {}", line.lines().next().unwrap_or_default())))
    }
}
