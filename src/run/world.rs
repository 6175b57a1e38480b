//! What one scenario knows while it runs: who acts, the request in the making, what came, and the judgement so far.

use std::rc::Rc;
use std::time::Instant;

use lianpu_corpus::{Code, ConditionClass, Dialect, Reach};

use super::actor::Actor;
use super::client::SendError;
use super::context::Context;
use super::offers;
use super::probe::Traces;
use super::send::Sent;
use super::settling::may_only_lack;
use super::tags::Tags;
use crate::judge::{Finding, Judgement};
use crate::provoke::{Step, StepError};
use crate::report::{Actual, Reason, ReasonCode, ScenarioRecord, Verdict};
use crate::request::Draft;
use crate::wire::Reply;

/// What one scenario knows while it runs. Cucumber makes it; the hook before the scenario equips it.
///
/// In a box, for cucumber moves it several times a step.
#[derive(Default)]
pub(super) struct World(Box<State>);

/// The world's contents.
#[derive(Default)]
pub(super) struct State {
    /// Who acts; nobody in a scenario of a dialect that is not known, which is blocked.
    pub(super) actor: Option<Actor>,
    /// The request in the making; it stays after it was sent, and may be sent again with changes.
    pub(super) draft: Option<Draft>,
    /// What was sent last, and what came: several requests where they were sent at once.
    pub(super) sent: Vec<Sent>,
    pub(super) judgement: Judgement,
    pub(super) expected: Vec<Code>,
    pub(super) tolerated: bool,
    pub(super) findings: Vec<Finding>,
    /// What the oracle says of the answer to a request with mutations.
    pub(super) foreseen: Option<Foreseen>,
    /// What is to be done, and how much of it was begun.
    pub(super) steps: Vec<Result<Step, StepError>>,
    steps_begun: usize,
    /// What was known when the last request was about to be sent.
    mark: Option<Mark>,
    pub(super) traces: Traces,
    /// Set once the scenario cannot be judged; all later steps do nothing.
    pub(super) blocked: Option<(Verdict, Reason)>,
    /// Set when the run was stopped before the scenario had its verdict.
    pub(super) interrupted: bool,
    begun: Option<Instant>,
    tags: Tags,
}

/// How far a scenario was when it was about to send a request.
#[derive(Debug)]
struct Mark {
    step: usize,
    findings: usize,
    tolerated: bool,
}

/// What may answer a request with mutations, and what deviates from it.
#[derive(Debug)]
pub(super) struct Foreseen {
    pub(super) expected: Vec<Code>,
    pub(super) findings: Vec<Finding>,
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
        let namespace = self.actor.as_ref().map(|actor| actor.namespace.as_str());
        f.debug_struct("World").field("namespace", &namespace).finish_non_exhaustive()
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
        self.steps = steps;
        self.interrupted = context.options.stop.is_set();
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
        match lianpu_corpus::dialect(tags.dialect.as_deref().unwrap_or(&context.options.dialect)) {
            Ok(dialect) => {
                let mut actor = Actor::new(context, dialect);
                actor.is_about_rate = is_about_rate(&tags, dialect);
                self.actor = Some(actor);
            }
            Err(error) => {
                let why = Reason::with(ReasonCode::HarnessError, error.to_string());
                self.blocked = Some((Verdict::Indeterminate, why));
            }
        }
        self.tags = tags;
    }

    /// Sees to it that the scenario's dialect has its access tokens.
    pub(super) async fn renew_tokens(&mut self) {
        if !self.is_open() {
            return;
        }
        if let Err(why) = self.actor().renew_tokens().await {
            self.block(Verdict::Indeterminate, Reason::with(ReasonCode::SetUpFailed, why.to_string()));
        }
    }

    /// Looks whether the target offers the operation that the scenario is about.
    pub(super) async fn look_for_operation(&mut self) {
        if !self.is_open() {
            return;
        }
        let Actor { context, dialect, .. } = self.actor();
        let operation = self.tags.operation.as_deref().and_then(|name| dialect.operation(name));
        let Some(operation) = operation else { return };
        if let Some(reason) = offers::lacking(context, dialect, operation).await {
            self.block(Verdict::NotProvoked, reason);
        }
    }

    /// Who acts, in a scenario that is not blocked.
    pub(super) fn actor(&self) -> &Actor {
        self.actor.as_ref().expect("a scenario without an actor is blocked")
    }

    /// The same, to act with.
    pub(super) fn actor_mut(&mut self) -> &mut Actor {
        self.actor.as_mut().expect("a scenario without an actor is blocked")
    }

    pub(super) fn context(&self) -> &Context {
        &self.actor().context
    }

    pub(super) fn dialect(&self) -> &'static Dialect {
        self.actor().dialect
    }

    /// The answers to what was sent last.
    pub(super) fn answers(&self) -> impl Iterator<Item = &Result<Reply, SendError>> {
        self.sent.iter().map(|sent| &sent.answer)
    }

    /// The answer to what was sent last.
    pub(super) fn last_answer(&self) -> Option<&Result<Reply, SendError>> {
        self.sent.last().map(|sent| &sent.answer)
    }

    /// The next step of the scenario.
    pub(super) fn next_step(&mut self) -> Option<Result<Step, StepError>> {
        let next = self.steps.get(self.steps_begun).cloned();
        self.steps_begun += 1;
        next
    }

    /// Whether steps are left.
    pub(super) fn has_steps_left(&self) -> bool {
        self.steps_begun < self.steps.len()
    }

    /// Marks the step that is being carried out: from here the scenario can be repeated.
    pub(super) fn mark(&mut self) {
        let (step, findings, tolerated) = (self.steps_begun - 1, self.findings.len(), self.tolerated);
        self.mark = Some(Mark { step, findings, tolerated });
    }

    /// Goes back to the last mark.
    pub(super) fn rewind(&mut self) {
        let Some(Mark { step, findings, tolerated }) = self.mark.take() else { return };
        self.steps_begun = step;
        self.findings.truncate(findings);
        self.tolerated = tolerated;
    }

    /// Forgets the last mark: what is sent from here on is sent once.
    pub(super) fn unmark(&mut self) {
        self.mark = None;
    }

    /// Whether what deviates since the last mark may be right in a while.
    pub(super) fn may_be_unsettled(&self) -> bool {
        let (Some(mark), Some(draft), Some(actor)) = (&self.mark, &self.draft, &self.actor) else {
            return false;
        };
        let Some(Ok(reply)) = self.last_answer() else { return false };
        let new = self.findings.get(mark.findings..).unwrap_or_default();
        self.is_open()
            && may_only_lack(reply, new, actor.dialect, draft.operation)
            && actor.settles_until(draft.operation).is_some_and(|until| Instant::now() < until)
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

    /// Whether the target seems not to fetch pictures from this machine, which nobody said it does.
    fn lacks_origin(&self) -> bool {
        let Some(actor) = &self.actor else { return false };
        let (target, origin) = (&actor.context.target, &actor.context.origin);
        let needs_it =
            self.tags.needs.iter().any(|need| need == "origin") || self.tags.reach == Some(Reach::Origin);
        needs_it && target.assumed.contains("origin") && !origin.was_asked()
    }

    /// The verdict, as a record; takes what it needs out of the world.
    pub(super) fn record(&mut self, id: &str) -> ScenarioRecord {
        let (verdict, reason) = match self.blocked.take() {
            Some((verdict, reason)) => (verdict, Some(reason)),
            None if !self.findings.is_empty() && self.lacks_origin() => {
                let why = "the target asked this machine for no picture";
                (Verdict::NotProvoked, Some(Reason::with(ReasonCode::NeedsOrigin, why)))
            }
            None if !self.findings.is_empty() => (Verdict::Fail, None),
            None if self.expected.is_empty() => (
                Verdict::Indeterminate,
                Some(Reason::with(ReasonCode::HarnessError, "no step judged a code")),
            ),
            None if self.tolerated => (Verdict::Tolerated, None),
            None => (Verdict::Pass, None),
        };
        let reply = self.last_answer().and_then(|answer| answer.as_ref().ok());
        let actual =
            reply.map(|reply| Actual { http: reply.status, code: self.judgement.answer.code.clone() });
        ScenarioRecord {
            attempts: None,
            id: id.to_owned(),
            row: self.tags.row(),
            place: None,
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

/// Whether the row that a scenario provokes tells that requests come too fast.
fn is_about_rate(tags: &Tags, dialect: &Dialect) -> bool {
    let operation = tags.operation.as_deref().and_then(|name| dialect.operation(name));
    let code = tags.row.as_deref().map(Code::parse);
    operation.zip(code).is_some_and(|(of, code)| dialect.is_of_class(of, &code, &[ConditionClass::Rate]))
}
