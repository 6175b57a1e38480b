//! What each step does: what is there before, the request, sending it, judging the answer.

mod judging;
mod look_up;
mod mutated;
mod request;
mod sending;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use serde_json::json;

use self::look_up::draft;
use super::blocked::Blocked;
use super::set_up::{self, limit_of};
use super::settling;
use super::world::World;
use crate::provoke::Step;
use crate::report::Verdict;

/// The one step definition that cucumber knows. Its steps come in the order of the scenario's, which were read when it
/// began.
pub(super) fn step(world: &mut World, _: cucumber::step::Context) -> LocalBoxFuture<'_, ()> {
    carry_out_next(world).boxed_local()
}

/// Carries the next step of the scenario out, unless the scenario is over already.
pub(super) async fn carry_out_next(world: &mut World) {
    let Some(step) = world.next_step() else { return };
    if !world.is_open() {
        return;
    }
    if world.context().options.stop.is_set() {
        world.interrupted = true;
        return;
    }
    let done = match step {
        Ok(step) => take(world, step).await,
        Err(error) => Err(Blocked::step(&error)),
    };
    if let Err(Blocked(verdict, reason)) = done {
        match world.actor_mut().lacking.take() {
            Some(lacking) => world.block(Verdict::NotProvoked, lacking),
            None => world.block(verdict, reason),
        }
    }
}

/// Asks once more, and judges anew, while an answer that deviates may only lack what was changed before it.
pub(super) async fn settle(world: &mut World) {
    while world.may_be_unsettled() {
        tokio::time::sleep(settling::PAUSE).await;
        world.rewind();
        while world.is_open() && world.has_steps_left() {
            carry_out_next(world).await;
        }
    }
}

async fn take(world: &mut World, step: Step) -> Result<(), Blocked> {
    match step {
        Step::Person { person, group, scene } => {
            let actor = world.actor_mut();
            let group = actor.name(&group);
            set_up::create_person(actor, &person, vec![group], &scene).await
        }
        Step::PersonInGroups { person, groups, scene } => {
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
        Step::PersonDeleted { person } => set_up::delete_person(world.actor_mut(), &person).await,
        Step::Request { operation } => request::begin(world, &operation, false).await,
        Step::ValidRequest { operation } => request::begin(world, &operation, true).await,
        Step::Put { parameter, value } => draft(world).map(|draft| draft.put_json(&parameter, value)),
        Step::Leave { parameter } => {
            draft(world)?.leave(&parameter);
            Ok(())
        }
        Step::Unknown { parameter } => {
            let name = request::unknown(world, &parameter)?;
            draft(world).map(|draft| draft.put_json(&parameter, name))
        }
        Step::Names { parameter, names } => {
            let value = request::named(world, &parameter, &names)?;
            draft(world).map(|draft| draft.put_json(&parameter, value))
        }
        Step::NamesFaces { parameter, person } => {
            let value = request::faces(world, &parameter, &person).await?;
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
        Step::Method { method } => draft(world).map(|draft| draft.method = Some(method)),
        Step::HeaderAbsent { name } => draft(world).map(|draft| draft.headers.push((name, None))),
        Step::Header { name, value } => draft(world).map(|draft| draft.headers.push((name, Some(value)))),
        Step::QueryAbsent { name } => draft(world).map(|draft| draft.query.push((name, None))),
        Step::Query { name, value } => draft(world).map(|draft| draft.query.push((name, Some(value)))),
        Step::RawBody { text } => draft(world).map(|draft| draft.raw_body = Some(text)),
        Step::BodyCut => draft(world).map(|draft| draft.cut_in_half = true),
        Step::Elements { count } => draft(world).map(|draft| draft.elements = Some(count)),
        Step::BoundaryMissing => draft(world).map(|draft| draft.without_boundary = true),
        Step::SentAs { body } => draft(world).map(|draft| draft.body_kind = Some(body)),
        Step::SecondAccount => request::ask_with_second(world),
        Step::SignedBySecond => draft(world).map(|draft| draft.signed_by_second = true),
        Step::SignatureScheme { scheme } => draft(world).map(|draft| draft.signature.scheme = Some(scheme)),
        Step::SignatureSays { rules } => draft(world).map(|draft| draft.signature.says = rules),
        Step::SignatureForm { fields } => draft(world).map(|draft| draft.signature.form = Some(fields)),
        Step::SignatureKey { key } => draft(world).map(|draft| draft.signature.key = key),
        Step::SignatureDamage { damage } => draft(world).map(|draft| draft.signature.damage = Some(damage)),
        Step::Fault { name } => request::ask_for_fault(world, name),
        Step::Sent => {
            world.mark();
            sending::send_draft(world).await
        }
        Step::SentAgain => sending::send_again(world).await,
        Step::SentTooFast => {
            world.unmark();
            sending::send_too_fast(world).await
        }
        Step::OperationSent { operation } => {
            world.mark();
            request::begin(world, &operation, true).await?;
            sending::send_draft(world).await
        }
        Step::Mutated { operation, mutations } => {
            world.unmark();
            mutated::send(world, &operation, mutations).await
        }
        Step::Foreseen => mutated::judge(world),
        Step::Code { expected } => judging::judge(world, &expected),
        Step::OneCode { expected } => judging::judge_any(world, &expected),
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
        Step::Status { status } => {
            judging::judge_status(world, status);
            Ok(())
        }
        Step::NoTrace => judging::judge_traces(world).await,
    }
}
