//! The judge: a reply, held against what was expected, gives findings.
//!
//! Pure, and the only place where an answer is judged. A finding is data, never an error; all of them are collected.
//! Start with [`judge_code`].

mod envelope;
mod expect;
mod fields;
mod finding;
mod message;

pub use envelope::{Answer, judge_envelope};
pub use expect::{Expectation, Judgement, by_value, judge_code};
pub use fields::{judge_fields, values_at};
pub use finding::{Check, Finding};
