//! What was sent in an earlier run, sent again as it was in the place of what would be sent now.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::client::SendError;
use super::context::Context;
use super::raw::{Ending, RawClient};
use super::transcript::Moment;
use crate::request::Caller;
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

/// The bytes of an earlier run, as they are handed out.
pub(super) struct Replay {
    moments: RefCell<VecDeque<Moment>>,
    open: Opener,
    sent: Cell<usize>,
    differing: Cell<usize>,
    unfilled: RefCell<Option<String>>,
    raw: RawClient,
}

impl Replay {
    pub(super) fn new(moments: Vec<Moment>, open: Opener, raw: RawClient) -> Self {
        Self {
            moments: RefCell::new(moments.into()),
            open,
            sent: Cell::default(),
            differing: Cell::default(),
            unfilled: RefCell::default(),
            raw,
        }
    }

    /// When the next signature was made.
    pub(super) fn moment(&self) -> Option<Moment> {
        self.moments.borrow_mut().pop_front()
    }

    /// How many requests had other bytes than would be sent now.
    pub(super) fn differing(&self) -> usize {
        self.differing.get()
    }

    /// What this target could not fill in.
    pub(super) fn unfilled(&self) -> Option<String> {
        self.unfilled.take()
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
