//! Whether an error left a trace: what the operation could have changed, asked before and after.

use lianpu_corpus::Probe;

use super::context::Context;
use super::draft::Draft;
use super::send;
use super::transcript::Purpose;
use super::world::World;
use crate::judge::{Finding, Trace, judge_trace};

/// What the probes of an operation answered before.
#[derive(Debug, Default)]
pub(super) struct Traces(Vec<(Draft, Trace)>);

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
        findings.extend(judge_trace(question.operation, before, &after));
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

async fn ask(question: &Draft, world: &World, context: &Context) -> Trace {
    match send::deliver(question, Purpose::Probe, world, context).await {
        Ok(reply) => Trace::of(&reply, world.dialect(), question.operation),
        Err(why) => Trace::Nothing(why.to_string()),
    }
}
