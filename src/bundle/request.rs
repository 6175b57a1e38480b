//! One request of a bundle: every byte, and what a person wants to know of it. No secret stands in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::curl;
use super::received::Received;
use super::seal::Seal;
use super::view::RequestView;
use crate::report::{Sha256Hex, digest_of_bytes};
use crate::run::Purpose;
use crate::wire::{Field, Framing, Request, write_lines};

/// Headers that curl writes by itself, as the HTTP client does.
const OF_CLIENT: [&str; 3] = ["host", "content-length", "accept"];

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptRequest {
    /// What for.
    pub purpose: Purpose,
    /// The operation.
    pub operation: String,
    /// The request for a person.
    pub view: RequestView,
    /// The text that was signed, where the scheme signs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_to_sign: Option<String>,
    /// The request for curl, with placeholders to fill in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// Why there is no line for curl.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_curl: Option<String>,
    /// What came.
    pub answer: Received,
    /// Every byte, in base64, with placeholders for secrets.
    pub sent: String,
    /// Of those bytes.
    pub sha256: Sha256Hex,
}

/// A request that was sent, with its secrets.
pub(super) struct SentRequest<'a> {
    pub(super) purpose: Purpose,
    pub(super) operation: &'a str,
    pub(super) request: &'a Request,
    /// The parameters before they were written.
    pub(super) fields: &'a [Field],
    pub(super) written: Written<'a>,
    pub(super) signed_text: Option<&'a str>,
}

/// How a request became bytes.
pub(super) enum Written<'a> {
    /// The HTTP client wrote it.
    ByClient,
    /// It was written byte by byte.
    Exactly { bytes: &'a [u8], framing: &'a Framing, sent_before: u32 },
    /// The same, but how it is framed is not known.
    Somehow { bytes: &'a [u8] },
}

/// A body in a file of its own, which a line for curl names.
pub(super) struct BodyFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl KeptRequest {
    /// The request of this number, from 0, without secrets; and the body that its line for curl needs.
    pub(super) fn of(
        number: usize,
        sent: &SentRequest<'_>,
        answer: Received,
        seal: &Seal,
        base_url: &str,
    ) -> (Self, Option<BodyFile>) {
        let SentRequest { request, .. } = sent;
        let view = RequestView::of(request, sent.fields, seal);
        let mut headers = sealed_headers(request, seal);
        if matches!(sent.written, Written::ByClient) {
            headers.retain(|(name, _)| !OF_CLIENT.contains(&name.as_str()));
        }
        let plain = Request {
            method: request.method.clone(),
            target: view.target.clone(),
            headers,
            body: seal.close(&request.body),
        };
        let file = format!("{:03}-body.bin", number + 1);
        let line = |framing: &Framing| curl::line(&plain, framing, base_url, &file);
        let (bytes, view, line) = match &sent.written {
            Written::ByClient => (seal.close(&write_lines(request)), view, line(&Framing::default())),
            Written::Exactly { bytes, framing, sent_before } => {
                let words = (!framing.is_ordinary()).then(|| format!("{framing:?}"));
                let view = RequestView { framing: words, sent_before: *sent_before, ..view };
                (seal.close(bytes), view, line(framing))
            }
            Written::Somehow { bytes } => {
                (seal.close(bytes), view, Err("made by mutations; its bytes are in «sent»"))
            }
        };
        let (curl, no_curl, body) = match line {
            Ok((line, body)) => (Some(line), None, body.map(|bytes| BodyFile { name: file, bytes })),
            Err(why) => (None, Some(why.to_owned()), None),
        };
        let kept = Self {
            purpose: sent.purpose,
            operation: sent.operation.to_owned(),
            view,
            string_to_sign: sent.signed_text.map(|text| seal.close_text(text)),
            curl,
            no_curl,
            answer,
            sha256: digest_of_bytes(&bytes),
            sent: STANDARD.encode(bytes),
        };
        (kept, body)
    }

    /// The bytes with placeholders.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, base64::DecodeError> {
        STANDARD.decode(&self.sent)
    }
}

/// The header lines without secrets.
fn sealed_headers(request: &Request, seal: &Seal) -> Vec<(String, String)> {
    let sealed = |(name, value): &(String, String)| {
        let line = seal.close_text(&format!("\r\n{name}: {value}\r\n"));
        let value = line.strip_prefix(&format!("\r\n{name}: ")).unwrap_or_default();
        (name.clone(), value.trim_end_matches(['\r', '\n']).to_owned())
    };
    request.headers.iter().map(sealed).collect()
}
