//! What was sent and what came, as a record keeps it: no secret, no long body, no picture.

use cucumber::gherkin::Scenario;

use super::context::Context;
use super::redact::MARK;
use super::usual::DEFAULT_PORTRAIT;
use super::world::World;
use crate::provoke::Step;
use crate::report::{Evidence, LONGEST_SHOWN, SeenReply, SentRequest};
use crate::sign::{is_secret_header, is_secret_query};
use crate::wire::{Field, FieldValue, File, Reply, Request};

/// The evidence of a scenario that has just ended.
pub(super) fn of(scenario: &Scenario, world: &World, context: &Context) -> Evidence {
    let steps: Vec<_> =
        scenario.steps.iter().map(|step| format!("{} {}", step.keyword.trim(), step.value)).collect();
    let fields = world.draft.as_ref().map_or(&[][..], |draft| &draft.fields);
    let written = world.draft.as_ref().is_some_and(|draft| draft.raw_body.is_none());
    // Of many sent at once none is shown, nor what mutations made: its bytes are in the reproducer.
    let request = match (&*world.sent, &world.draft) {
        ([sent], Some(_)) => Some(request_of(&sent.prepared.request, fields, written, context)),
        _ => None,
    };
    let reply = world.last_answer().and_then(|answer| answer.as_ref().ok()).map(reply_of);
    let portraits = match context.options.album {
        Some(_) => Vec::new(), // photographs of somebody's: no report shows them
        None => portraits(world, fields),
    };
    Evidence { steps, portraits, request, reply }
}

/// The scenes that the steps name; the usual one where a picture is sent without one being named.
fn portraits(world: &World, fields: &[Field]) -> Vec<String> {
    let mut scenes = Vec::new();
    for step in world.steps.iter().flatten() {
        match step {
            Step::Shows { scenes: shown, .. } => scenes.extend(shown.iter().cloned()),
            Step::Person { scene, .. } | Step::PersonInGroups { scene, .. } | Step::Leads { scene, .. } => {
                scenes.push(scene.clone());
            }
            _ => {}
        }
    }
    let sends_picture = fields.iter().any(|field| !matches!(field.value, FieldValue::Json(_)));
    if scenes.is_empty() && sends_picture {
        scenes.push(DEFAULT_PORTRAIT.to_owned());
    }
    scenes.dedup();
    scenes
}

fn request_of(request: &Request, fields: &[Field], written: bool, context: &Context) -> SentRequest {
    let clean = |text: &str| context.client.without_secrets(text);
    let mut shown = request.clone();
    for (name, _) in request.query().iter().filter(|(name, _)| is_secret_query(name)) {
        shown.set_query(name, Some(MARK));
    }
    let header = |(name, value): &(String, String)| {
        (name.clone(), if is_secret_header(name) { MARK.to_owned() } else { clean(value) })
    };
    SentRequest {
        method: request.method.clone(),
        target: clean(&shown.target),
        headers: request.headers.iter().map(header).collect(),
        fields: fields.iter().map(|field| (field.name.clone(), clean(&value(&field.value)))).collect(),
        body_bytes: request.body.len(),
        body: (!written).then(|| clean(&cut(&String::from_utf8_lossy(&request.body)))),
    }
}

fn value(value: &FieldValue) -> String {
    match value {
        FieldValue::Json(value) => cut(&value.to_string()),
        FieldValue::File(file) => words(file),
        FieldValue::Files(files) => files.iter().map(|file| words(file)).collect::<Vec<_>>().join(", "),
    }
}

fn words(file: &File) -> String {
    format!("{} ({}, {} bytes)", file.name, file.media_type, file.bytes.len())
}

/// The client has taken the secrets out already.
fn reply_of(reply: &Reply) -> SeenReply {
    SeenReply {
        status: reply.status,
        content_type: reply.content_type.clone(),
        body: reply.excerpt(LONGEST_SHOWN),
        ms: reply.took.as_micros() as f64 / 1000.0, // as in the record: read back to the bit
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
