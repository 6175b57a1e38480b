//! Bundles read back. One that was edited is told from one that was written.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::fields::{BundleError, Fields};
use super::file::{BUNDLE_SCHEMA, Bundle, BundleSubject, MutationSubject, ScenarioSubject};
use crate::report::digest_of_bytes;
use crate::run::Script;

/// The file in a bundle's folder.
pub(super) const FILE: &str = "bundle.json";

/// What can be done with a bundle that cannot be replayed.
const FEATURE_REMAINS: &str =
    "The scenario alone, which may be edited, is reproducer.feature: `lianpu run --features` with its folder";

/// Reads a bundle: its folder, or its `bundle.json`.
pub fn read_bundle(path: &Path) -> Result<Bundle, BundleError> {
    let path = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
    let text =
        fs::read_to_string(&path).map_err(|source| BundleError::Read { path: path.clone(), source })?;
    let not_json = |why: String| BundleError::NotJson { path: path.clone(), why };
    let value: Value = serde_json::from_str(&text).map_err(|error| not_json(error.to_string()))?;
    let Value::Object(object) = &value else { return Err(not_json("it must be one JSON object".to_owned())) };
    parse(&Fields { path: &path, object })
}

fn parse(fields: &Fields<'_>) -> Result<Bundle, BundleError> {
    let schema: u32 = fields.read("schema")?;
    if schema != BUNDLE_SCHEMA {
        let why = match schema < BUNDLE_SCHEMA {
            true => format!("was written by an earlier version. {FEATURE_REMAINS}"),
            false => "was written by a later version".to_owned(),
        };
        return Err(
            fields.wrong("schema", format!("is {schema}, but this version reads {BUNDLE_SCHEMA}: it {why}"))
        );
    }
    let bundle = Bundle {
        schema,
        subject: subject(fields)?,
        tool: fields.read("tool")?,
        target: fields.read("target")?,
        seed: fields.read("seed")?,
        expected: fields.read("expected")?,
        actual: fields.read("actual")?,
        findings: fields.read("findings")?,
        requests: fields.read("requests")?,
        digest: fields.read("digest")?,
    };
    check_requests(fields, &bundle)?;
    if bundle.computed_digest() != bundle.digest {
        let why = format!("is not the digest of the other fields: the bundle was edited. {FEATURE_REMAINS}");
        return Err(fields.wrong("digest", why));
    }
    Ok(bundle)
}

fn subject(fields: &Fields<'_>) -> Result<BundleSubject, BundleError> {
    match fields.read::<String>("kind")?.as_str() {
        "scenario" => {
            let scenario = ScenarioSubject {
                id: fields.read("id")?,
                strict: fields.read("strict")?,
                feature: fields.read("feature")?,
                namespace: fields.read("namespace")?,
                moments: fields.read("moments")?,
                left_out: fields.read("left_out")?,
                mutated: fields.read("mutated")?,
            };
            Script::parse(&scenario.feature).map_err(|why| fields.wrong("feature", why))?;
            Ok(BundleSubject::Scenario(Box::new(scenario)))
        }
        "mutations" => Ok(BundleSubject::Mutations(Box::new(MutationSubject {
            case: fields.read("case")?,
            plan: fields.plan("plan")?,
            drawn: fields.plan("drawn")?,
            circumstance: fields.read("circumstance")?,
            key: fields.read("key")?,
            confirmed: fields.read("confirmed")?,
        }))),
        other => {
            let why = format!("is «{other}», but this version reads «scenario» and «mutations»");
            Err(fields.wrong("kind", why))
        }
    }
}

/// The bytes of each request can be read, and are those that were written.
fn check_requests(fields: &Fields<'_>, bundle: &Bundle) -> Result<(), BundleError> {
    for (place, request) in bundle.requests.iter().enumerate() {
        let bytes = request.bytes().map_err(|error| {
            fields.wrong(&format!("requests[{place}].sent"), format!("is no base64: {error}"))
        })?;
        if digest_of_bytes(&bytes) != request.sha256 {
            let why = "is not the digest of the bytes in «sent»: one of the two was edited";
            return Err(fields.wrong(&format!("requests[{place}].sha256"), why.to_owned()));
        }
    }
    if matches!(bundle.subject, BundleSubject::Mutations(_)) && bundle.requests.len() != 1 {
        let why = format!("a plan makes one request, but {} are here", bundle.requests.len());
        return Err(fields.wrong("requests", why));
    }
    Ok(())
}
