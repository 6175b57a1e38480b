//! Answers: the envelope and how it is written.
//!
//! JSON is indented by tabs and every letter beyond ASCII is escaped; both are as good as the examples' spacing.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize as _;
use serde_json::ser::PrettyFormatter;
use serde_json::{Serializer, Value, json};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A refusal: the code, and what its `data` tells.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) data: Value,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal { code, data: json!({}) }
    }
}

/// What an operation comes to: its `data`, or a refusal.
pub(crate) type Outcome = Result<Value, Refusal>;

/// A body sent in pieces, or at once with its length told.
#[derive(Debug)]
pub(crate) struct Pieces {
    left: VecDeque<Bytes>,
    length: Option<u64>,
}

impl Pieces {
    /// Sends in pieces of unequal size, without telling the length.
    fn in_pieces(text: Vec<u8>) -> Self {
        let text = Bytes::from(text);
        let cut = text.len() / 3;
        let left =
            [text.slice(..cut), text.slice(cut..)].into_iter().filter(|piece| !piece.is_empty()).collect();
        Pieces { left, length: None }
    }

    fn whole(text: Vec<u8>) -> Self {
        let length = Some(text.len() as u64);
        Pieces { left: VecDeque::from([Bytes::from(text)]), length }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.left.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// A page of the gateway in front of the service.
pub(crate) fn page(status: u16, symbol: &str) -> Response<Pieces> {
    let text = format!(
        "<!DOCTYPE html>\n<html><head><title>{status}</title></head>\n<body><h1>{status}</h1><p>{symbol}</p></body></html>\n"
    );
    let mut response = Response::new(Pieces::whole(text.into_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// The answer to an operation. `id` names the request in the message and as the session.
pub(crate) fn answer(outcome: Outcome, id: &str, defects: &Defects) -> Response<Pieces> {
    let session = if defects.has(Defect::SessionNumber) { json!(71) } else { json!(format!("session-{id}")) };
    let (status, mut envelope) = match outcome {
        Ok(mut data) => {
            data["session_id"] = session;
            let message = if defects.has(Defect::MessageOther) { "ERROR_PARAMETER_EMPTY" } else { "OK" };
            let mut envelope = json!({ "code": 0, "message": message, "request_id": id });
            if !defects.has(Defect::DataMissing) {
                envelope["data"] = data;
            }
            (StatusCode::OK, envelope)
        }
        Err(Refusal { code, mut data }) => {
            let message = match code.words {
                _ if defects.has(Defect::MessageOk) => "OK".to_owned(),
                _ if defects.has(Defect::MessageEmpty) => String::new(),
                words => format!("{words} ({id})"),
            };
            let mut envelope = json!({ "code": code.number, "message": message, "request_id": id });
            let early = code.is_early();
            if !early {
                data["session_id"] = session;
                envelope["data"] = data;
            }
            (
                if early || code.is_about_picture() { StatusCode::BAD_REQUEST } else { StatusCode::OK },
                envelope,
            )
        }
    };
    let refused = envelope["code"] != json!(0);
    if defects.has(Defect::CodeAsText) {
        envelope["code"] = json!(envelope["code"].to_string());
    }
    if let Some(object) = envelope.as_object_mut() {
        if defects.has(Defect::CodeRenamed)
            && let Some(code) = object.remove("code")
        {
            object.insert("errorcode".to_owned(), code);
        }
        if defects.has(Defect::MessageMissing) {
            object.remove("message");
        }
    }
    let mut text = write(&envelope, defects);
    if refused && defects.has(Defect::EmptyRefusal) {
        text.clear();
    }
    // Which answers are chunked is as good as random, and so is which close.
    let draw = id.bytes().map(usize::from).sum::<usize>();
    let body = if draw.is_multiple_of(3) { Pieces::whole(text) } else { Pieces::in_pieces(text) };
    let mut response = Response::new(body);
    *response.status_mut() = if refused && defects.has(Defect::StatusServerError) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else {
        status
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    if draw.is_multiple_of(7) {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Writes JSON indented by tabs. Letters beyond ASCII stand only inside strings, where an escape may replace them.
fn write(envelope: &Value, defects: &Defects) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut raw, PrettyFormatter::with_indent(b"\t"));
    envelope.serialize(&mut serializer).expect("JSON can be written to memory");
    let mut text = Vec::with_capacity(raw.len());
    for letter in String::from_utf8_lossy(&raw).chars() {
        if letter.is_ascii() {
            text.push(letter as u8);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                text.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        }
    }
    if defects.has(Defect::TextAfterJson) {
        text.extend_from_slice(b"\n<!-- served -->");
    }
    if defects.has(Defect::OtherCharset) {
        text = text.iter().flat_map(|byte| [*byte, 0]).collect();
    }
    text
}
