//! What was sent and what came back: kept for the scenarios that are not as they should be, so that a reader need not
//! repeat them.
//!
//! Made where a scenario ends, with every secret taken out before; a report never has to.

use serde::{Deserialize, Serialize};

/// Characters of an answer, or of one parameter, that are kept.
pub const LONGEST_SHOWN: usize = 2000;

/// The judged exchange of one scenario, and how it came to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The steps, a sentence each, with their keyword: `When it is sent`.
    pub steps: Vec<String>,
    /// The scenes of the drawn pictures that the scenario shows, such as `anna yaw=20`; none where photographs were sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portraits: Vec<String>,
    /// The last request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<SentRequest>,
    /// Its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<SeenReply>,
}

/// A request as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRequest {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The header lines in the order of sending.
    pub headers: Vec<(String, String)>,
    /// The parameters by name: JSON, or what the file was.
    pub fields: Vec<(String, String)>,
    /// The whole body's length in bytes.
    pub body_bytes: usize,
    /// The body, where it is not simply the parameters written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// An answer as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeenReply {
    /// The HTTP status.
    pub status: u16,
    /// The content type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body, cut.
    pub body: String,
    /// Milliseconds from the first byte sent to the last byte read.
    pub ms: f64,
}
