//! What each step does: what is there before, the request, sending it, judging the answer.

mod judging;
mod mutated;
mod request;
mod sending;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use lianpu_corpus::Operation;
use serde_json::json;

use super::blocked::Blocked;
use super::keyword::kind_of;
use super::set_up::{self, limit_of};
use super::world::World;
use crate::provoke::{Step, StepKind};
use crate::request::Draft;

/// The one step definition that cucumber knows: the vocabulary is read by [`Step::parse`].
pub(super) fn step(world: &mut World, context: cucumber::step::Context) -> LocalBoxFuture<'_, ()> {
    async move { carry_out(world, kind_of(context.step.ty), &context.step.value).await }.boxed_local()
}

/// Carries one sentence out, unless the scenario is over already.
pub(super) async fn carry_out(world: &mut World, kind: StepKind, text: &str) {
    if !world.is_open() {
        return;
    }
    if world.context().options.stop.is_set() {
        world.interrupted = true;
        return;
    }
    let done = match Step::parse(kind, text) {
        Ok(step) => take(world, step).await,
        Err(error) => Err(Blocked::step(&error)),
    };
    if let Err(Blocked(verdict, reason)) = done {
        world.block(verdict, reason);
    }
}

async fn take(world: &mut World, step: Step) -> Result<(), Blocked> {
    match step {
        Step::Person { person, groups, scene } => {
            let actor = world.actor_mut();
            let groups = groups.iter().map(|group| actor.name(group)).collect();
            set_up::create_person(actor, &person, groups, &scene).await
        }
        Step::Group { group } => set_up::create_group(world.actor_mut(), &group).await.map(|_| ()),
        Step::GroupDeleted { group } => set_up::delete_group(world.actor_mut(), &group).await,
        Step::Faces { person, count } => set_up::add_faces(world.actor_mut(), &person, count).await,
        Step::FacesToLimit { person, lacking, limit } => {
            let actor = world.actor_mut();
            let count = limit_of(actor, &limit)? as usize;
            set_up::add_faces(actor, &person, count.saturating_sub(lacking)).await
        }
        Step::PersonsToLimit { group, lacking, limit } => {
            set_up::fill_group(world.actor_mut(), &group, lacking, &limit).await
        }
        Step::Deleted { person } => set_up::delete_person(world.actor_mut(), &person).await,
        Step::Request { operation, valid } => request::begin(world, &operation, valid).await,
        Step::Put { parameter, value } => draft(world).map(|draft| draft.put_json(&parameter, value)),
        Step::Leave { parameter } => {
            draft(world)?.leave(&parameter);
            Ok(())
        }
        Step::Unknown { parameter } => {
            let name = request::unknown(world, &parameter)?;
            draft(world).map(|draft| draft.put_json(&parameter, name))
        }
        Step::Names { parameter, named } => {
            let value = request::named_value(world, &parameter, &named).await?;
            draft(world).map(|draft| draft.put_json(&parameter, value))
        }
        Step::Long { parameter, bytes } => {
            draft(world).map(|draft| draft.put_json(&parameter, json!("a".repeat(bytes))))
        }
        Step::Exceeds { parameter, limit } => {
            let actor = world.actor();
            let entries = limit_of(actor, &limit)? + 1;
            let names: Vec<_> = (0..entries).map(|number| actor.name(&number.to_string())).collect();
            draft(world).map(|draft| draft.put_json(&parameter, json!(names)))
        }
        Step::Shows { parameter, scenes } => request::show(world, &parameter, &scenes).await,
        Step::Leads { parameter, scene, behaviour } => {
            request::lead(world, &parameter, &scene, &behaviour).await
        }
        Step::Method(method) => draft(world).map(|draft| draft.method = Some(method)),
        Step::Header { name, value } => draft(world).map(|draft| draft.headers.push((name, value))),
        Step::Query { name, value } => draft(world).map(|draft| draft.query.push((name, value))),
        Step::Body(text) => draft(world).map(|draft| draft.raw_body = Some(text)),
        Step::BodyCut => draft(world).map(|draft| draft.cut_in_half = true),
        Step::Elements(number) => draft(world).map(|draft| draft.elements = Some(number)),
        Step::BoundaryMissing => draft(world).map(|draft| draft.without_boundary = true),
        Step::SentAs(kind) => draft(world).map(|draft| draft.body_kind = Some(kind)),
        Step::SecondAccount => request::ask_with_second(world),
        Step::SignedBySecond => draft(world).map(|draft| draft.signed_by_second = true),
        Step::SignatureScheme(scheme) => draft(world).map(|draft| draft.signature.scheme = Some(scheme)),
        Step::SignatureSays(rules) => draft(world).map(|draft| draft.signature.says = rules),
        Step::SignatureForm(form) => draft(world).map(|draft| draft.signature.form = Some(form)),
        Step::SignatureKey(key) => draft(world).map(|draft| draft.signature.key = key),
        Step::SignatureDamage(damage) => draft(world).map(|draft| draft.signature.damage = Some(damage)),
        Step::Fault(name) => request::ask_for_fault(world, name),
        Step::Sent => sending::send_draft(world).await,
        Step::SentAgain => sending::send_again(world).await,
        Step::SentTooFast => sending::send_too_fast(world).await,
        Step::OperationSent(operation) => {
            request::begin(world, &operation, true).await?;
            sending::send_draft(world).await
        }
        Step::Mutated { operation, mutations } => mutated::send(world, &operation, mutations).await,
        Step::Foreseen => mutated::judge(world),
        Step::Code(expectation) => judging::judge(world, &expectation),
        Step::OneCode(expectation) => judging::judge_any(world, &expectation),
        Step::Documented => judging::judge_reply(world),
        Step::ReplyIs { pointer, value } => {
            judging::judge_value(world, &pointer, &value);
            Ok(())
        }
        Step::ReplyRange { pointer, least, greatest } => {
            let range = least as f64..=greatest as f64;
            let words = format!("a number from {least} to {greatest}");
            judging::judge_each(world, &pointer, &words, |value| {
                value.as_f64().is_some_and(|number| range.contains(&number))
            });
            Ok(())
        }
        Step::ReplyOneOf { pointer, texts } => {
            let words = format!("one of {}", texts.join(", "));
            judging::judge_each(world, &pointer, &words, |value| {
                value.as_str().is_some_and(|text| texts.iter().any(|known| known == text))
            });
            Ok(())
        }
        Step::ReplyEntries { pointer, entries } => {
            let words = format!("{entries} entries");
            judging::judge_each(world, &pointer, &words, |value| {
                value.as_array().is_some_and(|list| list.len() == entries)
            });
            Ok(())
        }
        Step::ReplyNames { pointer, name } => {
            let name = json!(world.actor().name(&name));
            judging::judge_value(world, &pointer, &name);
            Ok(())
        }
        Step::Status(status) => {
            judging::judge_status(world, status);
            Ok(())
        }
        Step::NoTrace => judging::judge_traces(world).await,
    }
}

fn draft(world: &mut World) -> Result<&mut Draft, Blocked> {
    world.draft.as_mut().ok_or_else(|| Blocked::step(&"no request yet; begin with «a valid … request»"))
}

fn operation(world: &World, name: &str) -> Result<&'static Operation, Blocked> {
    let dialect = world.dialect();
    dialect.operation(name).ok_or_else(|| {
        let known = dialect.operations.iter().map(|operation| operation.name.as_str());
        let nearest = known.min_by_key(|known| strsim::levenshtein(known, name)).unwrap_or("none");
        Blocked::step(&format!("{} has no operation {name}; the nearest is {nearest}", dialect.manifest.name))
    })
}
