//! What is there before: persons, faces, full groups. Every request of the set-up must succeed.

use serde_json::{Value, json};

use super::{Blocked, limit_of, role};
use crate::judge::judge_envelope;
use crate::report::{Reason, Verdict};
use crate::run::draft::Draft;
use crate::run::send;
use crate::run::things::Person;
use crate::run::world::World;

/// Persons that a limit may demand before the step refuses: more would be a load test.
const MOST_PERSONS: u64 = 64;

/// Pictures in one request, so that their order is the same by index and by name.
const PICTURES_AT_ONCE: usize = 10;

/// Sends a request of the set-up, which must succeed; gives the body.
pub(super) async fn set_up(world: &mut World, draft: &Draft) -> Result<Value, Blocked> {
    let context = world.context();
    let name = &draft.operation.name;
    let reply = send::deliver(draft, world, &context)
        .await
        .map_err(|why| Blocked::set_up(format!("{name}: {why}")))?;
    let envelope =
        world.dialect().manifest.envelope.as_ref().expect("a dialect with operations has an envelope");
    let answer = judge_envelope(&reply, envelope, &mut Vec::new());
    match (answer.code, answer.body) {
        (Some(code), Some(body)) if code == envelope.success => Ok(body),
        _ => Err(Blocked::set_up(format!("{name} answered {}", reply.excerpt(160)))),
    }
}

pub(super) async fn create_person(
    world: &mut World,
    name: &str,
    groups: Vec<String>,
    scene: &str,
) -> Result<(), Blocked> {
    let operation = role(world, "create-person")?;
    let context = world.context();
    let file = context.pictures.file(scene).await?;
    let id = world.name(name);
    let mut draft = Draft::new(operation);
    send::fill(&mut draft, world, &context);
    for parameter in &operation.parameters {
        match parameter.valid.as_deref() {
            Some("fresh-person") => draft.put_json(&parameter.name, id.as_str()),
            Some("fresh-groups") => draft.put_json(&parameter.name, json!(groups)),
            Some("portrait") => draft.put_files(&parameter.name, vec![file.clone()], false),
            _ => {}
        }
    }
    let by_second = world.asks_second;
    world.ledger.note(&id, by_second);
    set_up(world, &draft).await?;
    world.things.add(name, Person { id, groups, faces: 1 });
    Ok(())
}

/// The person that a valid request is about: the last one created, or one created now.
pub(in crate::run) async fn some_person(world: &mut World) -> Result<Person, Blocked> {
    if world.things.last().is_none() {
        let group = world.name("group");
        create_person(world, "person", vec![group], send::DEFAULT_PORTRAIT).await?;
    }
    world.things.last().cloned().ok_or_else(|| Blocked::step(&"no person"))
}

/// The face ids of a person on the wire.
pub(in crate::run) async fn faces_of(world: &mut World, person: &str) -> Result<Vec<String>, Blocked> {
    let operation = role(world, "list-faces")?;
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("person")) {
        draft.put_json(&parameter.name, person);
    }
    let body = set_up(world, &draft).await?;
    let pointer = world.dialect().manifest.reads.get("faces").map_or("", String::as_str);
    let faces = body.pointer(pointer).and_then(Value::as_array);
    let ids = faces.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    match ids.is_empty() {
        true => Err(Blocked::set_up(format!("{} gave no face at {pointer}", operation.name))),
        false => Ok(ids),
    }
}

pub(super) async fn add_faces(world: &mut World, name: &str, count: usize) -> Result<(), Blocked> {
    let operation = role(world, "add-faces")?;
    let context = world.context();
    let person = person(world, name)?.clone();
    let scenes: Vec<_> = (person.faces..count).map(|number| format!("seed:{}", 1000 + number)).collect();
    for some in scenes.chunks(PICTURES_AT_ONCE) {
        let mut files = Vec::new();
        for scene in some {
            files.push(context.pictures.file(scene).await?);
        }
        let mut draft = Draft::new(operation);
        send::fill(&mut draft, world, &context);
        for parameter in &operation.parameters {
            match parameter.valid.as_deref() {
                Some("person") => draft.put_json(&parameter.name, person.id.as_str()),
                Some("portraits") => draft.put_files(&parameter.name, files.clone(), true),
                _ => {}
            }
        }
        set_up(world, &draft).await?;
    }
    let there = faces_of(world, &person.id).await?.len();
    if there != count {
        return Err(Blocked::set_up(format!("person {name} has {there} faces after adding up to {count}")));
    }
    if let Some(person) = world.things.person_mut(name) {
        person.faces = count;
    }
    Ok(())
}

pub(super) async fn fill_group(
    world: &mut World,
    group: &str,
    lacking: usize,
    limit: &str,
) -> Result<(), Blocked> {
    let most = limit_of(world, limit)?;
    if most > MOST_PERSONS {
        return Err(Blocked(
            Verdict::NotProvoked,
            Reason::with(
                "needs-lowered-limit",
                format!("{limit} is {most}; at most {MOST_PERSONS} persons are made"),
            ),
        ));
    }
    let id = world.name(group);
    for number in 0..(most as usize).saturating_sub(lacking) {
        let scene = format!("seed:{}", 1000 + number);
        create_person(world, &format!("member{number}"), vec![id.clone()], &scene).await?;
    }
    Ok(())
}

pub(super) async fn delete_person(world: &mut World, name: &str) -> Result<(), Blocked> {
    let operation = role(world, "delete-person")?;
    let id = person(world, name)?.id.clone();
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("person")) {
        draft.put_json(&parameter.name, id.as_str());
    }
    set_up(world, &draft).await?;
    world.ledger.strike(&id);
    world.things.bury(name);
    Ok(())
}

pub(super) fn person<'w>(world: &'w World, name: &str) -> Result<&'w Person, Blocked> {
    world.things.person(name).ok_or_else(|| Blocked::step(&format!("no person \"{name}\" in this scenario")))
}
