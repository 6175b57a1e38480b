//! What is there before: persons, faces, full groups. Every request of the set-up must succeed.

use serde_json::{Value, json};

use super::{Blocked, limit_of, role};
use crate::judge::{read, values_at};
use crate::report::{Reason, ReasonCode, Verdict};
use crate::run::draft::Draft;
use crate::run::ledger::Kind;
use crate::run::send;
use crate::run::things::Person;
use crate::run::transcript::Purpose;
use crate::run::world::World;

/// Persons that a limit may demand before the step refuses: more would be a load test.
const MOST_PERSONS: u64 = 64;

/// Pictures in one request, so that their order is the same by index and by name.
const PICTURES_AT_ONCE: usize = 10;

/// Sends a request of the set-up, which must succeed; gives the body.
pub(super) async fn set_up(world: &mut World, draft: &Draft) -> Result<Value, Blocked> {
    let context = world.context();
    let name = &draft.operation.name;
    let reply = send::deliver(draft, Purpose::SetUp, world, &context)
        .await
        .map_err(|why| Blocked::set_up(format!("{name}: {why}")))?;
    let answer = read(&reply, world.dialect(), draft.operation);
    match answer.body {
        Some(body) if answer.success => Ok(body),
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
    // Some take a list of groups, some one group at a time.
    let takes_list = operation.parameters.iter().any(|p| p.valid.as_deref() == Some("fresh-groups"));
    let calls: Vec<_> = groups.chunks(if takes_list { groups.len().max(1) } else { 1 }).collect();
    for some in calls {
        let mut draft = Draft::new(operation);
        send::fill(&mut draft, world, &context);
        for parameter in &operation.parameters {
            match parameter.valid.as_deref() {
                Some("fresh-person") => draft.put_json(&parameter.name, id.as_str()),
                Some("fresh-groups") => draft.put_json(&parameter.name, json!(some)),
                Some("fresh-group") => draft.put_json(&parameter.name, json!(some.first())),
                Some("portrait") => draft.put_files(&parameter.name, vec![file.clone()], false),
                other => put_literal(&mut draft, &parameter.name, other),
            }
        }
        note(world, &id, some);
        set_up(world, &draft).await?;
    }
    world.things.add(name, Person { id, groups, faces: 1 });
    Ok(())
}

/// Puts what every valid request has.
fn put_literal(draft: &mut Draft, name: &str, valid: Option<&str>) {
    let literal = valid.and_then(|valid| serde_json::from_str::<Value>(valid.strip_prefix('=')?).ok());
    if let Some(value) = literal {
        draft.put_json(name, value);
    }
}

/// Notes for clean-up what is about to be created.
fn note(world: &mut World, person: &str, groups: &[String]) {
    let by_second = world.asks_second;
    match Kind::of(world.dialect()) {
        Kind::Person => world.ledger.note(Kind::Person, person, by_second),
        Kind::Group => groups.iter().for_each(|group| world.ledger.note(Kind::Group, group, by_second)),
    }
}

/// Creates an empty group; its id on the wire.
pub(in crate::run) async fn create_group(world: &mut World, name: &str) -> Result<String, Blocked> {
    let operation = role(world, "create-group")?;
    let context = world.context();
    let id = world.name(name);
    let mut draft = Draft::new(operation);
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("fresh-group")) {
        draft.put_json(&parameter.name, id.as_str());
    }
    let by_second = world.asks_second;
    world.ledger.note(Kind::Group, &id, by_second);
    set_up(world, &draft).await?;
    Ok(id)
}

pub(super) async fn delete_group(world: &mut World, name: &str) -> Result<(), Blocked> {
    let operation = role(world, "delete-group")?;
    let context = world.context();
    let id = world.name(name);
    let mut draft = Draft::new(operation);
    send::fill(&mut draft, world, &context);
    for parameter in operation.parameters.iter().filter(|p| p.valid.as_deref() == Some("group")) {
        draft.put_json(&parameter.name, id.as_str());
    }
    set_up(world, &draft).await?;
    world.ledger.strike(Kind::Group, &id);
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

/// Names a person that exists, and where it takes one a group of it.
fn put_person(draft: &mut Draft, person: &Person) {
    for parameter in &draft.operation.parameters {
        match parameter.valid.as_deref() {
            Some("person" | "fresh-person") => draft.put_json(&parameter.name, person.id.as_str()),
            Some("group" | "fresh-group") => draft.put_json(&parameter.name, json!(person.groups.first())),
            other => put_literal(draft, &parameter.name, other),
        }
    }
}

/// The face ids of a person on the wire.
pub(in crate::run) async fn faces_of(world: &mut World, person: &Person) -> Result<Vec<String>, Blocked> {
    let operation = role(world, "list-face")?;
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    put_person(&mut draft, person);
    let body = set_up(world, &draft).await?;
    let pointer =
        world.dialect().manifest.resource("face").and_then(|face| face.ids.as_deref()).unwrap_or_default();
    let faces = values_at(&body, pointer).into_iter();
    let ids = faces.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    match ids.is_empty() {
        true => Err(Blocked::set_up(format!("{} gave no face at {pointer}", operation.name))),
        false => Ok(ids),
    }
}

pub(super) async fn add_faces(world: &mut World, name: &str, count: usize) -> Result<(), Blocked> {
    let operation = role(world, "create-face")?;
    let context = world.context();
    let person = person(world, name)?.clone();
    let takes_list = operation.parameters.iter().any(|p| p.valid.as_deref() == Some("portraits"));
    let scenes: Vec<_> = (person.faces..count).map(|number| format!("seed:{}", 1000 + number)).collect();
    for some in scenes.chunks(if takes_list { PICTURES_AT_ONCE } else { 1 }) {
        let mut files = Vec::new();
        for scene in some {
            files.push(context.pictures.file(scene).await?);
        }
        let mut draft = Draft::new(operation);
        send::fill(&mut draft, world, &context);
        put_person(&mut draft, &person);
        for parameter in &operation.parameters {
            if let Some("portrait" | "portraits") = parameter.valid.as_deref() {
                draft.put_files(&parameter.name, files.clone(), takes_list);
            }
        }
        set_up(world, &draft).await?;
    }
    let there = faces_of(world, &person).await?.len();
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
                ReasonCode::NeedsLoweredLimit,
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
    let person = person(world, name)?.clone();
    let mut draft = Draft::new(operation);
    let context = world.context();
    send::fill(&mut draft, world, &context);
    put_person(&mut draft, &person);
    set_up(world, &draft).await?;
    world.ledger.strike(Kind::Person, &person.id);
    world.things.bury(name);
    Ok(())
}

pub(super) fn person<'w>(world: &'w World, name: &str) -> Result<&'w Person, Blocked> {
    world.things.person(name).ok_or_else(|| Blocked::step(&format!("no person \"{name}\" in this scenario")))
}
