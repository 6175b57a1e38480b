//! A bundle: one finding with all that is needed to understand it, to send it again and to fix it.
//!
//! A folder with `bundle.json`, `reproducer.feature`, and `body.bin` where the curl line needs it. No secret stands in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lianpu_corpus::{Certainty, Code};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::curl;
use super::feature::feature;
use super::known::{FindingRecord, Key};
use super::seal::Seal;
use super::view::View;
use crate::judge::{self, Finding};
use crate::mutate::{Plan, mutator, mutators};
use crate::report::ToolInfo;
use crate::run::{Attempt, Circumstance};
use crate::wire::Request;

/// The version of the file's shape.
pub(super) const BUNDLE_SCHEMA: u32 = 1;

const FILE: &str = "bundle.json";

/// Bytes of an answer's body that are kept.
const ANSWER: usize = 4000;

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bundle {
    /// The version of the shape.
    pub schema: u32,
    /// What wrote it.
    pub tool: ToolInfo,
    /// The target's address.
    pub target: String,
    /// The seed of the campaign.
    pub seed: u64,
    /// The case that showed it.
    pub case: u64,
    /// What was done, after shrinking.
    pub plan: Plan,
    /// What the case did, where shrinking made that simpler.
    pub drawn: Plan,
    /// When, and under which names.
    pub circumstance: Circumstance,
    /// What is wrong, and whether it came again.
    pub key: Key,
    /// Whether it came again when the request was sent again.
    pub confirmed: bool,
    /// Everything that deviates.
    pub findings: Vec<Finding>,
    /// What would be right.
    pub expected: Expected,
    /// What came.
    pub actual: Received,
    /// The request for a person.
    pub view: View,
    /// The text that was signed, where the scheme signs one.
    pub string_to_sign: Option<String>,
    /// The request for curl, with placeholders to fill in.
    pub curl: Option<String>,
    /// Why there is no line for curl.
    pub no_curl: Option<String>,
    /// Every byte, in base64, with placeholders for secrets.
    pub sent: String,
    /// Of those bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The codes that may answer.
    pub codes: Vec<Permitted>,
    /// Whether a success is right.
    pub success: bool,
    /// HTTP statuses with which a gateway may answer.
    pub statuses: Vec<u16>,
    /// Whether the connection may be closed without an answer.
    pub closes: bool,
}

/// A code that may answer, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permitted {
    /// The code.
    pub code: Code,
    /// Why.
    pub rule: String,
    /// How well that is founded.
    pub certainty: Certainty,
}

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

/// A bundle that is none.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file cannot be had.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no JSON.
    #[error("{path}: not a bundle: {why}")]
    NotJson {
        /// The file.
        path: PathBuf,
        /// What the parser says, with line and column.
        why: String,
    },
    /// A field is missing or wrong.
    #[error("{path}: {field}: {why}")]
    Field {
        /// The file.
        path: PathBuf,
        /// The field, such as `plan.mutations[0].mutator`.
        field: String,
        /// What would be right.
        why: String,
    },
}

impl Expected {
    /// What a prediction allows.
    pub fn of(prediction: &judge::Expected) -> Self {
        let rule = |allowed: &judge::Allowed| Permitted {
            code: allowed.code.clone(),
            rule: allowed.rule.clone(),
            certainty: allowed.certainty,
        };
        Self {
            codes: prediction.answers.iter().map(rule).collect(),
            success: prediction.success,
            statuses: prediction.statuses.clone(),
            closes: prediction.closes,
        }
    }
}

impl Received {
    /// What an attempt got.
    pub fn of(attempt: &Attempt) -> Self {
        match &attempt.answer {
            Ok(reply) => Self {
                http: Some(reply.status),
                code: attempt.code.clone(),
                content_type: reply.content_type.clone(),
                body: Some(reply.excerpt(ANSWER)),
                error: None,
            },
            Err(why) => {
                Self { http: None, code: None, content_type: None, body: None, error: Some(why.to_string()) }
            }
        }
    }
}

/// A case that showed a finding.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) target: &'a str,
    pub(super) seed: u64,
    pub(super) case: u64,
    pub(super) drawn: &'a Plan,
    pub(super) plan: &'a Plan,
    pub(super) attempt: &'a Attempt,
    pub(super) record: &'a FindingRecord,
}

/// Writes a bundle into a folder of its own.
pub(super) fn write_bundle(shown: &Shown<'_>, folder: &Path) -> io::Result<()> {
    let (bundle, body) = bundle(shown);
    fs::create_dir_all(folder)?;
    let mut text = serde_json::to_vec_pretty(&bundle)?;
    text.push(b'\n');
    fs::write(folder.join(FILE), text)?;
    fs::write(folder.join("reproducer.feature"), feature(shown.plan, &shown.record.key, &shown.record.why))?;
    if let Some(body) = body {
        fs::write(folder.join(curl::BODY_FILE), body)?;
    }
    Ok(())
}

fn bundle(shown: &Shown<'_>) -> (Bundle, Option<Vec<u8>>) {
    let Attempt { ground, mutant, .. } = shown.attempt;
    let seal = Seal::of(&ground.caller, &mutant.request);
    let sent = seal.close(&shown.attempt.bytes);
    let framing = (!mutant.framing.is_ordinary()).then(|| format!("{:?}", mutant.framing));
    let view =
        View { framing, sent_before: mutant.sent_before, ..View::of(&mutant.request, &mutant.fields, &seal) };
    let request = Request {
        method: mutant.request.method.clone(),
        target: view.target.clone(),
        headers: sealed_headers(&mutant.request, &seal),
        body: seal.close(&mutant.request.body),
    };
    let (curl, no_curl, body) = match curl::line(&request, &mutant.framing, shown.target, curl::BODY_FILE) {
        Ok((line, body)) => (Some(line), None, body),
        Err(why) => (None, Some(why.to_owned()), None),
    };
    let sealed = |finding: &Finding| Finding {
        check: finding.check,
        expected: seal.close_text(&finding.expected),
        actual: seal.close_text(&finding.actual),
    };
    let received = Received::of(shown.attempt);
    let bundle = Bundle {
        schema: BUNDLE_SCHEMA,
        tool: ToolInfo { name: "lianpu".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        target: shown.target.to_owned(),
        seed: shown.seed,
        case: shown.case,
        plan: shown.plan.clone(),
        drawn: shown.drawn.clone(),
        circumstance: shown.attempt.circumstance.clone(),
        key: shown.record.key.clone(),
        confirmed: shown.record.confirmed,
        findings: shown.attempt.findings.iter().map(sealed).collect(),
        expected: Expected::of(&shown.attempt.prediction),
        actual: Received {
            body: received.body.as_deref().map(|body| seal.close_text(body)),
            content_type: received.content_type.as_deref().map(|text| seal.close_text(text)),
            ..received
        },
        view,
        string_to_sign: mutant.signed_text.as_deref().map(|text| seal.close_text(text)),
        curl,
        no_curl,
        sha256: digest(&sent),
        sent: STANDARD.encode(sent),
    };
    (bundle, body)
}

/// The header lines without secrets.
pub(crate) fn sealed_headers(request: &Request, seal: &Seal) -> Vec<(String, String)> {
    let sealed = |(name, value): &(String, String)| {
        let line = seal.close_text(&format!("\r\n{name}: {value}\r\n"));
        let value = line.strip_prefix(&format!("\r\n{name}: ")).unwrap_or_default();
        (name.clone(), value.trim_end_matches(['\r', '\n']).to_owned())
    };
    request.headers.iter().map(sealed).collect()
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

impl Bundle {
    /// The bytes with placeholders.
    pub(super) fn bytes(&self) -> Vec<u8> {
        STANDARD.decode(&self.sent).unwrap_or_default()
    }
}

/// Reads a bundle: the folder, or its `bundle.json`.
pub fn read_bundle(path: &Path) -> Result<Bundle, BundleError> {
    let path = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
    let text =
        fs::read_to_string(&path).map_err(|source| BundleError::Read { path: path.clone(), source })?;
    parse(&path, &text)
}

fn parse(path: &Path, text: &str) -> Result<Bundle, BundleError> {
    let not_json = |why: String| BundleError::NotJson { path: path.to_owned(), why };
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(error.to_string()))?;
    let Value::Object(object) = value else { return Err(not_json("it must be one JSON object".to_owned())) };
    let fields = Fields { path, object: &object };
    let schema: u32 = fields.read("schema")?;
    if schema != BUNDLE_SCHEMA {
        return Err(fields.wrong("schema", format!("is {schema}, but this version reads {BUNDLE_SCHEMA}")));
    }
    let bundle = Bundle {
        schema,
        tool: fields.read("tool")?,
        target: fields.read("target")?,
        seed: fields.read("seed")?,
        case: fields.read("case")?,
        plan: fields.plan("plan")?,
        drawn: fields.plan("drawn")?,
        circumstance: fields.read("circumstance")?,
        key: fields.read("key")?,
        confirmed: fields.read("confirmed")?,
        findings: fields.read("findings")?,
        expected: fields.read("expected")?,
        actual: fields.read("actual")?,
        view: fields.read("view")?,
        string_to_sign: fields.read("string_to_sign")?,
        curl: fields.read("curl")?,
        no_curl: fields.read("no_curl")?,
        sent: fields.read("sent")?,
        sha256: fields.read("sha256")?,
    };
    let bytes = STANDARD
        .decode(&bundle.sent)
        .map_err(|error| fields.wrong("sent", format!("is no base64: {error}")))?;
    if digest(&bytes) != bundle.sha256 {
        let why = "is not the digest of the bytes in «sent»: one of the two was edited";
        return Err(fields.wrong("sha256", why.to_owned()));
    }
    Ok(bundle)
}

/// The fields of a bundle's file, each of which is told by its name where it is wrong.
pub(crate) struct Fields<'a> {
    /// The file.
    pub(crate) path: &'a Path,
    /// What it holds.
    pub(crate) object: &'a Map<String, Value>,
}

impl Fields<'_> {
    pub(crate) fn read<T: DeserializeOwned>(&self, field: &str) -> Result<T, BundleError> {
        let Some(value) = self.object.get(field) else {
            return Err(self.wrong(field, "is missing".to_owned()));
        };
        T::deserialize(value).map_err(|error| self.wrong(field, error.to_string()))
    }

    /// A plan that this version can carry out.
    fn plan(&self, field: &str) -> Result<Plan, BundleError> {
        let value = self.object.get(field).cloned().unwrap_or_default();
        for (place, mutation) in value["mutations"].as_array().into_iter().flatten().enumerate() {
            let name = mutation["mutator"].as_str().unwrap_or_default();
            if mutator(name).is_none() {
                let near =
                    mutators().map(|known| known.name).min_by_key(|known| strsim::levenshtein(known, name));
                let why = format!("no mutator «{name}»; the nearest is {}", near.unwrap_or_default());
                return Err(self.wrong(&format!("{field}.mutations[{place}].mutator"), why));
            }
            if let Err(error) = serde_json::from_value::<crate::mutate::Mutation>(mutation.clone()) {
                let why = format!("not what {name} takes: {error}");
                return Err(self.wrong(&format!("{field}.mutations[{place}]"), why));
            }
        }
        let plan: Plan = self.read(field)?;
        let dialect = lianpu_corpus::dialect(&plan.dialect)
            .map_err(|error| self.wrong(&format!("{field}.dialect"), error.to_string()))?;
        if dialect.operation(&plan.operation).is_none() {
            let why = format!("{} has no operation «{}»", plan.dialect, plan.operation);
            return Err(self.wrong(&format!("{field}.operation"), why));
        }
        Ok(plan)
    }

    pub(crate) fn wrong(&self, field: &str, why: String) -> BundleError {
        BundleError::Field { path: self.path.to_owned(), field: field.to_owned(), why }
    }
}

#[cfg(test)]
mod tests;
