//! Bundles of scenarios read back. One that was edited is told from one that was written.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::bundle::{FILE, KIND, SCHEMA, ScenarioBundle};
use crate::fuzzing::{BundleError, Fields, digest};
use crate::run::Script;

/// Reads a bundle, the folder or its `bundle.json`; `None` where it is no scenario's but another one's.
pub fn read_scenario(path: &Path) -> Result<Option<ScenarioBundle>, BundleError> {
    let path = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
    let text =
        fs::read_to_string(&path).map_err(|source| BundleError::Read { path: path.clone(), source })?;
    let not_json = |why: String| BundleError::NotJson { path: path.clone(), why };
    let value: Value = serde_json::from_str(&text).map_err(|error| not_json(error.to_string()))?;
    let Value::Object(object) = &value else { return Err(not_json("it must be one JSON object".to_owned())) };
    if !object.contains_key("kind") {
        return Ok(None);
    }
    parse(&Fields { path: &path, object }).map(Some)
}

fn parse(fields: &Fields<'_>) -> Result<ScenarioBundle, BundleError> {
    let kind: String = fields.read("kind")?;
    if kind != KIND {
        return Err(fields.wrong("kind", format!("is «{kind}», but this version reads «{KIND}»")));
    }
    let schema: u32 = fields.read("schema")?;
    if schema != SCHEMA {
        return Err(fields.wrong("schema", format!("is {schema}, but this version reads {SCHEMA}")));
    }
    let bundle = ScenarioBundle {
        schema,
        kind,
        tool: fields.read("tool")?,
        target: fields.read("target")?,
        seed: fields.read("seed")?,
        id: fields.read("id")?,
        strict: fields.read("strict")?,
        feature: fields.read("feature")?,
        expected: fields.read("expected")?,
        actual: fields.read("actual")?,
        findings: fields.read("findings")?,
        namespace: fields.read("namespace")?,
        moments: fields.read("moments")?,
        requests: fields.read("requests")?,
        left_out: fields.read("left_out")?,
        mutated: fields.read("mutated")?,
        digest: fields.read("digest")?,
    };
    for (place, request) in bundle.requests.iter().enumerate() {
        let bytes = STANDARD.decode(&request.sent).map_err(|error| {
            fields.wrong(&format!("requests[{place}].sent"), format!("is no base64: {error}"))
        })?;
        if digest(&bytes) != request.sha256 {
            let why = "is not the digest of the bytes in «sent»: one of the two was edited";
            return Err(fields.wrong(&format!("requests[{place}].sha256"), why.to_owned()));
        }
    }
    Script::parse(&bundle.feature).map_err(|why| fields.wrong("feature", why))?;
    if bundle.computed_digest() != bundle.digest {
        let why = "is not the digest of the other fields: the bundle was edited. The scenario alone, which may be \
                   edited, is reproducer.feature: `lianpu run --features` with its folder";
        return Err(fields.wrong("digest", why.to_owned()));
    }
    Ok(bundle)
}
