//! What came in answer to a request that is kept.

use lianpu_corpus::Code;
use serde::{Deserialize, Serialize};

use super::seal::Seal;
use crate::run::SendError;
use crate::wire::Reply;

/// Bytes of an answer's body that are kept.
const BODY: usize = 4000;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The HTTP status, if an answer came.
    pub http: Option<u16>,
    /// The code in it, if any.
    pub code: Option<Code>,
    /// Its content type.
    pub content_type: Option<String>,
    /// The beginning of its body.
    pub body: Option<String>,
    /// Why no answer came.
    pub error: Option<String>,
}

impl Received {
    /// An answer with its code, or what came in its place; `None`: the scenario ended before.
    pub(super) fn of(answer: Option<Result<&Reply, &SendError>>, code: Option<Code>, seal: &Seal) -> Self {
        let nothing =
            |why: String| Self { http: None, code: None, content_type: None, body: None, error: Some(why) };
        match answer {
            None => nothing("the scenario ended before".to_owned()),
            Some(Err(why)) => nothing(seal.close_text(&why.to_string())),
            Some(Ok(reply)) => Self {
                http: Some(reply.status),
                code,
                content_type: reply.content_type.as_deref().map(|text| seal.close_text(text)),
                body: Some(seal.close_text(&reply.excerpt(BODY))),
                error: None,
            },
        }
    }
}
