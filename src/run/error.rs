//! Why a run could not be carried out.

use super::client::SendError;
use super::feed::FeedError;

/// Why a run could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The HTTP client could not be made.
    #[error(transparent)]
    Client(#[from] SendError),
    /// The origin could not be started.
    #[error("the picture origin cannot listen: {0}")]
    Origin(#[source] std::io::Error),
    /// Nobody listens at the target any more; what was judged before stands.
    #[error("target {0} is gone: nobody listens there any more")]
    Gone(String),
    /// Feature files that cannot be read; everything else ran.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Features(Vec<FeedError>),
}
