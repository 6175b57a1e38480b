//! The request in the making: what deviates from a valid one.

use lianpu_corpus::ParameterType;
use serde_json::{Value, json};

use super::set_up::{faces_of, person};
use super::{Blocked, draft, operation};
use crate::run::draft::{Draft, FAULT_HEADER};
use crate::run::origin::{Behaviour, WORDS};
use crate::run::send;
use crate::run::world::World;

pub(super) async fn begin(world: &mut World, name: &str, valid: bool) -> Result<(), Blocked> {
    let mut draft = Draft::new(operation(world, name)?);
    send::fill_valid(&mut draft, world, valid).await?;
    world.draft = Some(draft);
    Ok(())
}

pub(super) fn unknown(world: &mut World, parameter: &str) -> Result<Value, Blocked> {
    let kind = draft(world)?.operation.parameter(parameter).map(|p| (p.kind, p.valid.clone()));
    Ok(match kind {
        Some((_, Some(valid))) if valid == "face" => json!(send::unknown_face(world)),
        Some((_, Some(valid))) if valid == "faces" => json!([send::unknown_face(world)]),
        Some((ParameterType::Strings, _)) => json!([world.fresh()]),
        _ => json!(world.fresh()),
    })
}

/// The things of these names: a list where the parameter is one, else with commas between.
pub(super) fn named(world: &mut World, parameter: &str, names: &[String]) -> Result<Value, Blocked> {
    let ids: Vec<_> = names.iter().map(|name| world.name(name)).collect();
    Ok(if takes_list(world, parameter)? { json!(ids) } else { json!(ids.join(",")) })
}

/// The faces of the person: all of them where the parameter is a list, else the first.
pub(super) async fn faces(world: &mut World, parameter: &str, name: &str) -> Result<Value, Blocked> {
    let list = takes_list(world, parameter)?;
    let person = person(world, name)?.clone();
    let ids = faces_of(world, &person).await?;
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
    let context = world.context();
    let mut files = Vec::new();
    for scene in scenes {
        files.push(context.pictures.file(scene).await?);
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
    let context = world.context();
    if context.target.second_account(&world.dialect().manifest.name).is_none() {
        return Err(Blocked::needs(&"second-account"));
    }
    world.asks_second = true;
    let mut draft = world.draft.take().ok_or_else(|| Blocked::step(&"no request yet"))?;
    send::fill(&mut draft, world, &context);
    world.draft = Some(draft);
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
