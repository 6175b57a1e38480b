//! Downloads a picture from an http URL, within limits of time, size and redirections.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, Uri, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};

/// The longest that a download may take.
const PATIENCE: Duration = Duration::from_secs(6);
/// The largest file.
const LARGEST: usize = 8 * 1024 * 1024;
/// How many redirections are followed.
const HOPS: usize = 3;

/// A picture could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The bytes behind a link. A page in place of a picture is no picture.
pub async fn get(link: &str) -> Result<Vec<u8>, Unavailable> {
    timeout(PATIENCE, follow(link)).await.map_err(|_| Unavailable)?
}

async fn follow(link: &str) -> Result<Vec<u8>, Unavailable> {
    let mut link = link.trim().to_owned();
    for _ in 0..=HOPS {
        let uri: Uri = link.parse().map_err(|_| Unavailable)?;
        let (Some("http"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(Unavailable);
        };
        let stream = TcpStream::connect((
            authority.host().trim_matches(['[', ']']),
            authority.port_u16().unwrap_or(80),
        ));
        let stream = stream.await.map_err(|_| Unavailable)?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| Unavailable)?;
        tokio::spawn(connection);
        let request = Request::get(uri.path_and_query().map_or("/", |path| path.as_str()))
            .header(header::HOST, authority.as_str())
            .header(header::USER_AGENT, "picture-fetch/3")
            .header(header::CONNECTION, "close")
            .body(Empty::<Bytes>::new())
            .map_err(|_| Unavailable)?;
        let response = sender.send_request(request).await.map_err(|_| Unavailable)?;
        let head =
            |name: header::HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        if response.status().is_redirection() {
            let next = head(header::LOCATION).ok_or(Unavailable)?;
            link = if next.starts_with('/') { format!("http://{authority}{next}") } else { next.to_owned() };
            continue;
        }
        if !response.status().is_success()
            || head(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/"))
        {
            return Err(Unavailable);
        }
        let body = Limited::new(response.into_body(), LARGEST).collect().await.map_err(|_| Unavailable)?;
        return Ok(body.to_bytes().to_vec());
    }
    Err(Unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn other_schemes_and_closed_ports_fail() {
        assert_eq!(get("ftp://127.0.0.1/a").await, Err(Unavailable));
        assert_eq!(get("no link").await, Err(Unavailable));
        assert_eq!(get("http://127.0.0.1:1/a").await, Err(Unavailable));
    }
}
