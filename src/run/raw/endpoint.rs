//! Where connections go: host and port, with or without TLS.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::ConfigVerifierExt as _;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::run::client::SendError;

/// Host, port and TLS of a target.
#[derive(Clone)]
pub(super) struct Endpoint {
    host: String,
    port: u16,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

/// What a stream of ours can do.
trait Transport: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Transport for T {}

/// A connection, whatever it is made of.
pub(super) struct Stream(Box<dyn Transport>);

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl Endpoint {
    /// Reads `http://host:port` or `https://host:port`.
    pub(super) fn of(base_url: &str) -> Result<Self, SendError> {
        let unsendable =
            |why: String| SendError::Unsendable(format!("the target's address {base_url}: {why}"));
        let url = reqwest::Url::parse(base_url).map_err(|error| unsendable(error.to_string()))?;
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(unsendable("names no host".to_owned()));
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls = match url.scheme() {
            "https" => {
                // A second installation fails and changes nothing.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let mut config =
                    ClientConfig::with_platform_verifier().map_err(|error| unsendable(error.to_string()))?;
                config.alpn_protocols = vec![b"http/1.1".to_vec()];
                let name =
                    ServerName::try_from(host.clone()).map_err(|error| unsendable(error.to_string()))?;
                Some((TlsConnector::from(Arc::new(config)), name))
            }
            _ => None,
        };
        Ok(Self { host, port, tls })
    }

    #[cfg(test)]
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    pub(super) async fn connect(&self) -> Result<Stream, SendError> {
        let refused = |error: std::io::Error| SendError::Connect(error.to_string());
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(refused)?;
        let _ = tcp.set_nodelay(true); // a question of speed only
        Ok(Stream(match &self.tls {
            Some((connector, name)) => Box::new(connector.connect(name.clone(), tcp).await.map_err(refused)?),
            None => Box::new(tcp),
        }))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(context, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(context)
    }
}
