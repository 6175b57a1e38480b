//! One running implementation: configuration made into parts.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use hyper::body::Body;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::config::Config;
use crate::fetch::FetchError;
use crate::front::{Front, SetupError};
use crate::fronts;
use crate::http::{self, Request, Response, Service};
use crate::record::Recorder;
use crate::vision::{self, ABILITIES, Analyser, ModelError, Origin};

/// Why an engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A front lacks something that it needs.
    #[error(transparent)]
    Front(#[from] SetupError),
    /// The weights are damaged.
    #[error(transparent)]
    Models(#[from] ModelError),
    /// The fetcher cannot be set up.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// One implementation of the vendors' interfaces with a state of its own.
pub struct Engine {
    allow_faults: bool,
    allow_private_urls: bool,
    analyser: Arc<dyn Analyser>,
    service: Arc<Service>,
}

impl Engine {
    /// An engine with the nets where their weights lie in the configured folder, else without.
    pub fn new(config: Config) -> Result<Self, EngineError> {
        let analyser = vision::load(config.models.as_deref())?;
        Self::with_analyser(config, analyser)
    }

    /// An engine that sees by a given analyser and keeps its gallery in memory.
    pub fn with_analyser(config: Config, analyser: Arc<dyn Analyser>) -> Result<Self, EngineError> {
        let context = config.context(analyser)?;
        let fronts = fronts::open(&config.sections, &context)?;
        Ok(Self::with_fronts(config, context.analyser, fronts))
    }

    /// An engine of these fronts and no others; the first that claims a request answers it. What a front needs beyond
    /// requests is [`Config::context`].
    pub fn with_fronts(config: Config, analyser: Arc<dyn Analyser>, fronts: Vec<Box<dyn Front>>) -> Self {
        Self {
            allow_faults: config.allow_faults,
            allow_private_urls: config.allow_private_urls,
            analyser,
            service: Arc::new(Service::new(fronts, config.http)),
        }
    }

    /// The same, with every exchange recorded.
    #[must_use]
    pub fn recording(self, recorder: Arc<Recorder>) -> Self {
        Self { service: Arc::new(self.service.recording(recorder)), ..self }
    }

    /// What it sees with.
    pub(crate) fn analyser(&self) -> &dyn Analyser {
        &*self.analyser
    }

    /// What a harness must know of this engine: where it listens, its accounts, what it can do, its limits; and what it
    /// can tell of a face.
    pub fn ready(&self, base_url: &str) -> Value {
        let seen = self.analyser.capabilities();
        let named = [
            ("faults", self.allow_faults),
            ("private-urls", self.allow_private_urls),
            ("face-nets", seen.attributes && seen.identification),
        ];
        let fronts = self.service.fronts();
        let mut capabilities: Vec<_> = named.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
        capabilities.extend(fronts.iter().flat_map(|front| front.capabilities()));
        let sees: Map<_, _> = ABILITIES
            .iter()
            .map(|ability| (ability.name.to_owned(), json!(ability.is_told_by(seen))))
            .collect();
        let of_fronts = |told: fn(&dyn Front) -> Value| -> Map<String, Value> {
            fronts.iter().map(|front| (front.name().to_owned(), told(&**front))).collect()
        };
        json!({
            "ready": true,
            "base_url": base_url,
            "accounts": of_fronts(|front| front.credentials()),
            "capabilities": capabilities,
            "limits": of_fronts(|front| json!(front.limits())),
            "vision": self.analyser.name(),
            "weights": self.analyser.weights().map(Origin::word),
            "sees": sees,
        })
    }

    /// Answers connections until `shutdown` resolves, then finishes the running requests.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        http::accept(listener, Arc::clone(&self.service), shutdown).await;
    }

    /// Answers one request of any front without a socket.
    pub async fn dispatch<B>(&self, request: Request<B>) -> Response<Bytes>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        self.service.dispatch(request).await
    }

    /// Answers the requests of one connection, such as an end of [`tokio::io::duplex`], until it ends. An error is the
    /// other end's: bytes that are no HTTP, or a connection that broke off.
    pub async fn converse(
        self: Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin,
    ) -> Result<(), hyper::Error> {
        let head_timeout = self.service.limits().head_timeout;
        http::conversation(Arc::clone(&self.service), stream, head_timeout).await
    }
}

/// Starts an engine on a listener and answers until `shutdown` resolves.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), EngineError> {
    Arc::new(Engine::new(config)?).serve(listener, shutdown).await;
    Ok(())
}
