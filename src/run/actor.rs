//! Who calls: with which account, under which names, what was recorded of it, and what must be cleaned up after it.
//!
//! A scenario and a fixture of the fuzzer each have one. It knows no step, no judgement and no cucumber.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use lianpu_corpus::{Account, Dialect, Operation};

use super::context::Context;
use super::ledger::Ledger;
use super::pacer::Lane;
use super::replay::Replay;
use super::things::Things;
use super::tokens::TokenError;
use super::transcript::{Moment, Recording};
use crate::report::Reason;
use crate::request::{Caller, Draft, Prepared, Source, Standing, UnknownWord};
use crate::sign::{self, Circumstances, Lacking};

/// Who calls.
pub(super) struct Actor {
    /// What all actors of a run share.
    pub(super) context: Rc<Context>,
    /// The dialect that it speaks.
    pub(super) dialect: &'static Dialect,
    /// The prefix of everything that it names.
    pub(super) namespace: String,
    /// How many names that nothing has it has given out.
    fresh: u64,
    /// The persons that exist, under short names.
    pub(super) things: Things,
    /// What must be cleaned up.
    pub(super) ledger: Ledger,
    /// Whether the second account asks.
    pub(super) asks_second: bool,
    /// When it last changed what stands at the target.
    pub(super) changed_at: Option<Instant>,
    /// Why the set-up cannot be: an operation that the target does not offer.
    pub(super) lacking: Option<Reason>,
    /// What was sent, where somebody keeps it.
    pub(super) recording: Recording,
    /// Whether the rate is what the scenario is about: a refusal for it is an answer then.
    pub(super) is_about_rate: bool,
    /// What was sent in an earlier run and is sent again as it was.
    pub(super) replay: Option<Replay>,
}

impl Actor {
    /// One with names of its own.
    pub(super) fn new(context: Rc<Context>, dialect: &'static Dialect) -> Self {
        Self {
            namespace: context.next_namespace(),
            context,
            dialect,
            fresh: 0,
            things: Things::default(),
            ledger: Ledger::of(dialect),
            asks_second: false,
            changed_at: None,
            lacking: None,
            recording: Recording::default(),
            is_about_rate: false,
            replay: None,
        }
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

    /// The account that asks.
    pub(super) fn account(&self) -> Option<&Account> {
        account(&self.context, self.dialect, self.asks_second)
    }

    /// Whose pace its requests keep.
    pub(super) fn lane(&self) -> Lane {
        (&self.dialect.manifest.name, self.asks_second)
    }

    /// How many requests a second it may send, as far as anybody said.
    pub(super) fn rate(&self) -> Option<f64> {
        let declared = self.account().and_then(|account| account.requests_per_second);
        declared.map(f64::from).into_iter().chain(self.context.options.rate).reduce(f64::min)
    }

    /// The account for what needs two.
    pub(super) fn second_account(&self) -> Option<&Account> {
        account(&self.context, self.dialect, true)
    }

    /// The limit of this name that is in force.
    pub(super) fn limit(&self, name: &str) -> Option<u64> {
        self.context.target.limit(self.dialect, name)
    }

    /// Until when an answer of this operation may lack what was changed before.
    pub(super) fn settles_until(&self, operation: &Operation) -> Option<Instant> {
        let seconds = self.limit(operation.settles.as_deref()?)?;
        Some(self.changed_at? + Duration::from_secs(seconds))
    }

    /// Notes for clean-up what may exist from now on.
    pub(super) fn note(&mut self, kind: &str, id: &str) {
        self.ledger.note(kind, id, self.asks_second);
    }

    /// The valid request of an operation, about what stands; all else gets names that nothing has.
    pub(super) fn valid(
        &mut self,
        operation: &'static Operation,
        standing: &Standing,
    ) -> Result<Draft, UnknownWord> {
        let Self { context, dialect, namespace, fresh, asks_second, .. } = self;
        let mut fresh = |_: &str| {
            *fresh += 1;
            vec![format!("{namespace}_new{fresh}")]
        };
        let account = account(context, dialect, *asks_second);
        Draft::valid(operation, Source { dialect, account, standing, fresh: &mut fresh })
    }

    /// Writes and signs a request.
    pub(super) fn prepare(&self, draft: &Draft) -> Result<Prepared, Lacking> {
        let context = &*self.context;
        let second = self.second_account();
        let signs = if draft.signed_by_second { second } else { self.account() };
        let account = signs.ok_or(Lacking::SecondAccount)?;
        let manifest = &self.dialect.manifest;
        let token = context.tokens.of(&manifest.name, account);
        let Moment { now, nonce } = self.moment();
        let host = context.target.host();
        let with = Circumstances { account, other: second, now, nonce, token: token.as_deref(), host };
        draft.prepare(sign::of_dialect(manifest)?, with, context.options.keeper.is_some())
    }

    /// When a signature is made: now, or when it was made then.
    fn moment(&self) -> Moment {
        let then = self.replay.as_ref().and_then(Replay::moment);
        let now = || Moment { now: Context::now(), nonce: self.context.next_nonce() };
        let moment = then.unwrap_or_else(now);
        if self.context.options.keeper.is_some() {
            self.recording.moment(moment);
        }
        moment
    }

    /// Who asks, with all of its secrets.
    pub(super) fn caller(&self) -> Option<Caller> {
        let name = &self.dialect.manifest.name;
        let Context { target, tokens, .. } = &*self.context;
        let (account, other) = (target.account(name)?, target.second_account(name));
        Some(Caller {
            dialect: self.dialect,
            token: tokens.of(name, account),
            other_token: other.and_then(|other| tokens.of(name, other)),
            account: account.clone(),
            other: other.cloned(),
            host: target.host().to_owned(),
            now: Context::now(),
            nonce: 0,
            limits: BTreeMap::new(),
        })
    }

    /// Sees to it that the dialect has its access tokens.
    pub(super) async fn renew_tokens(&self) -> Result<(), TokenError> {
        let Context { target, client, tokens, options, .. } = &*self.context;
        tokens.renew(&self.dialect.manifest, target, client, options.timeout).await
    }
}

fn account<'c>(context: &'c Context, dialect: &Dialect, second: bool) -> Option<&'c Account> {
    let name = &dialect.manifest.name;
    if second { context.target.second_account(name) } else { context.target.account(name) }
}
