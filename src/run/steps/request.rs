//! The request in the making: what deviates from a valid one.

use lianpu_corpus::ParameterType;
use serde_json::{Value, json};

use super::set_up::{faces_of, person};
use super::{Blocked, draft, operation};
use crate::provoke::Named;
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

pub(super) async fn named_value(world: &mut World, parameter: &str, named: &Named) -> Result<Value, Blocked> {
    let kind = draft(world)?.operation.parameter(parameter).map(|p| p.kind);
    let list = kind == Some(ParameterType::Strings);
    let ids = match named {
        Named::Things(names) => names.iter().map(|name| world.name(name)).collect(),
        Named::FacesOf(name) => {
            let person = person(world, name)?.clone();
            faces_of(world, &person).await?
        }
    };
    match (ids.as_slice(), named) {
        ([only], _) if !list => Ok(json!(only)),
        ([first, ..], Named::FacesOf(_)) if !list => Ok(json!(first)),
        (_, Named::Things(_)) if !list => Ok(json!(ids.join(","))),
        _ => Ok(json!(ids)),
    }
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
