//! What clients sent and why their signatures failed, for those who write clients.
//!
//! One line of JSON a request, as it is answered, and a table at the end. Secrets never get into it: bodies are told by digest
//! and structure, and every secret that the server or the request knows is taken out by value. Knows no dialect; a front
//! judges its own signatures and hands over a [`Verification`]. Start with [`Recorder`].

mod redact;
mod structure;
mod table;
mod verification;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub(crate) use redact::Secrets;
pub(crate) use verification::{Stage, Verification};

/// Takes every exchange down.
pub struct Recorder {
    inner: Mutex<Inner>,
}

struct Inner {
    out: Box<dyn Write + Send>,
    number: u64,
    sums: table::Sums,
    failed: Option<io::Error>,
}

/// One request as it came, and what became of it.
pub(crate) struct Exchange<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The body, or why it was not read.
    pub(crate) body: Result<&'a Bytes, &'static str>,
    pub(crate) verification: Option<Verification>,
    pub(crate) status: u16,
    pub(crate) answer: &'a [u8],
}

/// One line of the record.
#[derive(Serialize)]
struct Line {
    number: u64,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Body,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<Verification>,
    answer: AnswerLine,
}

#[derive(Serialize)]
struct Body {
    bytes: usize,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<&'static str>,
    structure: structure::Structure,
}

#[derive(Serialize)]
struct AnswerLine {
    status: u16,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    says: BTreeMap<String, serde_json::Value>,
}

impl Recorder {
    /// Writes a line a request.
    pub fn new(out: impl Write + Send + 'static) -> Self {
        let inner = Inner { out: Box::new(out), number: 0, sums: table::Sums::default(), failed: None };
        Self { inner: Mutex::new(inner) }
    }

    /// Takes an exchange down; what stands in `secrets` does not get into the record.
    pub(crate) fn note(&self, exchange: &Exchange<'_>, secrets: &Secrets) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.number += 1;
        let line = exchange.line(inner.number, secrets);
        inner.sums.add(
            &line.method,
            path(&line.target),
            line.signature.as_ref(),
            line.answer.status,
            line.answer.code(),
        );
        let text = serde_json::to_string(&line).unwrap_or_default();
        let written = writeln!(inner.out, "{text}").and_then(|()| inner.out.flush());
        if let Err(error) = written {
            tracing::error!(%error, "the record cannot be written");
            inner.failed.get_or_insert(error);
        }
    }

    /// The table of all that was recorded, and the first error of writing.
    pub fn finish(&self) -> (String, Option<io::Error>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        (inner.sums.to_string(), inner.failed.take())
    }
}

fn path(target: &str) -> &str {
    target.split_once('?').map_or(target, |(path, _)| path)
}

impl Exchange<'_> {
    fn line(&self, number: u64, secrets: &Secrets) -> Line {
        let secrets = secrets.and_of(self.target, self.headers);
        let shown = |text: &str| secrets.redacted(text);
        let headers = self.headers.iter().map(|(name, value)| {
            (name.as_str().to_owned(), shown(&String::from_utf8_lossy(value.as_bytes())))
        });
        let empty = Bytes::new();
        let content_type = self.headers.get("content-type").and_then(|value| value.to_str().ok());
        let bytes = *self.body.as_ref().unwrap_or(&&empty);
        Line {
            number,
            method: self.method.to_owned(),
            target: shown(self.target),
            headers: headers.collect(),
            body: Body {
                bytes: bytes.len(),
                sha256: hex(&Sha256::digest(bytes)),
                unread: self.body.err(),
                structure: structure::of(content_type.unwrap_or_default(), bytes).redacted(&secrets),
            },
            signature: self.verification.clone().map(|verification| verification.redacted(&secrets)),
            answer: AnswerLine { status: self.status, says: says(self.answer) },
        }
    }
}

impl AnswerLine {
    fn code(&self) -> Option<String> {
        let code = ["code", "error_code", "error"].iter().find_map(|name| self.says.get(*name))?;
        Some(code.as_str().map_or_else(|| code.to_string(), str::to_owned))
    }
}

/// Code and message of an answer, wherever the dialects have them; nothing else of it is of interest here.
fn says(answer: &[u8]) -> BTreeMap<String, serde_json::Value> {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::from_slice(answer) else {
        return BTreeMap::new();
    };
    let names = ["code", "message", "error_code", "error_msg", "error", "error_description"];
    names.iter().filter_map(|name| Some(((*name).to_owned(), fields.remove(*name)?))).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
