//! A kept scenario carried out again, by itself: anew, or with the bytes that were sent then.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::client::SendError;
use super::context::Context;
use super::fixture::Session;
use super::raw::{Ending, RawClient};
use super::script::Script;
use super::transcript::Moment;
use super::world::{Tags, World};
use super::{ledger, send, steps};
use crate::mutate::Caller;
use crate::report::ScenarioRecord;
use crate::wire::{Reply, Request, write_lines};

/// Gives the bytes of the request of this number in the place of those that would be sent now; the error names what this
/// target cannot fill in.
pub type Opener = Rc<dyn Fn(usize, &Caller, &Request) -> Result<Vec<u8>, String>>;

/// What was sent then, to be sent again as it was.
pub struct AsSent {
    /// The prefix of everything that was named.
    pub namespace: String,
    /// When each signature was made.
    pub moments: Vec<Moment>,
    /// The bytes.
    pub open: Opener,
}

/// What came of it.
#[derive(Debug)]
pub struct Rehearsed {
    /// The verdict and what it rests on.
    pub record: ScenarioRecord,
    /// Requests whose bytes are others than would be sent now: they name what the target gave then.
    pub differing: usize,
    /// What this target could not fill in.
    pub unfilled: Option<String>,
}

/// The bytes of an earlier run, as the world hands them out.
pub(super) struct Replay {
    moments: RefCell<VecDeque<Moment>>,
    open: Opener,
    sent: Cell<usize>,
    differing: Cell<usize>,
    unfilled: RefCell<Option<String>>,
    raw: RawClient,
}

impl Session {
    /// Carries the scenario out and cleans up after it; with the bytes of an earlier run, where they are given.
    pub async fn rehearse(&self, script: &Script, as_sent: Option<AsSent>) -> Rehearsed {
        let context = Rc::clone(&self.context);
        let mut world = World::default();
        let steps = script.steps.iter().cloned().map(Ok).collect();
        world.equip(Rc::clone(&context), Tags::read(script.tags.iter()), steps);
        if let Some(AsSent { namespace, moments, open }) = as_sent {
            world.namespace = namespace;
            world.replay = Some(Replay {
                moments: RefCell::new(moments.into()),
                open,
                sent: Cell::default(),
                differing: Cell::default(),
                unfilled: RefCell::default(),
                raw: self.raw.clone(),
            });
        }
        send::renew_tokens(&mut world).await;
        for _ in &script.steps {
            steps::carry_out_next(&mut world).await;
        }
        let replay = world.replay.take();
        let record = world.record(&script.id);
        ledger::clean_up(&mut world).await;
        Rehearsed {
            record,
            differing: replay.as_ref().map_or(0, |replay| replay.differing.get()),
            unfilled: replay.and_then(|replay| replay.unfilled.take()),
        }
    }
}

impl Replay {
    /// When the next signature was made.
    pub(super) fn moment(&self) -> Option<Moment> {
        self.moments.borrow_mut().pop_front()
    }

    /// Sends what was sent then in the place of this request.
    pub(super) async fn send(
        &self,
        request: &Request,
        caller: &Caller,
        context: &Context,
    ) -> Result<Reply, SendError> {
        let number = self.sent.replace(self.sent.get() + 1);
        let now = write_lines(request);
        let bytes = match (self.open)(number, caller, request) {
            Ok(bytes) => bytes,
            Err(placeholder) => {
                self.unfilled.borrow_mut().get_or_insert(placeholder.clone());
                return Err(SendError::Unsendable(placeholder));
            }
        };
        self.differing.set(self.differing.get() + usize::from(bytes != now));
        // Several may be under way at once: each on a connection of its own.
        self.raw.clone().send(&bytes, Ending::Whole, context.options.timeout).await
    }
}
