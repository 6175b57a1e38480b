//! What a scenario sent and what came, whole: for those who keep it. It holds secrets; whoever keeps it takes them out.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::client::SendError;
use super::script::Script;
use crate::report::ScenarioRecord;
use crate::request::Caller;
use crate::wire::{Field, Reply, Request};

/// Requests of one scenario that are kept.
const MOST: usize = 400;

/// Bytes of their bodies that are kept.
const MOST_BYTES: usize = 6 << 20;

/// Bytes of an answer that are kept.
const MOST_OF_ANSWER: usize = 64 << 10;

/// All that a scenario did.
#[derive(Clone)]
pub struct Transcript {
    /// What was to be done.
    pub script: Script,
    /// Whose secrets stand in it; nobody's where the target has no account.
    pub caller: Option<Caller>,
    /// The prefix of everything that the scenario named.
    pub namespace: String,
    /// When each signature was made, in order.
    pub moments: Vec<Moment>,
    /// What was sent, in order, clean-up apart.
    pub exchanges: Vec<Exchange>,
    /// How many more were sent than are kept.
    pub left_out: usize,
    /// Whether the requests were made by mutations, which are drawn anew and not sent as they were.
    pub mutated: bool,
}

/// When a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Seconds since 1970.
    pub now: i64,
    /// Its random number.
    pub nonce: u64,
}

/// One request and its answer.
#[derive(Clone)]
pub struct Exchange {
    /// What for.
    pub purpose: Purpose,
    /// The operation.
    pub operation: String,
    /// The request as it goes over the wire: every header line in its order.
    pub request: Request,
    /// Every byte, where they are not simply the request written down.
    pub bytes: Option<Vec<u8>>,
    /// The parameters before they were written.
    pub fields: Vec<Field>,
    /// The text that was signed.
    pub signed_text: Option<String>,
    /// What came; `None` where the scenario ended before.
    pub answer: Option<Result<Reply, SendError>>,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// What must be there before.
    SetUp,
    /// Whether an error leaves a trace.
    Probe,
    /// What is judged.
    Judged,
}

/// Takes the transcripts of failing scenarios, and says where they are kept.
#[derive(Clone)]
pub struct Keeper(Arc<Keep>);

type Keep = dyn Fn(&ScenarioRecord, &Transcript) -> Option<String> + Send + Sync;

impl Keeper {
    /// A keeper that does so.
    pub fn new(
        keep: impl Fn(&ScenarioRecord, &Transcript) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(keep))
    }

    pub(super) fn keep(&self, record: &ScenarioRecord, transcript: &Transcript) -> Option<String> {
        (self.0)(record, transcript)
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").finish_non_exhaustive()
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Requests hold signatures; nothing of them is shown.
        f.debug_struct("Transcript").field("id", &self.script.id).finish_non_exhaustive()
    }
}

/// What is written down while a scenario runs. Requests may be under way beside each other.
#[derive(Default)]
pub(super) struct Recording(RefCell<Recorded>);

#[derive(Default)]
pub(super) struct Recorded {
    pub(super) moments: Vec<Moment>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) left_out: usize,
    pub(super) mutated: bool,
    bytes: usize,
}

impl Recording {
    pub(super) fn moment(&self, moment: Moment) {
        self.0.borrow_mut().moments.push(moment);
    }

    /// Notes what is about to be sent; its place, if there is room for it.
    pub(super) fn begin(&self, exchange: Exchange) -> Option<usize> {
        let mut recorded = self.0.borrow_mut();
        recorded.bytes += exchange.request.body.len();
        if recorded.exchanges.len() == MOST || recorded.bytes > MOST_BYTES {
            recorded.left_out += 1;
            return None;
        }
        recorded.exchanges.push(exchange);
        Some(recorded.exchanges.len() - 1)
    }

    /// Notes the beginning of what came: a target must not be able to fill our memory.
    pub(super) fn end(&self, place: usize, answer: &Result<Reply, SendError>) {
        let beginning = |reply: &Reply| Reply {
            body: reply.body[..reply.body.len().min(MOST_OF_ANSWER)].to_vec(),
            content_type: reply.content_type.clone(),
            headers: reply.headers.clone(),
            ..*reply
        };
        let answer = answer.as_ref().map(beginning).map_err(Clone::clone);
        self.0.borrow_mut().exchanges[place].answer = Some(answer);
    }

    /// Adds what another one noted, of requests with mutations.
    pub(super) fn absorb(&self, other: &Self) {
        let other = other.take();
        let mut recorded = self.0.borrow_mut();
        recorded.mutated = true;
        recorded.left_out += other.left_out;
        recorded.exchanges.extend(other.exchanges);
    }

    pub(super) fn take(&self) -> Recorded {
        self.0.take()
    }
}
