//! Whether an error left a trace: one question, answered before and after it.
//!
//! Two answers say the same where their codes and the documented fields of a success are alike. Texts of errors, fields that no
//! document names and the order of lists are the target's own affair: request ids and running numbers stand there.

use std::collections::BTreeMap;
use std::fmt;

use lianpu_corpus::{Code, Dialect, Operation, ReplyType};
use serde_json::Value;

use super::{Check, Finding, read, values_at};
use crate::wire::Reply;

/// What the question was answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Trace {
    /// A success: the values of the documented fields by their JSON pointers, each list in an order of ours.
    State(BTreeMap<String, Vec<Value>>),
    /// An error with this code.
    Refusal(Code),
    /// An answer without a code and of this status.
    Unreadable(u16),
    /// No answer.
    Nothing,
}

impl Trace {
    /// What a reply to the question says.
    pub fn of(reply: &Reply, dialect: &Dialect, question: &Operation) -> Self {
        let answer = read(reply, dialect, question);
        match (answer.success, answer.body, answer.code) {
            (true, body, _) => Self::State(state(body.unwrap_or_default(), dialect, question)),
            (false, _, Some(code)) => Self::Refusal(code),
            (false, _, None) => Self::Unreadable(reply.status),
        }
    }
}

/// The documented fields of a success that hold values, but for what differs between equal answers.
fn state(mut body: Value, dialect: &Dialect, question: &Operation) -> BTreeMap<String, Vec<Value>> {
    let volatile = dialect.envelope_of(question).into_iter().flat_map(|envelope| &envelope.volatile);
    for pointer in volatile {
        if let Some(value) = body.pointer_mut(pointer) {
            value.take();
        }
    }
    // An object has fields of its own, also such as no document names.
    let whole = |kind| matches!(kind, ReplyType::Object | ReplyType::Objects);
    let told = question.replies.iter().filter(|field| !whole(field.kind));
    let values = told.map(|field| {
        let found = values_at(&body, &field.pointer).into_iter().map(|value| sorted(value.clone()));
        (field.pointer.clone(), in_order(found.collect()))
    });
    values.filter(|(_, values)| !values.is_empty()).collect()
}

/// The value with its own lists in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(entries) => Value::Array(in_order(entries.into_iter().map(sorted).collect())),
        other => other,
    }
}

fn in_order(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_cached_key(Value::to_string);
    values
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(fields) if fields.is_empty() => f.write_str("a success without any of its fields"),
            Self::State(fields) => {
                for (number, (pointer, values)) in fields.iter().enumerate() {
                    let values: Vec<_> = values.iter().map(Value::to_string).collect();
                    let before = if number == 0 { "" } else { "; " };
                    write!(f, "{before}{pointer} {}", values.join(", "))?;
                }
                Ok(())
            }
            Self::Refusal(code) => write!(f, "{code}"),
            Self::Unreadable(status) => write!(f, "HTTP {status} without a code"),
            Self::Nothing => f.write_str("no answer"),
        }
    }
}

/// Complains where the question is answered otherwise after an error than before it; where the fields of two successes
/// differ, with these alone.
pub fn judge_trace(question: &Operation, before: &Trace, after: &Trace) -> Option<Finding> {
    let (was, is) = match (before, after) {
        _ if before == after => return None,
        (Trace::State(before), Trace::State(after)) => (differing(before, after), differing(after, before)),
        _ => (before.clone(), after.clone()),
    };
    Some(Finding::new(Check::Trace, format!("{} as before: {was}", question.name), is.to_string()))
}

/// The fields of one that the other has not or has otherwise.
fn differing(one: &BTreeMap<String, Vec<Value>>, other: &BTreeMap<String, Vec<Value>>) -> Trace {
    let differs = |(pointer, values): &(&String, &Vec<Value>)| other.get(*pointer) != Some(values);
    Trace::State(
        one.iter().filter(differs).map(|(pointer, values)| (pointer.clone(), values.clone())).collect(),
    )
}
