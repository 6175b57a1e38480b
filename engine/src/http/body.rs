//! Reads a body without ever keeping more than the limit.

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderMap, header};
use bytes::BytesMut;
use futures::StreamExt;
use tokio::time::{Instant, timeout, timeout_at};

use super::HttpLimits;

/// How much of a body that is too large is read and thrown away, so that its sender comes to read the answer.
const MOST_DRAINED: u64 = 32 << 20;

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    /// Larger than the limit.
    TooLarge,
    /// It did not arrive in time.
    Slow,
    /// It broke off, or its framing is wrong.
    Broken,
}

/// The whole body, at most `most` bytes.
pub(super) async fn collect(
    headers: &HeaderMap,
    body: Body,
    most: u64,
    limits: &HttpLimits,
) -> Result<Bytes, BodyError> {
    let deadline = Instant::now() + limits.body_timeout;
    let declared = declared_length(headers);
    let mut pieces = body.into_data_stream();
    if declared.is_some_and(|length| length > most) {
        // A client that waits for permission to send has sent nothing yet.
        if !headers.contains_key(header::EXPECT) {
            drain(&mut pieces, limits, deadline).await;
        }
        return Err(BodyError::TooLarge);
    }
    let mut whole = BytesMut::with_capacity(declared.unwrap_or(0) as usize);
    while let Some(piece) = next(&mut pieces, limits, deadline).await? {
        if (whole.len() + piece.len()) as u64 > most {
            drain(&mut pieces, limits, deadline).await;
            return Err(BodyError::TooLarge);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn next(
    pieces: &mut BodyDataStream,
    limits: &HttpLimits,
    deadline: Instant,
) -> Result<Option<Bytes>, BodyError> {
    let piece = timeout(limits.piece_timeout, timeout_at(deadline, pieces.next())).await;
    let Ok(Ok(piece)) = piece else { return Err(BodyError::Slow) };
    piece.transpose().map_err(|_| BodyError::Broken)
}

async fn drain(pieces: &mut BodyDataStream, limits: &HttpLimits, deadline: Instant) {
    let mut drained = 0;
    while let Ok(Some(piece)) = next(pieces, limits, deadline).await {
        drained += piece.len() as u64;
        if drained > MOST_DRAINED {
            return;
        }
    }
}
