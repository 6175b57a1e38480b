//! Pictures by URL, asked for by somebody who may mean harm.
//!
//! Only `http` and `https`; every hop of a redirect is judged again; a name is resolved here and the connection goes
//! to the very address that was judged, so a name that changes its mind in between gains nothing. Knows nothing of
//! dialects and galleries. Start with [`Fetcher::fetch`].

mod address;
mod magic;
mod resolve;

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, header};
use url::{Host, Url};

use resolve::PublicOnly;

/// Bounds of fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchLimits {
    /// The time to resolve the name and connect.
    pub connect: Duration,
    /// The time for one picture from first to last, redirects included.
    pub total: Duration,
    /// The greatest size in bytes.
    pub most_bytes: u64,
    /// The most redirects followed.
    pub most_redirects: usize,
}

/// Why no picture came.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address, or one of a scheme that is not fetched.
    #[error("not an http or https address")]
    Address,
    /// The address points to a machine inside, which is not allowed.
    #[error("the address is not public")]
    Private,
    /// No connection, or no such name.
    #[error("no connection: {0}")]
    Connect(#[source] reqwest::Error),
    /// Another status than success.
    #[error("the picture server answered {0}")]
    Status(u16),
    /// More redirects than are followed, or one that leads nowhere.
    #[error("the redirect cannot be followed")]
    Redirect,
    /// The answer stopped, was cut off or came too slowly.
    #[error("the answer broke off: {0}")]
    Broken(#[source] reqwest::Error),
    /// The time was over before the picture was whole.
    #[error("the answer took too long")]
    Slow,
    /// More bytes than allowed.
    #[error("the picture is larger than {0} bytes")]
    TooLarge(u64),
    /// The bytes are not those of a picture.
    #[error("what came is not a picture")]
    NotAPicture,
    /// The fetcher itself could not be set up.
    #[error("the client cannot be built: {0}")]
    Setup(#[source] reqwest::Error),
}

/// Fetches pictures.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    limits: FetchLimits,
    allow_private: bool,
}

impl Fetcher {
    /// A fetcher within these bounds; `allow_private` lets it reach loopback and private networks.
    pub fn new(limits: FetchLimits, allow_private: bool) -> Result<Self, FetchError> {
        // Another part of the process may have installed a provider already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(limits.connect)
            .pool_max_idle_per_host(0)
            .user_agent(concat!("lianpu/", env!("CARGO_PKG_VERSION")));
        if !allow_private {
            builder = builder.dns_resolver(Arc::new(PublicOnly));
        }
        let client = builder.build().map_err(FetchError::Setup)?;
        Ok(Self { client, limits, allow_private })
    }

    /// The bytes of the picture at an address.
    pub async fn fetch(&self, address: &str) -> Result<Bytes, FetchError> {
        let url = Url::parse(address.trim()).map_err(|_| FetchError::Address)?;
        tokio::time::timeout(self.limits.total, self.follow(url)).await.unwrap_or(Err(FetchError::Slow))
    }

    async fn follow(&self, mut url: Url) -> Result<Bytes, FetchError> {
        for _ in 0..=self.limits.most_redirects {
            self.judge(&url)?;
            let response = self.client.get(url.clone()).send().await.map_err(sending)?;
            let status = response.status();
            if status.is_redirection() {
                url = target(&url, &response).ok_or(FetchError::Redirect)?;
            } else if status.is_success() {
                return self.read(response).await;
            } else {
                return Err(FetchError::Status(status.as_u16()));
            }
        }
        Err(FetchError::Redirect)
    }

    /// Refuses what must not be asked for at all. Names are judged when they are resolved.
    fn judge(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Address);
        }
        let public = match url.host() {
            None => return Err(FetchError::Address),
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(ip)) => address::is_public(ip.into()),
            Some(Host::Ipv6(ip)) => address::is_public(ip.into()),
        };
        if public || self.allow_private { Ok(()) } else { Err(FetchError::Private) }
    }

    async fn read(&self, mut response: Response) -> Result<Bytes, FetchError> {
        let most = self.limits.most_bytes;
        if response.content_length().is_some_and(|length| length > most) {
            return Err(FetchError::TooLarge(most));
        }
        let mut picture = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(FetchError::Broken)? {
            if (picture.len() + chunk.len()) as u64 > most {
                return Err(FetchError::TooLarge(most));
            }
            picture.extend_from_slice(&chunk);
        }
        if magic::is_picture(&picture) { Ok(picture.freeze()) } else { Err(FetchError::NotAPicture) }
    }
}

fn target(from: &Url, response: &Response) -> Option<Url> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    from.join(location).ok()
}

fn sending(error: reqwest::Error) -> FetchError {
    if error.is_connect() { FetchError::Connect(error) } else { FetchError::Broken(error) }
}
