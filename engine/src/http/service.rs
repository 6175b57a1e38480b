//! One request to one answer: which front claims it, and whether it is recorded.

use std::sync::Arc;

use bytes::Bytes;
use hyper::body::Body;
use hyper::{Request, Response};

use super::answering::{answered, unclaimed};
use super::body::{self, Announced};
use super::limits::HttpLimits;
use super::recording;
use crate::front::Front;
use crate::record::{Recorder, Secrets};

/// The fronts and what is around them.
#[derive(Clone)]
pub(crate) struct Service {
    fronts: Arc<[Box<dyn Front>]>,
    limits: HttpLimits,
    recording: Option<(Arc<Recorder>, Arc<Secrets>)>,
}

impl Service {
    /// A service of these fronts; the first that claims a request answers it.
    pub(crate) fn new(fronts: Vec<Box<dyn Front>>, limits: HttpLimits) -> Self {
        Self { fronts: fronts.into(), limits, recording: None }
    }

    /// The same, with every exchange recorded.
    pub(crate) fn recording(&self, recorder: Arc<Recorder>) -> Self {
        let secrets = self.fronts.iter().flat_map(|front| front.secrets());
        Self { recording: Some((recorder, Arc::new(Secrets::new(secrets)))), ..self.clone() }
    }

    pub(crate) fn fronts(&self) -> &[Box<dyn Front>] {
        &self.fronts
    }

    pub(crate) fn limits(&self) -> &HttpLimits {
        &self.limits
    }

    /// Answers one request, whatever it asks for.
    pub(crate) async fn dispatch<B>(&self, request: Request<B>) -> Response<Bytes>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        let (head, sent) = request.into_parts();
        let front = self.fronts.iter().find(|front| front.claims(&head)).map(|front| &**front);
        if let Some((recorder, secrets)) = &self.recording {
            return recording::record(recorder, secrets, front, head, sent, &self.limits).await;
        }
        let Some(front) = front else { return unclaimed() };
        let collected = body::collect(Announced::of(&head.headers), sent, front.body_limit(), &self.limits);
        answered(front, head, collected).await
    }
}
