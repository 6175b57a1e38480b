//! One running implementation: configuration made into parts.

use std::future::Future;
use std::sync::Arc;

use axum::http::request;
use bytes::Bytes;
use lianpu_corpus::LoadError;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::baidu_face::{self, BaiduFace};
use crate::config::Config;
use crate::defect::{Defect, eyes};
use crate::fetch::{FetchError, Fetcher};
use crate::gallery::{MemoryStore, Store};
use crate::http::{self, Body, HttpLimits, Request, Response};
use crate::record::{Recorder, Secrets, Verification};
use crate::tencent_ci::{self, SetupError, TencentCi};
use crate::vision::{self, ABILITIES, Analyser, ModelError, Origin, Workers};

/// Why an engine cannot start.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The bundled data cannot be read.
    #[error(transparent)]
    Corpus(#[from] LoadError),
    /// The configuration lacks something a dialect needs.
    #[error(transparent)]
    Dialect(#[from] SetupError),
    /// The bundled data lack something that baidu-face needs.
    #[error(transparent)]
    BaiduFace(#[from] baidu_face::SetupError),
    /// The weights are damaged.
    #[error(transparent)]
    Models(#[from] ModelError),
    /// The fetcher cannot be set up.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// One implementation of the vendors' interfaces with a state of its own.
pub struct Engine {
    config: Config,
    analyser: Arc<dyn Analyser>,
    tencent_ci: TencentCi,
    baidu_face: BaiduFace,
    recorder: Option<Arc<Recorder>>,
    secrets: Secrets,
}

impl Engine {
    /// An engine with the nets where their weights lie in the configured folder, else without.
    pub fn new(config: Config) -> Result<Self, EngineError> {
        let analyser = vision::load(config.models.as_deref())?;
        Self::with_analyser(config, analyser)
    }

    /// An engine that sees by a given analyser and keeps its gallery in memory.
    pub fn with_analyser(config: Config, analyser: Arc<dyn Analyser>) -> Result<Self, EngineError> {
        let fetcher = Fetcher::new(config.fetch.clone(), config.allow_private_urls)?;
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let analyser = eyes::seeing(analyser, config.defects());
        let workers = Workers::new(Arc::clone(&analyser));
        let tencent_ci = TencentCi::new(&config, &store, &analyser, workers.clone(), fetcher.clone())?;
        let baidu_face = BaiduFace::new(&config, &store, &analyser, workers, fetcher)?;
        let secrets = Secrets::new(secrets(&config));
        Ok(Self { config, analyser, tencent_ci, baidu_face, recorder: None, secrets })
    }

    /// The same, with every exchange taken down.
    #[must_use]
    pub fn recording(self, recorder: Arc<Recorder>) -> Self {
        Self { recorder: Some(recorder), ..self }
    }

    /// What it sees with.
    pub(crate) fn analyser(&self) -> &dyn Analyser {
        &*self.analyser
    }

    /// What a harness must know of this engine: where it listens, its accounts, what it can do, its limits; and what it
    /// can tell of a face.
    pub fn ready(&self, base_url: &str) -> Value {
        let capabilities = self.analyser.capabilities();
        let face_nets = capabilities.attributes && capabilities.identification;
        let named = [
            ("faults", self.config.allow_faults),
            ("private-urls", self.config.allow_private_urls),
            ("face-nets", face_nets),
            ("content-markers", true),
            ("test-citizens", !self.config.citizens.is_empty()),
        ];
        let on: Vec<_> = named.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
        let sees: Map<_, _> = ABILITIES
            .iter()
            .map(|ability| (ability.name.to_owned(), json!(ability.is_told_by(capabilities))))
            .collect();
        let mut accounts = json!(self.config.accounts);
        accounts[baidu_face::NAME] = self.baidu_face.credentials();
        json!({
            "ready": true,
            "base_url": base_url,
            "accounts": accounts,
            "capabilities": on,
            "limits": self.config.limits,
            "vision": self.analyser.name(),
            "weights": self.analyser.weights().map(Origin::word),
            "sees": sees,
        })
    }

    /// Answers connections until `shutdown` resolves, then finishes the running requests.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        http::serve(self, listener, shutdown).await;
    }

    /// Answers one request of any dialect without a socket.
    pub async fn dispatch(&self, request: Request<Body>) -> Response<Body> {
        http::dispatch(self, request).await
    }

    /// Answers the requests of one connection, such as an end of [`tokio::io::duplex`], until it ends. An error is the
    /// other end's: bytes that are no HTTP, or a connection that broke off.
    pub async fn converse(
        self: Arc<Self>,
        stream: impl AsyncRead + AsyncWrite + Unpin,
    ) -> Result<(), hyper::Error> {
        http::converse(self, stream).await
    }

    /// Whether this is done wrongly on purpose.
    pub(crate) fn has(&self, defect: Defect) -> bool {
        self.config.defects().has(defect)
    }

    pub(crate) fn recorder(&self) -> Option<&Arc<Recorder>> {
        self.recorder.as_ref()
    }

    /// What must never get into a record.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// What is found of a request's signature, without using it up; nothing where its path belongs to no dialect.
    pub(crate) fn verify(&self, head: &request::Parts, body: &Bytes) -> Option<Verification> {
        let path = head.uri.path();
        if tencent_ci::Operation::ALL.iter().any(|operation| operation.path() == path) {
            return Some(self.tencent_ci.verify(&head.headers));
        }
        let request = || baidu_face::Request {
            method: head.method.clone(),
            path: path.to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers.clone(),
            body: Some(body.clone()),
        };
        baidu_face::Operation::at(path).map(|_| self.baidu_face.verify(&request()))
    }

    pub(crate) fn tencent_ci(&self) -> &TencentCi {
        &self.tencent_ci
    }

    pub(crate) fn baidu_face(&self) -> &BaiduFace {
        &self.baidu_face
    }

    pub(crate) fn http_limits(&self) -> &HttpLimits {
        &self.config.http
    }
}

/// The secret halves of all keys.
fn secrets(config: &Config) -> Vec<String> {
    let accounts = config.accounts.values().flatten();
    let keys = accounts.flat_map(|account| {
        let disabled = account.disabled.as_ref().map(|pair| pair.part("secret_key"));
        [account.get("secret_key"), disabled, account.get("expired_token")]
            .into_iter()
            .flatten()
            .map(str::to_owned)
    });
    keys.chain(config.apps.iter().map(|app| app.secret_key.clone())).collect()
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
