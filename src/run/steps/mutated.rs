//! A request with mutations, sent as the fuzzer sends it and judged by the oracle.

use std::rc::Rc;

use lianpu_corpus::Envelope;

use super::look_up::operation;
use crate::judge::{self, Judgement};
use crate::mutate::{Mutant, Mutation, Plan};
use crate::request::{Draft, Prepared};
use crate::run::blocked::Blocked;
use crate::run::fixture::{Care, Fixture, Trouble};
use crate::run::raw::RawClient;
use crate::run::send::Sent;
use crate::run::transcript::{Exchange, Purpose};
use crate::run::world::{Foreseen, World};

pub(super) async fn send(world: &mut World, name: &str, mutations: Vec<Mutation>) -> Result<(), Blocked> {
    let context = Rc::clone(&world.actor().context);
    let dialect = world.dialect();
    let operation = operation(world, name)?;
    let plan = Plan { dialect: dialect.manifest.name.clone(), operation: operation.name.clone(), mutations };
    let raw = RawClient::new(&context.target).map_err(|why| Blocked::step(&why))?;
    let mut fixture = Fixture::of(context, raw, dialect);
    let attempt = fixture.attempt(&plan, Care { traces: true, again: true }).await;
    world.actor().recording.absorb(fixture.recording());
    fixture.clear().await;
    let attempt = attempt.map_err(|why| match why {
        Trouble::Lacking(what) => Blocked::needs(&what),
        other => Blocked::set_up(other.to_string()),
    })?;
    if world.context().options.keeper.is_some() {
        let recording = &world.actor().recording;
        let place = recording.begin(Exchange {
            purpose: Purpose::Judged,
            operation: operation.name.clone(),
            request: attempt.mutant.request.clone(),
            bytes: Some(attempt.bytes.clone()),
            fields: attempt.mutant.fields.clone(),
            signed_text: attempt.mutant.signed_text.clone(),
            answer: None,
        });
        if let Some(place) = place {
            recording.end(place, &attempt.answer);
        }
    }
    let success = dialect.envelope_of(operation).filter(|_| attempt.prediction.success);
    let mut expected: Vec<_> = success.map(Envelope::success_row).into_iter().collect();
    expected.extend(attempt.prediction.answers.iter().map(|allowed| allowed.code.clone()));
    expected.extend(attempt.prediction.statuses.iter().map(|status| i64::from(*status).into()));
    let mut judgement = Judgement::default();
    judgement.answer.code.clone_from(&attempt.code);
    judgement.answer.success =
        attempt.answer.as_ref().is_ok_and(|reply| judge::read(reply, dialect, operation).success);
    world.judgement = judgement;
    world.draft = Some(Draft::new(operation)); // later steps judge the answer of this operation
    world.foreseen = Some(Foreseen { expected, findings: attempt.findings });
    let Mutant { request, signed_text, .. } = attempt.mutant;
    world.sent = vec![Sent {
        prepared: Prepared { request, signed_text },
        answer: attempt.answer,
        refused_for_rate: None,
    }];
    Ok(())
}

pub(super) fn judge(world: &mut World) -> Result<(), Blocked> {
    let foreseen = world.foreseen.take();
    let foreseen = foreseen.ok_or_else(|| Blocked::step(&"no request with mutations was sent yet"))?;
    world.expected = foreseen.expected;
    world.findings.extend(foreseen.findings);
    Ok(())
}
