//! Whether an error left a trace: what the operation could have changed, asked before and after.

use lianpu_corpus::{Operation, Probe};

use super::actor::Actor;
use super::send;
use super::transcript::Purpose;
use crate::judge::{Finding, Trace, judge_trace};
use crate::request::Draft;

/// What the probes of an operation answered before.
#[derive(Debug, Default)]
pub(super) struct Traces(Vec<(Draft, Trace)>);

/// Asks every probe of the operation that the judged request has parameters for; `judged` gives their texts.
pub(super) async fn before<'t>(
    operation: &Operation,
    judged: impl Fn(&str) -> Option<&'t str>,
    actor: &Actor,
) -> Traces {
    let mut traces = Vec::new();
    for probe in &operation.probes {
        let Some(question) = question(probe, &judged, actor) else { continue };
        let state = ask(&question, actor).await;
        traces.push((question, state));
    }
    Traces(traces)
}

/// Asks again and compares.
pub(super) async fn after(traces: &Traces, actor: &Actor) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (question, before) in &traces.0 {
        let after = ask(question, actor).await;
        findings.extend(judge_trace(question.operation, before, &after));
    }
    findings
}

fn question<'t>(probe: &Probe, judged: impl Fn(&str) -> Option<&'t str>, actor: &Actor) -> Option<Draft> {
    let operation = actor.dialect.operation(&probe.operation)?;
    let mut draft = Draft::of_account(&actor.dialect.manifest, operation, actor.account());
    for with in &probe.with {
        let (to, from) = with
            .split_once('=')
            .map_or((with.as_str(), with.as_str()), |(to, from)| (to.trim(), from.trim()));
        draft.put_json(to, judged(from)?);
    }
    Some(draft)
}

async fn ask(question: &Draft, actor: &Actor) -> Trace {
    match send::deliver(question, Purpose::Probe, actor).await {
        Ok(reply) => Trace::of(&reply, actor.dialect, question.operation),
        Err(_) => Trace::Nothing,
    }
}
