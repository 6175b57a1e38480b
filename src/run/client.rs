//! The HTTP client: one for the whole run.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};

use super::fresh::{NotingLayer, noting};
use super::redact::{Secrets, sealed_of};
use super::route;
use super::target::Target;
use crate::wire::{Reply, Request};

/// Bytes of a body that are read; a target that sends more is endless to us.
pub(super) const BODY_LIMIT: usize = 8 << 20;

/// Sends requests to one target.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    /// Header lines that every request carries besides its own.
    headers: Vec<(HeaderName, HeaderValue)>,
    secrets: Arc<Secrets>,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nobody listens there.
    #[error("no connection: {0}")]
    Connect(String),
    /// The whole answer did not come in time.
    #[error("no complete answer within {0:?}")]
    TimedOut(Duration),
    /// The connection broke, or what came was no HTTP.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// The body is longer than anything the dialects answer.
    #[error("a body of more than {BODY_LIMIT} bytes")]
    Endless,
    /// The request itself cannot be sent by this client.
    #[error("the request cannot be sent: {0}")]
    Unsendable(String),
}

impl Client {
    /// A client for this target: HTTP/1.1, keep-alive, no redirects, no proxies, no decompression.
    pub fn new(target: &Target) -> Result<Self, SendError> {
        // A second installation fails and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let unsendable = |error: &dyn std::error::Error| SendError::Unsendable(chain(error));
        let builder = reqwest::Client::builder()
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .connector_layer(NotingLayer)
            .tcp_nodelay(true);
        let builder = match &target.route.proxy {
            Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy).map_err(|error| unsendable(&error))?),
            None => builder.no_proxy(),
        };
        let builder = if target.base_url.starts_with("https:") {
            builder.tls_backend_preconfigured(target.route.tls().map_err(|error| unsendable(&error))?)
        } else {
            builder.tls_certs_only([]) // reading the system's certificates costs milliseconds
        };
        let http = builder.build().map_err(|error| unsendable(&error))?;
        let base_url = target.base_url.trim_end_matches('/').to_owned();
        let headers =
            target.route.headers.iter().map(|(name, value)| line(name, value)).collect::<Result<_, _>>()?;
        Ok(Self { http, base_url, headers, secrets: Arc::new(Secrets::of(target)) })
    }

    /// Sends one request and reads the whole answer, within the time. Secrets that come back with it are taken out.
    pub async fn send(&self, request: &Request, within: Duration) -> Result<Reply, SendError> {
        let begun = Instant::now();
        let exchange = self.exchange(request, begun);
        let reply =
            tokio::time::timeout(within, exchange).await.unwrap_or(Err(SendError::TimedOut(within)))?;
        Ok(self.secrets.redact(reply, sealed_of(request).iter().map(String::as_str)))
    }

    /// A text of ours without the secrets of the target's accounts.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        self.secrets.cut_from(text)
    }

    /// The request as it goes over the wire: every header line, in its order, the target's address and the body's length too.
    pub(super) fn on_wire(&self, request: &Request) -> Result<Request, SendError> {
        let built = self.build(request)?;
        let url = built.url();
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
        for (name, value) in built.headers() {
            put(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        let has = |name: &str| built.headers().contains_key(name);
        if !has("accept") {
            put("accept", "*/*");
        }
        if !has("host") {
            let host = url.host_str().unwrap_or_default();
            put("host", &url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")));
        }
        let bodiless =
            matches!(request.method.as_str(), "GET" | "HEAD" | "CONNECT") && request.body.is_empty();
        if !has("content-length") && !bodiless {
            put("content-length", &request.body.len().to_string());
        }
        let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
        let target = format!("{}{query}", url.path());
        Ok(Request { method: request.method.clone(), target, headers, body: request.body.clone() })
    }

    async fn exchange(&self, request: &Request, begun: Instant) -> Result<Reply, SendError> {
        let mut response = self.begin(request).await?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let content_type = response.headers().get("content-type").map(text);
        let lines = response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let headers = Reply::kept_headers(lines);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| sort(&error))? {
            if body.len() + chunk.len() > BODY_LIMIT {
                return Err(SendError::Endless);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, content_type, headers, body, took: begun.elapsed() })
    }

    /// Sends the request. A kept connection that the target closed while nothing was under way says nothing about it.
    async fn begin(&self, request: &Request) -> Result<reqwest::Response, SendError> {
        loop {
            let mut built = self.build(request)?;
            built.headers_mut().extend(self.headers.iter().cloned());
            let (answer, is_fresh) = noting(self.http.execute(built)).await;
            match answer {
                Err(error) if !is_fresh && is_closed(&error) => {}
                answer => return answer.map_err(|error| sort(&error)),
            }
        }
    }

    fn build(&self, request: &Request) -> Result<reqwest::Request, SendError> {
        let unsendable = |what: &str| SendError::Unsendable(what.to_owned());
        let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| unsendable("its method"))?;
        let url = format!("{}{}", self.base_url, request.target);
        let url =
            reqwest::Url::parse(&url).map_err(|error| unsendable(&format!("its address {url}: {error}")))?;
        let mut built = reqwest::Request::new(method, url);
        for (name, value) in &request.headers {
            let (name, value) = line(name, value)?;
            built.headers_mut().append(name, value);
        }
        *built.body_mut() = Some(request.body.clone().into());
        Ok(built)
    }
}

fn line(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), SendError> {
    let unsendable = || SendError::Unsendable(format!("header {name}"));
    let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable())?;
    Ok((known, HeaderValue::from_bytes(value.as_bytes()).map_err(|_| unsendable())?))
}

fn sort(error: &reqwest::Error) -> SendError {
    match route::trouble(error) {
        Some(trouble) => SendError::Connect(trouble),
        None if error.is_connect() => SendError::Connect(chain(error)),
        None => SendError::Broken(chain(error)),
    }
}

/// Whether the connection ended before there was an answer.
fn is_closed(error: &reqwest::Error) -> bool {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.filter_map(|cause| cause.downcast_ref::<hyper::Error>()).any(hyper::Error::is_incomplete_message)
}

/// The innermost causes say what happened; the outer ones repeat the address.
fn chain(error: &dyn std::error::Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.pop().unwrap_or_else(|| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// A client of a target that answers so many requests on each connection, and closes it when the next one has come.
    async fn client(answers: usize) -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, answers));
            }
        });
        let target = Target {
            name: "t".into(),
            base_url,
            accounts: BTreeMap::new(),
            capabilities: BTreeSet::new(),
            assumed: BTreeSet::new(),
            operations: None,
            without: BTreeSet::new(),
            limits: BTreeMap::new(),
            origin: None,
            route: route::Route::default(),
        };
        Client::new(&target).unwrap()
    }

    async fn answer(mut stream: TcpStream, mut left: usize) {
        let mut head = Vec::new();
        while let Ok(byte) = stream.read_u8().await {
            head.push(byte);
            if head.ends_with(b"\r\n\r\n") {
                if left == 0 {
                    return;
                }
                left -= 1;
                head.clear();
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await.unwrap();
            }
        }
    }

    async fn send(client: &Client) -> Result<u16, SendError> {
        let (method, target) = ("GET".to_owned(), "/".to_owned());
        let request = Request { method, target, headers: Vec::new(), body: Vec::new() };
        client.send(&request, Duration::from_secs(60)).await.map(|reply| reply.status)
    }

    #[tokio::test]
    async fn a_kept_connection_that_the_target_closed_says_nothing_about_the_request() {
        let client = client(1).await;
        for _ in 0..4 {
            assert_eq!(send(&client).await, Ok(200));
        }
    }

    #[tokio::test]
    async fn a_target_that_closes_what_was_begun_for_the_request_gives_no_answer() {
        let client = client(0).await;
        assert!(matches!(send(&client).await, Err(SendError::Broken(_))));
    }
}
