//! What clients sent and why their signatures failed, for those who write clients.
//!
//! One line of JSON a request, as it is answered, and a table at the end. Secrets never get into it: bodies are told by digest
//! and structure, and every secret that the server or the request knows is taken out by value. Knows no vendor: a front
//! explains its own signatures and names what its answers tell. Start with [`Recorder`].

mod redact;
mod structure;
mod table;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hyper::{HeaderMap, Response};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::front::{Front, Telling, Verification, after_scheme};

pub(crate) use redact::Secrets;

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
    /// The front that answered, where one claimed it.
    pub(crate) front: Option<&'a dyn Front>,
    pub(crate) verification: Option<Verification>,
    pub(crate) answer: &'a Response<Bytes>,
}

/// One line of the record.
#[derive(Serialize)]
struct RecordLine {
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
    says: BTreeMap<&'static str, Value>,
    #[serde(skip)]
    code: Option<String>,
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
            line.answer.code.clone(),
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
    fn line(&self, number: u64, secrets: &Secrets) -> RecordLine {
        let secret_of = |text| self.front.map_or_else(|| after_scheme(text), |front| front.secret_of(text));
        let secrets = secrets.and_of(self.target, self.headers, secret_of);
        let shown = |text: &str| secrets.redacted(text);
        let headers = self.headers.iter().map(|(name, value)| {
            (name.as_str().to_owned(), shown(&String::from_utf8_lossy(value.as_bytes())))
        });
        let empty = Bytes::new();
        let content_type = self.headers.get("content-type").and_then(|value| value.to_str().ok());
        let bytes = *self.body.as_ref().unwrap_or(&&empty);
        RecordLine {
            number,
            method: self.method.to_owned(),
            target: shown(self.target),
            headers: headers.collect(),
            body: Body {
                bytes: bytes.len(),
                sha256: hex::encode(Sha256::digest(bytes)),
                unread: self.body.err(),
                structure: structure::of(content_type.unwrap_or_default(), bytes).redacted(&secrets),
            },
            signature: self.verification.clone().map(|verification| redacted(verification, &secrets)),
            answer: AnswerLine::of(self.answer, self.front.map(Front::telling).unwrap_or_default()),
        }
    }
}

impl AnswerLine {
    /// Status, code and message of an answer, by the names that the front has for them; nothing else of it is of interest.
    fn of(answer: &Response<Bytes>, telling: Telling) -> Self {
        let says = telling.read(answer.headers(), answer.body());
        let text = |code: &Value| code.as_str().map_or_else(|| code.to_string(), str::to_owned);
        let code = telling.code(&says).map(text);
        Self { status: answer.status().as_u16(), says: says.into_iter().collect(), code }
    }
}

/// A verification without secrets.
fn redacted(mut verification: Verification, secrets: &Secrets) -> Verification {
    let Verification { shown, why, hint, .. } = &mut verification;
    for text in shown.values_mut().chain(why).chain(hint) {
        *text = secrets.redacted(text);
    }
    verification
}
