//! Drafts filled, written, signed and sent.

use std::sync::Arc;

use lianpu_corpus::{Manifest, Operation, Parameter, Word};
use serde_json::{Value, json};

use super::client::SendError;
use super::context::Context;
use super::draft::{Draft, Signed};
use super::steps::Blocked;
use super::transcript::{Exchange, Purpose};
use super::world::World;
use crate::report::{Reason, ReasonCode, Verdict};
use crate::sign::Lacking;
use crate::wire::{FieldValue, File, Reply};

/// The portrait in a valid request when a scenario asks for no other.
pub(super) const DEFAULT_PORTRAIT: &str = "anna";

/// The portrait that a valid request adds to a person who has the default one already.
pub(super) const FURTHER_PORTRAIT: &str = "bea";

/// Why a request of the harness's own brought no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undelivered {
    #[error("{0}")]
    Lacking(Lacking),
    #[error("{0}")]
    Send(SendError),
}

/// Fills in who asks.
pub(super) fn fill(draft: &mut Draft, world: &World, context: &Context) {
    let dialect = &world.dialect().manifest.name;
    let account = match world.asks_second {
        true => context.target.second_account(dialect),
        false => context.target.account(dialect),
    };
    let Some(account) = account else { return };
    for parameter in &draft.operation.parameters {
        let word = parameter.valid.as_deref().and_then(|valid| world.dialect().manifest.word(valid));
        if let Some(Word::Part(part)) = word {
            draft.put_json(&parameter.name, account.part(part));
        }
    }
}

/// Fills every parameter that a valid request has. `exists`: about things that the scenario created.
pub(super) async fn fill_valid(draft: &mut Draft, world: &mut World, exists: bool) -> Result<(), Blocked> {
    let context = world.context();
    for parameter in &draft.operation.parameters {
        let Some(valid) = parameter.valid.as_deref() else { continue };
        match valid {
            "portrait" => {
                let file = picture(DEFAULT_PORTRAIT, &context).await?;
                draft.put_files(&parameter.name, vec![file], false);
            }
            "portraits" => {
                let mut files = Vec::new();
                for scene in portraits(draft.operation) {
                    files.push(picture(scene, &context).await?);
                }
                draft.put_files(&parameter.name, files, true);
            }
            _ => {
                if let Some(value) = value(parameter, valid, world, exists).await? {
                    draft.put(&parameter.name, FieldValue::Json(value));
                }
            }
        }
    }
    let manifest = &world.dialect().manifest;
    if exists && draft.operation.parameters.iter().all(|parameter| is_identity(manifest, parameter)) {
        // It asks about all that the account has; what the scenarios beside it left there is no ground to stand on.
        super::steps::some_person(world).await?;
    }
    fill(draft, world, &context);
    Ok(())
}

async fn picture(scene: &str, context: &Context) -> Result<Arc<File>, Blocked> {
    Ok(context.pictures.file(scene).await?)
}

/// What a list of pictures shows: one person in every element of a body that is a list, else a person whom the one
/// asked about has not.
fn portraits(operation: &Operation) -> Vec<&'static str> {
    operation.elements.map_or_else(|| vec![FURTHER_PORTRAIT], |elements| vec![DEFAULT_PORTRAIT; elements])
}

/// An id of a face, of the right form, that nothing has.
pub(super) fn unknown_face(world: &World) -> String {
    let face = world.dialect().manifest.resource("face");
    face.and_then(|face| face.unknown.clone()).unwrap_or_else(|| "1".to_owned())
}

/// Whether a parameter says only who asks.
pub(super) fn is_identity(manifest: &Manifest, parameter: &Parameter) -> bool {
    parameter.valid.is_none() || manifest.names_account(parameter.valid.as_deref())
}

async fn value(
    parameter: &Parameter,
    valid: &str,
    world: &mut World,
    exists: bool,
) -> Result<Option<Value>, Blocked> {
    if let Some(literal) = valid.strip_prefix('=') {
        let value = serde_json::from_str(literal);
        return value.map(Some).map_err(|error| Blocked::step(&format!("{}: {error}", parameter.name)));
    }
    Ok(Some(match valid {
        "fresh-person" | "fresh-group" => json!(world.fresh()),
        "other-group" if !exists => json!(world.fresh()),
        "other-group" => json!(super::steps::create_group(world, "other").await?),
        "fresh-groups" => json!([world.fresh()]),
        part if world.dialect().manifest.names_account(Some(part)) => return Ok(None),
        "person" | "group" | "groups" if !exists => match valid {
            "groups" => json!([world.fresh()]),
            _ => json!(world.fresh()),
        },
        "face" | "faces" if !exists => match valid {
            "faces" => json!([unknown_face(world)]),
            _ => json!(unknown_face(world)),
        },
        "person" => json!(super::steps::some_person(world).await?.id),
        "group" => json!(super::steps::some_person(world).await?.groups.first()),
        "groups" => json!(super::steps::some_person(world).await?.groups),
        "face" | "faces" => {
            let person = super::steps::some_person(world).await?;
            let faces = super::steps::faces_of(world, &person).await?;
            if valid == "faces" { json!([faces.first()]) } else { json!(faces.first()) }
        }
        other => return Err(Blocked::step(&format!("{}: no valid value named {other}", parameter.name))),
    }))
}

/// Sees to it that the scenario's dialect has its access tokens.
pub(super) async fn renew_tokens(world: &mut World) {
    if !world.is_open() {
        return;
    }
    let context = world.context();
    let manifest = &world.dialect().manifest;
    let renewed = context.tokens.renew(manifest, &context.target, &context.client, context.options.timeout);
    if let Err(why) = renewed.await {
        world.block(Verdict::Indeterminate, Reason::with(ReasonCode::SetUpFailed, why.to_string()));
    }
}

/// Sends a draft of the harness's own: set-up, probe, clean-up.
pub(super) async fn deliver(
    draft: &Draft,
    purpose: Purpose,
    world: &World,
    context: &Context,
) -> Result<Reply, Undelivered> {
    let signed = draft.finish(world, context).map_err(Undelivered::Lacking)?;
    exchange(&signed, draft, purpose, world, context).await.map_err(Undelivered::Send)
}

/// Sends a request that a draft became; notes it where somebody keeps it.
pub(super) async fn exchange(
    signed: &Signed,
    draft: &Draft,
    purpose: Purpose,
    world: &World,
    context: &Context,
) -> Result<Reply, SendError> {
    let within = context.options.timeout;
    if context.options.keeper.is_none() && world.replay.is_none() {
        return context.client.send(&signed.request, within).await;
    }
    let request = context.client.on_wire(&signed.request)?;
    if let (Some(replay), Some(caller)) = (&world.replay, world.caller(context)) {
        return replay.send(&request, &caller, context).await;
    }
    let place = world.recording.begin(Exchange {
        purpose,
        operation: draft.operation.name.clone(),
        request,
        bytes: None,
        fields: draft.fields.clone(),
        signed_text: signed.text.clone(),
        answer: None,
    });
    let answer = context.client.send(&signed.request, within).await;
    if let Some(place) = place {
        world.recording.end(place, &answer);
    }
    answer
}
