//! The judge: a reply, held against what was expected, gives findings.
//!
//! Pure, and the only place where an answer is judged, whoever asked: a scenario, the fuzzer, a replay. A finding is data,
//! never an error; all of them are collected. Start with [`judge`]; what is expected is one [`Expected`], of a step or of
//! the oracle. [`read`] tells code and success of a reply without judging it.

mod envelope;
mod expected;
mod fields;
mod finding;
mod judgement;
mod message;
mod reading;
mod repeat;
mod several;
#[cfg(test)]
mod tests;
mod trace;

use lianpu_corpus::{Dialect, Operation};

pub(crate) use expected::NO_CODE;
pub use expected::{Allowed, Expected};
pub use fields::{judge_each, judge_fields, judge_value, values_at};
pub use finding::{Check, Finding};
pub use judgement::{Came, Judgement, Standard, judge};
pub use reading::{Answer, read};
pub use repeat::judge_repeat;
pub use several::judge_any;
pub use trace::{Trace, judge_trace};

use crate::wire::Reply;

/// Holds a status against the one that a step names.
pub fn judge_status(reply: &Reply, status: u16) -> Option<Finding> {
    let wanted = || format!("HTTP {status}");
    (reply.status != status).then(|| Finding::new(Check::Status, wanted(), reply.status.to_string()))
}

/// Holds the shape of a reply alone against the operation's envelope: every code is right.
pub fn judge_shape(reply: &Reply, dialect: &Dialect, operation: &Operation) -> Vec<Finding> {
    let mut findings = Vec::new();
    let _ = envelope::judge_envelope(reply, dialect, operation, &mut findings);
    findings
}
