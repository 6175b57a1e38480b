//! Black-box fuzzing: plans drawn from a seed, carried out at a target, judged by the oracle; what deviates is shrunk and
//! kept as a bundle (see [`crate::bundle`]).
//!
//! Uses what [`crate::run`] has for set-up, sending and clean-up, and knows no terminal. Start with [`fuzz`].

mod campaign;
mod draw;
mod examine;
mod journal;
mod known;
mod pace;
mod shrink;
mod tally;

pub use campaign::{Campaign, CampaignOutcome, Ended, fuzz};
pub use draw::{Scope, ScopeError};
pub use journal::{Begun, JOURNAL, Journal, JournalError, Resumed, resume};
pub use known::FindingRecord;
pub use tally::{Predicted, Tally};
