//! Whether an error left a trace: what the operation could have changed, asked before and after.

use lianpu_corpus::Probe;
use serde_json::Value;

use super::context::Context;
use super::draft::Draft;
use super::send;
use super::transcript::Purpose;
use super::world::World;
use crate::judge::{Check, Finding};

/// What the probes of an operation answered before.
#[derive(Debug, Default)]
pub(super) struct Traces(Vec<(Draft, State)>);

/// What one probe answered, without what may differ between two equal answers.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Answer(Value),
    Nothing(String),
}

/// Asks every probe that the judged request has parameters for.
pub(super) async fn before(draft: &Draft, world: &World, context: &Context) -> Traces {
    let mut traces = Vec::new();
    for probe in &draft.operation.probes {
        let Some(question) = question(probe, draft, world, context) else { continue };
        let state = ask(&question, world, context).await;
        traces.push((question, state));
    }
    Traces(traces)
}

/// Asks again and compares.
pub(super) async fn after(traces: &Traces, world: &World, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (question, before) in &traces.0 {
        let after = ask(question, world, context).await;
        if after != *before {
            let expected = format!("{} as before: {}", question.operation.name, before.words());
            findings.push(Finding::new(Check::Trace, expected, after.words()));
        }
    }
    findings
}

fn question(probe: &Probe, judged: &Draft, world: &World, context: &Context) -> Option<Draft> {
    let mut draft = Draft::new(world.dialect().operation(&probe.operation)?);
    send::fill(&mut draft, world, context);
    for with in &probe.with {
        let (to, from) = with
            .split_once('=')
            .map_or((with.as_str(), with.as_str()), |(to, from)| (to.trim(), from.trim()));
        draft.put_json(to, judged.text(from)?);
    }
    Some(draft)
}

async fn ask(question: &Draft, world: &World, context: &Context) -> State {
    match send::deliver(question, Purpose::Probe, world, context).await {
        Ok(reply) => match serde_json::from_slice::<Value>(&reply.body) {
            Ok(mut answer) => {
                for pointer in world.dialect().envelope().into_iter().flat_map(|envelope| &envelope.volatile)
                {
                    if let Some(value) = answer.pointer_mut(pointer) {
                        value.take();
                    }
                }
                State::Answer(answer)
            }
            Err(_) => State::Nothing(reply.excerpt(120)),
        },
        Err(why) => State::Nothing(why.to_string()),
    }
}

impl State {
    fn words(&self) -> String {
        match self {
            Self::Answer(answer) => answer.to_string(),
            Self::Nothing(why) => why.clone(),
        }
    }
}
