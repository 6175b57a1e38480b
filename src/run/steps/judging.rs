//! Judging the answer.

use serde_json::Value;

use super::look_up::draft;
use crate::judge::{
    Check, Expectation, Finding, Judgement, judge_code, judge_envelope, judge_fields, values_at,
};
use crate::run::blocked::Blocked;
use crate::run::probe;
use crate::run::world::World;

pub(super) fn judge(world: &mut World, expectation: &Expectation) -> Result<(), Blocked> {
    world.expected = expectation.codes();
    let judgement = match world.last_answer() {
        None => return Err(Blocked::step(&"nothing was sent yet")),
        Some(Err(why)) => Judgement {
            findings: vec![Finding::new(Check::Transport, "an answer", why.to_string())],
            ..Judgement::default()
        },
        Some(Ok(reply)) => judge_code(reply, expectation, world.dialect(), world.context().options.strict),
    };
    world.tolerated |= judgement.tolerated;
    world.findings.extend(judgement.findings.iter().cloned());
    world.judgement = judgement;
    Ok(())
}

/// At least one answer has the code; the others may say anything that is well formed.
pub(super) fn judge_any(world: &mut World, expectation: &Expectation) {
    let (dialect, strict) = (world.dialect(), world.context().options.strict);
    world.expected = expectation.codes();
    let judged: Vec<_> =
        world.answers().flatten().map(|reply| judge_code(reply, expectation, dialect, strict)).collect();
    match judged.into_iter().find(|judgement| judgement.findings.is_empty()) {
        Some(judgement) => {
            world.tolerated |= judgement.tolerated;
            world.judgement = judgement;
        }
        None => {
            let mut seen: Vec<_> = world
                .answers()
                .map(|answer| match answer {
                    Ok(reply) => judge_envelope(reply, dialect, &mut Vec::new())
                        .code
                        .map_or_else(|| format!("HTTP {}", reply.status), |code| code.to_string()),
                    Err(why) => why.to_string(),
                })
                .collect();
            seen.sort_unstable();
            seen.dedup();
            let expected = format!("{} in one of {} answers", expectation.code, world.sent.len());
            world.findings.push(Finding::new(Check::Code, expected, seen.join(", ")));
        }
    }
}

pub(super) fn judge_reply(world: &mut World) -> Result<(), Blocked> {
    let operation = draft(world)?.operation;
    let Some(body) = &world.judgement.answer.body else { return Ok(()) };
    if succeeded(world) {
        let findings = judge_fields(body, operation);
        world.findings.extend(findings);
    }
    Ok(())
}

pub(super) fn judge_value(world: &mut World, pointer: &str, value: &Value) {
    let Some(body) = &world.judgement.answer.body else { return };
    let found = values_at(body, pointer);
    if found.contains(&value) {
        return;
    }
    let actual = found.first().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    world.findings.push(Finding::new(Check::Field, format!("{value} at {pointer}"), actual));
}

/// Something is at the pointer, and all of it is right.
pub(super) fn judge_each(world: &mut World, pointer: &str, words: &str, right: impl Fn(&Value) -> bool) {
    let Some(body) = &world.judgement.answer.body else { return };
    let found = values_at(body, pointer);
    let wrong = found.iter().find(|value| !right(value));
    if wrong.is_none() && !found.is_empty() {
        return;
    }
    let actual = wrong.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    world.findings.push(Finding::new(Check::Field, format!("{words} at {pointer}"), actual));
}

pub(super) fn judge_status(world: &mut World, status: u16) {
    if let Some(Ok(reply)) = world.last_answer()
        && reply.status != status
    {
        let actual = reply.status.to_string();
        world.findings.push(Finding::new(Check::Status, format!("HTTP {status}"), actual));
    }
}

pub(super) async fn judge_traces(world: &mut World) -> Result<(), Blocked> {
    if succeeded(world) {
        return Ok(()); // a success, expected or not, may change things
    }
    let traces = std::mem::take(&mut world.traces);
    let findings = probe::after(&traces, world.actor()).await;
    if !findings.is_empty() {
        note_trace(world);
    }
    world.findings.extend(findings);
    Ok(())
}

fn succeeded(world: &World) -> bool {
    let code = world.judgement.answer.code.as_ref();
    world.dialect().envelope().is_some_and(|envelope| envelope.is_success(code))
}

/// What an error left behind under a name of this scenario is cleaned up as well.
fn note_trace(world: &mut World) {
    super::sending::note_creation(world, None);
}
