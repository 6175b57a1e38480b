//! The set-up of a scenario: persons, faces and groups under the short names of its steps. How each is created says
//! [`crate::request::set_up`].

use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use lianpu_corpus::{Account, Dialect, Operation, Which, Word};

use super::actor::Actor;
use super::blocked::Blocked;
use super::context::Context;
use super::offers;
use super::send;
use super::things::Person;
use super::transcript::Purpose;
use super::usual::{DEFAULT_PORTRAIT, FURTHER_PORTRAIT};
use crate::report::{Reason, ReasonCode, Verdict};
use crate::request::{self, Draft, SetUp, Standing};
use crate::wire::{File, Reply};

/// Persons that a limit may demand before the step refuses: more would be a load test.
const MOST_PERSONS: u64 = 64;

/// Pictures in one request, so that their order is the same by index and by name.
const PICTURES_AT_ONCE: usize = 10;

impl SetUp for Actor {
    fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    fn account(&self) -> Option<&Account> {
        Self::account(self)
    }

    async fn offers(&mut self, operation: &'static Operation) -> bool {
        offers::lacking(&self.context, self.dialect, operation).await.is_none()
    }

    fn note(&mut self, kind: &str, id: &str) {
        Self::note(self, kind, id);
    }

    async fn send(&mut self, draft: &Draft) -> Result<Reply, String> {
        if let Some(reason) = offers::lacking(&self.context, self.dialect, draft.operation).await {
            let why = reason.to_string();
            self.lacking = Some(reason);
            return Err(why);
        }
        let answer = send::deliver(draft, Purpose::SetUp, self).await.map_err(|why| why.to_string());
        self.changed_at = Some(Instant::now());
        answer
    }
}

impl Person {
    /// What stands with it.
    fn standing(&self) -> Standing {
        Standing::default().with("person", [&self.id]).with("group", &self.groups)
    }
}

/// The valid request of an operation. `exists`: about things that the set-up created, or creates now.
pub(super) async fn valid(
    actor: &mut Actor,
    operation: &'static Operation,
    exists: bool,
) -> Result<Draft, Blocked> {
    let context = Rc::clone(&actor.context);
    let mut standing = Standing::default();
    let manifest = &actor.dialect.manifest;
    for word in operation.parameters.iter().filter_map(|parameter| manifest.word_of(parameter)) {
        match word {
            Word::Medium { several: false, .. } => {
                need_picture(&mut standing.picture, DEFAULT_PORTRAIT, &context).await?;
            }
            Word::Medium { .. } if operation.elements.is_some() => {
                need_picture(&mut standing.picture, DEFAULT_PORTRAIT, &context).await?;
            }
            Word::Medium { .. } => need_picture(&mut standing.further, FURTHER_PORTRAIT, &context).await?,
            Word::Thing { which: Which::Standing | Which::Other, .. } if exists => {
                let key = word.key().unwrap_or_default();
                if standing.ids(&key).is_empty() {
                    need_thing(&mut standing, &key, actor).await?;
                }
            }
            _ => {}
        }
    }
    if exists && operation.parameters.iter().all(|parameter| manifest.is_identity(parameter)) {
        // It asks about all that the account has; what the scenarios beside it left there is no ground to stand on.
        some_person(actor).await?;
    }
    let mut draft = actor.valid(operation, &standing)?;
    // Kept reproducers have it so.
    draft.put_account_last(manifest);
    Ok(draft)
}

async fn need_picture(place: &mut Option<Arc<File>>, scene: &str, context: &Context) -> Result<(), Blocked> {
    if place.is_none() {
        *place = Some(context.pictures.file(scene).await?);
    }
    Ok(())
}

async fn need_thing(standing: &mut Standing, kind: &str, actor: &mut Actor) -> Result<(), Blocked> {
    match kind {
        "other-group" => standing.put(kind, [create_group(actor, "other").await?]),
        "face" => {
            let person = some_person(actor).await?;
            // One face, also of a list: what is left out says nothing.
            standing.put(kind, faces_of(actor, &person).await?.into_iter().take(1));
        }
        _ => {
            let Person { id, groups, .. } = some_person(actor).await?;
            standing.put("person", [id]);
            standing.put("group", groups);
        }
    }
    Ok(())
}

/// Creates a person whose portrait shows the scene, in groups given by their names on the wire.
pub(super) async fn create_person(
    actor: &mut Actor,
    name: &str,
    groups: Vec<String>,
    scene: &str,
) -> Result<(), Blocked> {
    let picture = actor.context.pictures.file(scene).await?;
    let id = actor.name(name);
    request::set_up::create_person(actor, &id, &groups, picture).await?;
    actor.things.add(name, Person { id, groups, faces: 1 });
    Ok(())
}

/// Creates an empty group; its id on the wire.
pub(super) async fn create_group(actor: &mut Actor, name: &str) -> Result<String, Blocked> {
    let id = actor.name(name);
    request::set_up::create_group(actor, &id).await?;
    Ok(id)
}

/// Deletes a group.
pub(super) async fn delete_group(actor: &mut Actor, name: &str) -> Result<(), Blocked> {
    let id = actor.name(name);
    let standing = Standing::default().with("group", [&id]);
    request::set_up::carry_out(actor, "delete-group", &standing).await?;
    actor.ledger.strike("group", &id);
    Ok(())
}

/// The person that a valid request is about: the last one created, or one created now.
pub(super) async fn some_person(actor: &mut Actor) -> Result<Person, Blocked> {
    if actor.things.last().is_none() {
        let group = actor.name("group");
        create_person(actor, "person", vec![group], DEFAULT_PORTRAIT).await?;
    }
    actor.things.last().cloned().ok_or_else(|| Blocked::step(&"no person"))
}

/// The face ids of a person on the wire.
pub(super) async fn faces_of(actor: &mut Actor, person: &Person) -> Result<Vec<String>, Blocked> {
    Ok(request::set_up::faces_of(actor, &person.standing()).await?)
}

/// Adds faces until the person has so many.
pub(super) async fn add_faces(actor: &mut Actor, name: &str, count: usize) -> Result<(), Blocked> {
    let several = request::set_up::adds_several_faces(actor.dialect)?;
    let person = person(actor, name)?.clone();
    let scenes: Vec<_> = (person.faces..count).map(|number| format!("seed:{}", 1000 + number)).collect();
    for some in scenes.chunks(if several { PICTURES_AT_ONCE } else { 1 }) {
        let mut pictures = Vec::new();
        for scene in some {
            pictures.push(actor.context.pictures.file(scene).await?);
        }
        request::set_up::add_faces(actor, &person.standing(), &pictures).await?;
    }
    let there = faces_of(actor, &person).await?.len();
    if there != count {
        return Err(Blocked::set_up(format!("person {name} has {there} faces after adding up to {count}")));
    }
    if let Some(person) = actor.things.person_mut(name) {
        person.faces = count;
    }
    Ok(())
}

/// Creates persons in a group until so many are lacking to the limit.
pub(super) async fn fill_group(
    actor: &mut Actor,
    group: &str,
    lacking: usize,
    limit: &str,
) -> Result<(), Blocked> {
    let most = limit_of(actor, limit)?;
    if most > MOST_PERSONS {
        return Err(Blocked(
            Verdict::NotProvoked,
            Reason::with(
                ReasonCode::NeedsLoweredLimit,
                format!("{limit} is {most}; at most {MOST_PERSONS} persons are made"),
            ),
        ));
    }
    let id = actor.name(group);
    for number in 0..(most as usize).saturating_sub(lacking) {
        let scene = format!("seed:{}", 1000 + number);
        create_person(actor, &format!("member{number}"), vec![id.clone()], &scene).await?;
    }
    Ok(())
}

/// Deletes a person; steps may still ask for it by its name.
pub(super) async fn delete_person(actor: &mut Actor, name: &str) -> Result<(), Blocked> {
    let person = person(actor, name)?.clone();
    request::set_up::carry_out(actor, "delete-person", &person.standing()).await?;
    actor.ledger.strike("person", &person.id);
    actor.things.bury(name);
    Ok(())
}

/// The person of a short name.
pub(super) fn person<'a>(actor: &'a Actor, name: &str) -> Result<&'a Person, Blocked> {
    actor.things.person(name).ok_or_else(|| Blocked::step(&format!("no person \"{name}\" in this scenario")))
}

/// The limit of this name that is in force.
pub(super) fn limit_of(actor: &Actor, name: &str) -> Result<u64, Blocked> {
    let lacking = || Blocked::step(&format!("{} has no limit {name}", actor.dialect.manifest.name));
    actor.limit(name).ok_or_else(lacking)
}
