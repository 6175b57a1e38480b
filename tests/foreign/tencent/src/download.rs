//! Fetching a picture by its url, over plain HTTP and within limits.

use crate::code::Code;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::Uri;
use hyper::client::conn::http1;
use hyper::header::{HOST, LOCATION, USER_AGENT};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The largest picture that is fetched, in bytes.
const LARGEST: usize = 4 << 20;
/// The time for everything.
const PATIENCE: Duration = Duration::from_secs(4);
/// How many redirections are followed.
const REDIRECTIONS: usize = 2;

/// Fetches a picture.
///
/// A malformed url is answered -1505, an origin that cannot be reached -1507, an answer other than 2xx -1403, and a
/// transfer that breaks, lasts too long or is too large -1308.
pub(crate) async fn fetch(url: &str) -> Result<Vec<u8>, Code> {
    timeout(PATIENCE, follow(url)).await.unwrap_or(Err(Code::DOWNLOAD))
}

async fn follow(url: &str) -> Result<Vec<u8>, Code> {
    let mut place = parse(url)?;
    for _ in 0..=REDIRECTIONS {
        match get(&place).await? {
            Ok(bytes) => return Ok(bytes),
            Err(next) => place = parse(&next).map_err(|_| Code::NOT_FETCHED)?,
        }
    }
    Err(Code::NOT_FETCHED)
}

fn parse(url: &str) -> Result<Uri, Code> {
    let uri: Uri = url.split('#').next().unwrap_or_default().parse().map_err(|_| Code::BAD_URL)?;
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        Some("http" | "https") if !host.is_empty() => Ok(uri),
        _ => Err(Code::BAD_URL),
    }
}

/// One request: the bytes, or where to ask instead.
async fn get(place: &Uri) -> Result<Result<Vec<u8>, String>, Code> {
    if place.scheme_str() == Some("https") {
        return Err(Code::NO_ORIGIN); // no TLS is spoken here
    }
    let host = place.host().unwrap_or_default().trim_matches(['[', ']']);
    let stream =
        TcpStream::connect((host, place.port_u16().unwrap_or(80))).await.map_err(|_| Code::NO_ORIGIN)?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| Code::NO_ORIGIN)?;
    let driver = tokio::spawn(connection);
    let request = hyper::Request::get(place.path_and_query().map_or("/", |path| path.as_str()))
        .header(HOST, place.authority().map_or(host, |authority| authority.as_str()))
        .header(USER_AGENT, "picture-fetcher/3")
        .body(Empty::<Bytes>::new())
        .map_err(|_| Code::BAD_URL)?;
    let response = sender.send_request(request).await.map_err(|_| Code::DOWNLOAD)?;
    if response.status().is_redirection() {
        let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        return next.map(|next| Err(next.to_owned())).ok_or(Code::NOT_FETCHED);
    }
    if !response.status().is_success() {
        return Err(Code::NOT_FETCHED);
    }
    let body = Limited::new(response.into_body(), LARGEST).collect().await.map_err(|_| Code::DOWNLOAD)?;
    driver.abort();
    Ok(Ok(body.to_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::{Code, fetch};

    #[tokio::test]
    async fn urls_that_lead_nowhere() {
        for url in ["not a url", "htp:/x", "ftp://127.0.0.1/a.jpg", "http://", "/a.jpg"] {
            assert_eq!(fetch(url).await, Err(Code::BAD_URL), "{url}");
        }
        let closed =
            std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
        assert_eq!(fetch(&format!("http://{closed}/a.jpg")).await, Err(Code::NO_ORIGIN));
    }
}
