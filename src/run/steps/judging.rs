//! Judging the answer.

use serde_json::Value;

use super::look_up::draft;
use crate::judge::{self, Came, Expected, Finding, Standard, judge_fields};
use crate::run::blocked::Blocked;
use crate::run::probe;
use crate::run::world::World;

pub(super) fn judge(world: &mut World, expected: &Expected) -> Result<(), Blocked> {
    world.expected = expected.codes();
    if world.sent.is_empty() {
        return Err(Blocked::step(&"nothing was sent yet"));
    }
    let standard = standard(world)?;
    let judgement = match world.last_answer() {
        None => return Ok(()),
        Some(Err(why)) => judge::judge(Came::Nothing(&why.to_string()), expected, &standard),
        Some(Ok(reply)) => judge::judge(Came::Reply(reply), expected, &standard),
    };
    world.tolerated |= judgement.tolerated;
    world.findings.extend(judgement.findings.iter().cloned());
    world.judgement = judgement;
    Ok(())
}

/// At least one answer has the code; the others may say anything that is well formed.
pub(super) fn judge_any(world: &mut World, expected: &Expected) -> Result<(), Blocked> {
    world.expected = expected.codes();
    let standard = standard(world)?;
    let came: Vec<_> = world.answers().map(|answer| answer.as_ref().map_err(ToString::to_string)).collect();
    match judge::judge_any(&came, expected, &standard) {
        Ok(judgement) => {
            world.tolerated |= judgement.tolerated;
            world.judgement = judgement;
        }
        Err(finding) => world.findings.push(finding),
    }
    Ok(())
}

/// What the last answer is held against besides its code.
fn standard(world: &mut World) -> Result<Standard<'static>, Blocked> {
    let (dialect, strict) = (world.dialect(), world.context().options.strict);
    let operation = draft(world)?.operation;
    Ok(Standard { strict, ..Standard::new(dialect, operation) })
}

pub(super) fn judge_reply(world: &mut World) -> Result<(), Blocked> {
    let operation = draft(world)?.operation;
    let answer = &world.judgement.answer;
    if let (true, Some(body)) = (answer.success, &answer.body) {
        let findings = judge_fields(body, operation);
        world.findings.extend(findings);
    }
    Ok(())
}

pub(super) fn judge_value(world: &mut World, pointer: &str, value: &Value) {
    judge_body(world, |body| judge::judge_value(body, pointer, value));
}

/// Something is at the pointer, and all of it is right.
pub(super) fn judge_each(world: &mut World, pointer: &str, words: &str, right: impl Fn(&Value) -> bool) {
    judge_body(world, |body| judge::judge_each(body, pointer, words, right));
}

fn judge_body(world: &mut World, judge: impl FnOnce(&Value) -> Option<Finding>) {
    let finding = world.judgement.answer.body.as_ref().and_then(judge);
    world.findings.extend(finding);
}

pub(super) fn judge_status(world: &mut World, status: u16) {
    let reply = world.last_answer().and_then(|answer| answer.as_ref().ok());
    let finding = reply.and_then(|reply| judge::judge_status(reply, status));
    world.findings.extend(finding);
}

pub(super) async fn judge_traces(world: &mut World) -> Result<(), Blocked> {
    if world.judgement.answer.success {
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

/// What an error left behind under a name of this scenario is cleaned up as well.
fn note_trace(world: &mut World) {
    super::sending::note_creation(world, None);
}
