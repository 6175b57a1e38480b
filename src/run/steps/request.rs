//! The request in the making: what deviates from a valid one.

use lianpu_corpus::{ParameterType, Resource, Which, Word};
use serde_json::{Value, json};

use super::look_up::{draft, operation};
use crate::request::FAULT_HEADER;
use crate::run::blocked::Blocked;
use crate::run::origin::{Behaviour, WORDS};
use crate::run::set_up::{self, faces_of, person};
use crate::run::world::{State, World};

pub(super) async fn begin(world: &mut World, name: &str, valid: bool) -> Result<(), Blocked> {
    let operation = operation(world, name)?;
    world.draft = Some(set_up::valid(world.actor_mut(), operation, valid).await?);
    Ok(())
}

pub(super) fn unknown(world: &mut World, parameter: &str) -> Result<Value, Blocked> {
    let parameter = draft(world)?.operation.parameter(parameter);
    let manifest = &world.dialect().manifest;
    Ok(match parameter.and_then(|parameter| manifest.word_of(parameter)) {
        Some(Word::Thing {
            which: Which::Standing,
            resource: Resource { unknown: Some(unknown), .. },
            several,
        }) => match several {
            true => json!([unknown]),
            false => json!(unknown),
        },
        _ if parameter.is_some_and(|p| p.kind == ParameterType::Strings) => {
            json!([world.actor_mut().fresh()])
        }
        _ => json!(world.actor_mut().fresh()),
    })
}

/// The things of these names: a list where the parameter is one, else with commas between.
pub(super) fn named(world: &mut World, parameter: &str, names: &[String]) -> Result<Value, Blocked> {
    let list = takes_list(world, parameter)?;
    let ids: Vec<_> = names.iter().map(|name| world.actor().name(name)).collect();
    Ok(if list { json!(ids) } else { json!(ids.join(",")) })
}

/// The faces of the person: all of them where the parameter is a list, else the first.
pub(super) async fn faces(world: &mut World, parameter: &str, name: &str) -> Result<Value, Blocked> {
    let list = takes_list(world, parameter)?;
    let actor = world.actor_mut();
    let person = person(actor, name)?.clone();
    let ids = faces_of(actor, &person).await?;
    Ok(match ids.first() {
        Some(first) if !list => json!(first),
        _ => json!(ids),
    })
}

fn takes_list(world: &mut World, parameter: &str) -> Result<bool, Blocked> {
    let kind = draft(world)?.operation.parameter(parameter).map(|p| p.kind);
    Ok(kind == Some(ParameterType::Strings))
}

pub(super) async fn show(world: &mut World, parameter: &str, scenes: &[String]) -> Result<(), Blocked> {
    let mut files = Vec::new();
    for scene in scenes {
        files.push(world.context().pictures.file(scene).await?);
    }
    let draft = draft(world)?;
    let list = draft.operation.parameter(parameter).is_some_and(|p| p.kind == ParameterType::Pictures);
    draft.put_files(parameter, files, list);
    Ok(())
}

pub(super) async fn lead(
    world: &mut World,
    parameter: &str,
    scene: &str,
    behaviour: &str,
) -> Result<(), Blocked> {
    let context = world.context();
    let behaviour = Behaviour::parse(behaviour).ok_or_else(|| {
        let known: Vec<_> = WORDS.iter().map(|(words, _)| *words).collect();
        Blocked::step(&format!("no origin that {behaviour}; write one of: {}", known.join("; ")))
    })?;
    if !context.target.capabilities.contains("origin") {
        return Err(Blocked::needs(&"origin"));
    }
    let file = context.pictures.file(scene).await?;
    let address = context.origin.publish(&file, behaviour);
    let draft = draft(world)?;
    match draft.operation.parameter(parameter).map(|p| p.kind) {
        Some(ParameterType::Urls) => draft.put_json(parameter, json!([address])),
        _ => draft.put_json(parameter, address),
    }
    Ok(())
}

pub(super) fn ask_with_second(world: &mut World) -> Result<(), Blocked> {
    let State { actor: Some(actor), draft, .. } = &mut **world else { return Ok(()) };
    let second = actor.second_account().ok_or_else(|| Blocked::needs(&"second-account"))?;
    let draft = draft.as_mut().ok_or_else(|| Blocked::step(&"no request yet"))?;
    draft.put_account(&actor.dialect.manifest, second);
    actor.asks_second = true;
    Ok(())
}

pub(super) fn ask_for_fault(world: &mut World, name: String) -> Result<(), Blocked> {
    let manifest = &world.dialect().manifest;
    if !manifest.faults.iter().any(|fault| fault.name == name) {
        return Err(Blocked::step(&format!("{} has no fault {name}", manifest.name)));
    }
    if !world.context().target.capabilities.contains("fault-hook") {
        return Err(Blocked::needs(&"fault-hook"));
    }
    draft(world).map(|draft| draft.headers.push((FAULT_HEADER.to_owned(), Some(name))))
}
