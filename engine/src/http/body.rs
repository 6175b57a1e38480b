//! Reads a body without ever keeping more than the limit.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body;
use hyper::{HeaderMap, header};
use tokio::time::{Instant, timeout, timeout_at};

use super::HttpLimits;
use crate::front::BodyError;

/// How much of a body that is too large is read and thrown away, so that its sender comes to read the answer.
const MOST_DRAINED: u64 = 32 << 20;

/// Room that is made for a body before anything of it has come.
const FIRST_ROOM: u64 = 64 << 10;

/// What the head of a request says of its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Announced {
    /// Its length in bytes, where that is told.
    length: Option<u64>,
    /// Whether its sender waits for permission to send.
    waits: bool,
}

impl Announced {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let length =
            headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Self { length, waits: headers.contains_key(header::EXPECT) }
    }
}

/// The whole body, at most `most` bytes.
pub(super) async fn collect<B: Body<Data = Bytes> + Unpin>(
    announced: Announced,
    mut body: B,
    most: u64,
    limits: &HttpLimits,
) -> Result<Bytes, BodyError> {
    let deadline = Instant::now() + limits.body_timeout;
    if announced.length.is_some_and(|length| length > most) {
        // A client that waits for permission to send has sent nothing yet.
        if !announced.waits {
            drain(&mut body, limits, deadline).await;
        }
        return Err(BodyError::TooLarge);
    }
    // What is announced may never come.
    let mut whole = BytesMut::with_capacity(announced.length.unwrap_or(0).min(FIRST_ROOM) as usize);
    while let Some(piece) = next(&mut body, limits, deadline).await? {
        if (whole.len() + piece.len()) as u64 > most {
            drain(&mut body, limits, deadline).await;
            return Err(BodyError::TooLarge);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// The next piece of a body; what is no data, such as trailers, counts as a piece of none.
async fn next<B: Body<Data = Bytes> + Unpin>(
    body: &mut B,
    limits: &HttpLimits,
    deadline: Instant,
) -> Result<Option<Bytes>, BodyError> {
    let frame = timeout(limits.piece_timeout, timeout_at(deadline, body.frame())).await;
    let Ok(Ok(frame)) = frame else { return Err(BodyError::Slow) };
    let frame = frame.transpose().map_err(|_| BodyError::Broken)?;
    Ok(frame.map(|frame| frame.into_data().unwrap_or_default()))
}

async fn drain<B: Body<Data = Bytes> + Unpin>(body: &mut B, limits: &HttpLimits, deadline: Instant) {
    let mut drained = 0;
    while let Ok(Some(piece)) = next(body, limits, deadline).await {
        drained += piece.len() as u64;
        if drained > MOST_DRAINED {
            return;
        }
    }
}
