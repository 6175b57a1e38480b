//! Black-box fuzzing: plans drawn from a seed, carried out at a target, judged by the oracle; what deviates is shrunk and
//! written as a bundle that can be replayed.
//!
//! Uses what [`crate::run`] has for set-up, sending and clean-up, and knows no terminal. Start with [`fuzz`]; [`replay`]
//! looks whether a finding is still there.

mod bundle;
mod campaign;
pub(crate) mod curl;
mod draw;
mod examine;
mod feature;
mod journal;
mod known;
mod pace;
mod replay;
#[cfg(test)]
mod sample;
mod seal;
mod shrink;
mod tally;
mod view;

pub use bundle::{Bundle, BundleError, Expected, Received, read_bundle};
pub(crate) use bundle::{Fields, digest, sealed_headers};
pub use campaign::{Campaign, Ended, Outcome, fuzz};
pub use draw::{Scope, ScopeError};
pub use journal::{Begun, JOURNAL, Journal, JournalError, Resumed, resume};
pub use known::{FindingRecord, Key};
pub use replay::{Mode, ReplayError, Replayed, replay};
pub(crate) use seal::Seal;
pub use tally::{Predicted, Tally};
pub use view::View;
