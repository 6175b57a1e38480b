//! Where connections go: host and port, with or without TLS.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::proxy::Proxy;
use crate::run::client::SendError;
use crate::run::route::{self, Route};

/// Host, port and TLS of a target.
#[derive(Clone)]
pub(super) struct Endpoint {
    host: String,
    port: u16,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    proxy: Option<Proxy>,
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
    pub(super) fn of(base_url: &str, route: &Route) -> Result<Self, SendError> {
        let unsendable =
            |why: String| SendError::Unsendable(format!("the target's address {base_url}: {why}"));
        let url = reqwest::Url::parse(base_url).map_err(|error| unsendable(error.to_string()))?;
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(unsendable("names no host".to_owned()));
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls = match url.scheme() {
            "https" => {
                let config = route.tls().map_err(|error| unsendable(error.to_string()))?;
                let name =
                    ServerName::try_from(host.clone()).map_err(|error| unsendable(error.to_string()))?;
                Some((TlsConnector::from(Arc::new(config)), name))
            }
            _ => None,
        };
        let proxy = route.proxy.as_deref().map(Proxy::of).transpose().map_err(unsendable)?;
        Ok(Self { host, port, tls, proxy })
    }

    #[cfg(test)]
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    pub(super) async fn connect(&self) -> Result<Stream, SendError> {
        let refused = |error: std::io::Error| SendError::Connect(error.to_string());
        let encrypted =
            |error: std::io::Error| route::trouble(&error).map_or_else(|| refused(error), SendError::Connect);
        let tcp = match &self.proxy {
            Some(proxy) => proxy.connect(&self.host, self.port).await?,
            None => TcpStream::connect((self.host.as_str(), self.port)).await.map_err(refused)?,
        };
        let _ = tcp.set_nodelay(true); // a question of speed only
        Ok(Stream(match &self.tls {
            Some((connector, name)) => {
                Box::new(connector.connect(name.clone(), tcp).await.map_err(encrypted)?)
            }
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
