//! What a bundle of a scenario holds, made of a transcript. No secret stands in it.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu_corpus::{Code, dialect};
use serde::{Deserialize, Serialize};

use super::feature::feature;
use super::shelf::Origin;
use crate::fuzzing::{Received, Seal, View, curl, digest, sealed_headers};
use crate::judge::{Finding, read};
use crate::report::{Actual, ScenarioRecord, ToolInfo};
use crate::run::{Exchange, Moment, Purpose, SendError, Transcript};
use crate::wire::{Framing, Reply, Request, write_lines};

/// The version of the file's shape.
pub(super) const SCHEMA: u32 = 1;

/// What tells it from the bundles of the fuzzer.
pub(super) const KIND: &str = "scenario";

pub(super) const FILE: &str = "bundle.json";

/// Bytes of an answer's body that are kept.
const ANSWER: usize = 4000;

/// One failing scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioBundle {
    /// The version of the shape.
    pub schema: u32,
    /// `scenario`.
    pub kind: String,
    /// What wrote it.
    pub tool: ToolInfo,
    /// The target's address.
    pub target: String,
    /// The seed of the run.
    pub seed: u64,
    /// The scenario.
    pub id: String,
    /// Whether messages were held against the tables.
    pub strict: bool,
    /// The scenario as Gherkin, a file of its own.
    pub feature: String,
    /// The codes expected, the row's own first.
    pub expected: Vec<Code>,
    /// What came.
    pub actual: Option<Actual>,
    /// The deviations.
    pub findings: Vec<Finding>,
    /// The prefix of everything that was named.
    pub namespace: String,
    /// When each signature was made, in order.
    pub moments: Vec<Moment>,
    /// What was sent, in order.
    pub requests: Vec<Kept>,
    /// How many more were sent than are kept.
    pub left_out: usize,
    /// Whether the requests were drawn by mutations, which cannot be sent as they were.
    pub mutated: bool,
    /// Of all the other fields, in hexadecimal digits.
    pub digest: String,
}

/// One request of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What for.
    pub purpose: Purpose,
    /// The operation.
    pub operation: String,
    /// The request for a person.
    pub view: View,
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
    /// Of those bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A bundle, and the bodies that its lines for curl need.
pub(super) struct Made {
    pub(super) bundle: ScenarioBundle,
    bodies: Vec<(String, Vec<u8>)>,
}

impl Made {
    pub(super) fn of(record: &ScenarioRecord, transcript: &Transcript, origin: &Origin) -> Self {
        let mut bodies = Vec::new();
        let named = transcript.script.tags.iter().find_map(|tag| tag.strip_prefix("dialect:"));
        let named = named.unwrap_or(&origin.dialect);
        let kept = |(index, exchange): (usize, &Exchange)| {
            kept(index, exchange, named, transcript, &origin.base_url, &mut bodies)
        };
        let requests = transcript.exchanges.iter().enumerate().map(kept).collect();
        let everything =
            Request { method: String::new(), target: String::new(), headers: Vec::new(), body: Vec::new() };
        let seal = transcript.caller.as_ref().map(|caller| Seal::of(caller, &everything)).unwrap_or_default();
        let sealed = |finding: &Finding| Finding {
            check: finding.check,
            expected: seal.close_text(&finding.expected),
            actual: seal.close_text(&finding.actual),
        };
        let findings: Vec<_> = record.findings.iter().map(sealed).collect();
        let mut bundle = ScenarioBundle {
            schema: SCHEMA,
            kind: KIND.to_owned(),
            tool: ToolInfo { name: "lianpu".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            target: origin.base_url.clone(),
            seed: origin.seed,
            id: record.id.clone(),
            strict: origin.strict,
            feature: feature(&transcript.script, &findings, named),
            expected: record.expected.clone(),
            actual: record.actual.clone(),
            findings,
            namespace: transcript.namespace.clone(),
            moments: transcript.moments.clone(),
            requests,
            left_out: transcript.left_out,
            mutated: transcript.mutated,
            digest: String::new(),
        };
        bundle.digest = bundle.computed_digest();
        Self { bundle, bodies }
    }

    /// Writes it into a folder of its own; the bytes written. What reads it never finds half of it.
    pub(super) fn write(&self, folder: &Path) -> io::Result<usize> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)?.flatten() {
            // Bodies of an earlier bundle of the scenario.
            if entry.file_name().to_string_lossy().ends_with("-body.bin") {
                fs::remove_file(entry.path())?;
            }
        }
        let mut written = 0;
        for (name, body) in &self.bodies {
            fs::write(folder.join(name), body)?;
            written += body.len();
        }
        fs::write(folder.join("reproducer.feature"), &self.bundle.feature)?;
        let mut text = serde_json::to_vec_pretty(&self.bundle)?;
        text.push(b'\n');
        let half = folder.join("bundle.json.part");
        fs::write(&half, &text)?;
        fs::rename(half, folder.join(FILE))?;
        Ok(written + text.len() + self.bundle.feature.len())
    }
}

impl ScenarioBundle {
    /// The dialect of the scenario.
    pub fn dialect(&self) -> String {
        let tags = self.feature.lines().next().unwrap_or_default();
        let named = tags.split(' ').find_map(|tag| tag.strip_prefix("@dialect:"));
        named.unwrap_or_default().to_owned()
    }

    /// The digest of all fields but the digest.
    pub(super) fn computed_digest(&self) -> String {
        let plain = Self { digest: String::new(), ..self.clone() };
        digest(&serde_json::to_vec(&plain).unwrap_or_default())
    }
}

impl Kept {
    /// The bytes with placeholders.
    pub(super) fn bytes(&self) -> Vec<u8> {
        STANDARD.decode(&self.sent).unwrap_or_default()
    }
}

fn kept(
    index: usize,
    exchange: &Exchange,
    dialect_name: &str,
    transcript: &Transcript,
    base_url: &str,
    bodies: &mut Vec<(String, Vec<u8>)>,
) -> Kept {
    let request = &exchange.request;
    let seal = transcript.caller.as_ref().map_or_else(Seal::default, |caller| seal(caller, request));
    let bytes = exchange.bytes.clone().unwrap_or_else(|| write_lines(request));
    let sent = seal.close(&bytes);
    let view = View::of(request, &exchange.fields, &seal);
    // Curl writes these by itself.
    let own = |name: &str| ["host", "content-length", "accept"].contains(&name);
    let plain = Request {
        method: request.method.clone(),
        target: view.target.clone(),
        headers: sealed_headers(request, &seal).into_iter().filter(|(name, _)| !own(name)).collect(),
        body: seal.close(&request.body),
    };
    let body_file = format!("{:03}-body.bin", index + 1);
    let (curl, no_curl) = match exchange.bytes {
        Some(_) => (None, Some("made by mutations; its bytes are in «sent»".to_owned())),
        None => match curl::line(&plain, &Framing::default(), base_url, &body_file) {
            Ok((line, body)) => {
                bodies.extend(body.map(|body| (body_file, body)));
                (Some(line), None)
            }
            Err(why) => (None, Some(why.to_owned())),
        },
    };
    Kept {
        purpose: exchange.purpose,
        operation: exchange.operation.clone(),
        view,
        string_to_sign: exchange.signed_text.as_deref().map(|text| seal.close_text(text)),
        curl,
        no_curl,
        answer: received(exchange.answer.as_ref(), dialect_name, &exchange.operation, &seal),
        sha256: digest(&sent),
        sent: STANDARD.encode(sent),
    }
}

/// The seal of a request as it goes over the wire.
pub(super) fn seal(caller: &crate::request::Caller, request: &Request) -> Seal {
    let host = request.header("host").unwrap_or_default().to_owned();
    Seal::of(caller, request).with_host(&host)
}

/// The code in a reply to an operation, if there is such a one.
fn code_of(reply: &Reply, dialect_name: &str, operation: &str) -> Option<Code> {
    let dialect = dialect(dialect_name).ok()?;
    read(reply, dialect, dialect.operation(operation)?).code
}

fn received(
    answer: Option<&Result<Reply, SendError>>,
    dialect_name: &str,
    operation: &str,
    seal: &Seal,
) -> Received {
    let nothing =
        |why: String| Received { http: None, code: None, content_type: None, body: None, error: Some(why) };
    match answer {
        None => nothing("the scenario ended before".to_owned()),
        Some(Err(why)) => nothing(seal.close_text(&why.to_string())),
        Some(Ok(reply)) => Received {
            http: Some(reply.status),
            code: code_of(reply, dialect_name, operation),
            content_type: reply.content_type.as_deref().map(|text| seal.close_text(text)),
            body: Some(seal.close_text(&reply.excerpt(ANSWER))),
            error: None,
        },
    }
}
