//! What one scenario knows while it runs.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use lianpu_corpus::{Account, Certainty, Code, Dialect, Reach};

use super::client::SendError;
use super::context::Context;
use super::draft::{Draft, Signed};
use super::ledger::Ledger;
use super::probe::Traces;
use super::rehearse::Replay;
use super::things::Things;
use super::transcript::{Moment, Recording};
use crate::judge::{Finding, Judgement};
use crate::mutate::Caller;
use crate::provoke::{Step, StepError};
use crate::report::{Actual, Reason, ReasonCode, ScenarioRecord, Verdict};
use crate::wire::Reply;

/// What one scenario knows while it runs. Cucumber makes it; the hook before the scenario equips it.
///
/// In a box, for cucumber moves it several times a step.
#[derive(Default)]
pub(super) struct World(Box<State>);

/// The world's contents.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts of a scenario, not states")]
pub(super) struct State {
    context: Option<Rc<Context>>,
    dialect: Option<&'static Dialect>,
    /// The prefix of everything this scenario names.
    pub(super) namespace: String,
    fresh: u64,
    pub(super) things: Things,
    pub(super) ledger: Ledger,
    pub(super) draft: Option<Draft>,
    pub(super) asks_second: bool,
    /// The bytes last sent, for sending them again.
    pub(super) sent: Option<Signed>,
    /// The answers to what was sent last.
    pub(super) answers: Vec<Result<Reply, SendError>>,
    pub(super) judgement: Judgement,
    pub(super) expected: Vec<Code>,
    pub(super) tolerated: bool,
    pub(super) findings: Vec<Finding>,
    /// What the oracle says of the answer to a request with mutations.
    pub(super) foreseen: Option<Foreseen>,
    /// What is to be done, and how much of it was.
    pub(super) steps: Vec<Result<Step, StepError>>,
    pub(super) steps_begun: usize,
    pub(super) traces: Traces,
    /// Set once the scenario cannot be judged; all later steps do nothing.
    pub(super) blocked: Option<(Verdict, Reason)>,
    /// Set when the run was stopped before the scenario had its verdict.
    pub(super) interrupted: bool,
    /// What was sent, where somebody keeps it.
    pub(super) recording: Recording,
    /// What was sent in an earlier run and is sent again as it was.
    pub(super) replay: Option<Replay>,
    begun: Option<Instant>,
    tags: Tags,
}

/// What may answer a request with mutations, and what deviates from it.
#[derive(Debug)]
pub(super) struct Foreseen {
    pub(super) expected: Vec<Code>,
    pub(super) findings: Vec<Finding>,
}

/// What the tags say of a scenario.
#[derive(Debug, Default)]
pub(super) struct Tags {
    pub(super) dialect: Option<String>,
    pub(super) table: Option<String>,
    pub(super) row: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) reach: Option<Reach>,
    pub(super) certainty: Option<Certainty>,
    pub(super) needs: Vec<String>,
}

impl cucumber::World for World {
    type Error = std::convert::Infallible;

    async fn new() -> Result<Self, Self::Error> {
        Ok(Self::default())
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Requests hold signatures; nothing of them is shown.
        f.debug_struct("World").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

impl std::ops::Deref for World {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl std::ops::DerefMut for World {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.0
    }
}

impl World {
    /// Makes it ready for a scenario.
    pub(super) fn equip(&mut self, context: Rc<Context>, tags: Tags, steps: Vec<Result<Step, StepError>>) {
        self.begun = Some(Instant::now());
        self.namespace = context.next_namespace();
        self.steps = steps;
        self.interrupted = context.options.stop.is_set();
        let name = tags.dialect.as_deref().unwrap_or(&context.options.dialect);
        match lianpu_corpus::dialect(name) {
            Ok(dialect) => self.dialect = Some(dialect),
            Err(error) => {
                self.block(Verdict::Indeterminate, Reason::with(ReasonCode::HarnessError, error.to_string()));
            }
        }
        for need in &tags.needs {
            let has_itself = matches!(
                need.as_str(),
                "disabled-key" | "expired-token" | "second-account" | "rate-limit" | "lowered-limit"
            );
            if !has_itself && !context.target.capabilities.contains(need) {
                self.block(Verdict::NotProvoked, Reason::needs(need));
                break;
            }
        }
        self.tags = tags;
        self.context = Some(context);
    }

    pub(super) fn context(&self) -> Rc<Context> {
        Rc::clone(self.context.as_ref().expect("the hook before the scenario has run"))
    }

    /// When a signature is made: now, or when it was made then.
    pub(super) fn moment(&self, context: &Context) -> Moment {
        let then = self.replay.as_ref().and_then(Replay::moment);
        let now = || Moment { now: Context::now(), nonce: context.next_nonce() };
        let moment = then.unwrap_or_else(now);
        if context.options.keeper.is_some() {
            self.recording.moment(moment);
        }
        moment
    }

    /// Who asks, with all of its secrets.
    pub(super) fn caller(&self, context: &Context) -> Option<Caller> {
        let name = &self.dialect?.manifest.name;
        let target = &context.target;
        let (account, other) = (target.account(name), target.second_account(name));
        let token = |account: Option<&Account>| context.tokens.of(name, account?);
        Some(Caller {
            token: token(account),
            other_token: token(other),
            account: account?.clone(),
            other: other.cloned(),
            host: target.host().to_owned(),
            now: Context::now(),
            nonce: 0,
            limits: BTreeMap::new(),
        })
    }

    pub(super) fn dialect(&self) -> &'static Dialect {
        self.dialect.expect("a scenario without a dialect is blocked")
    }

    /// The next step of the scenario.
    pub(super) fn next_step(&mut self) -> Option<Result<Step, StepError>> {
        let next = self.steps.get(self.steps_begun).cloned();
        self.steps_begun += 1;
        next
    }

    /// Whether a later step asks for traces.
    pub(super) fn watches_traces(&self) -> bool {
        self.steps.contains(&Ok(Step::NoTrace))
    }

    /// Whether steps have anything left to do.
    pub(super) fn is_open(&self) -> bool {
        self.blocked.is_none() && !self.interrupted
    }

    /// Ends the scenario without a judgement.
    pub(super) fn block(&mut self, verdict: Verdict, reason: Reason) {
        self.blocked.get_or_insert((verdict, reason));
    }

    /// The name on the wire of a thing's short name.
    pub(super) fn name(&self, short: &str) -> String {
        format!("{}_{short}", self.namespace)
    }

    /// A name that nothing has.
    pub(super) fn fresh(&mut self) -> String {
        self.fresh += 1;
        format!("{}_new{}", self.namespace, self.fresh)
    }

    /// The verdict, as a record; takes what it needs out of the world.
    pub(super) fn record(&mut self, id: &str) -> ScenarioRecord {
        let (verdict, reason) = match self.blocked.take() {
            Some((verdict, reason)) => (verdict, Some(reason)),
            None if !self.findings.is_empty() => (Verdict::Fail, None),
            None if self.expected.is_empty() => (
                Verdict::Indeterminate,
                Some(Reason::with(ReasonCode::HarnessError, "no step judged a code")),
            ),
            None if self.tolerated => (Verdict::Tolerated, None),
            None => (Verdict::Pass, None),
        };
        let actual = self
            .answers
            .last()
            .and_then(|answer| answer.as_ref().ok())
            .map(|reply| Actual { http: reply.status, code: self.judgement.answer.code.clone() });
        let row = match (&self.tags.dialect, &self.tags.table, &self.tags.row) {
            (Some(dialect), Some(table), Some(row)) => Some(format!("{dialect}/{table}/{row}")),
            _ => None,
        };
        ScenarioRecord {
            id: id.to_owned(),
            row,
            op: self.tags.operation.take(),
            reach: self.tags.reach,
            certainty: self.tags.certainty,
            verdict,
            reason,
            expected: std::mem::take(&mut self.expected),
            actual,
            findings: std::mem::take(&mut self.findings),
            listed: None,
            // Whole microseconds: what is written is read back to the bit.
            ms: self.begun.map_or(0.0, |begun| begun.elapsed().as_micros() as f64 / 1000.0),
            evidence: None,
            reproducer: None,
        }
    }
}

impl Tags {
    /// Reads the tags of a feature, a rule and a scenario.
    pub(super) fn read<'t>(tags: impl Iterator<Item = &'t String>) -> Self {
        let mut read = Self::default();
        for tag in tags {
            let Some((name, value)) = tag.split_once(':') else { continue };
            match name {
                "dialect" => read.dialect = Some(value.to_owned()),
                "table" => read.table = Some(value.to_owned()),
                "row" => read.row = Some(value.to_owned()),
                "op" => read.operation = Some(value.to_owned()),
                "reach" => read.reach = parse(value),
                "certainty" => read.certainty = parse(value),
                "needs" => read.needs.push(value.to_owned()),
                _ => {}
            }
        }
        read
    }
}

fn parse<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
