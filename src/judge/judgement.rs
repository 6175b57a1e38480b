//! An answer held against what was expected of it, and against what always holds.
//!
//! In time; a well-formed envelope; a code of the operation's own tables, of the right JSON type, among those expected;
//! never a success for what must be refused.

use std::time::Duration;

use lianpu_corpus::{Code, Dialect, Operation};
use serde_json::Value;

use super::envelope::judge_envelope;
use super::reading::{Reading, by_value};
use super::{Answer, Check, Expected, Finding, judge_fields, message, values_at};
use crate::wire::Reply;

/// What came for a request.
#[derive(Debug, Clone, Copy)]
pub enum Came<'r> {
    /// A reply.
    Reply(&'r Reply),
    /// The connection was closed without one: why, in words.
    Closed(&'r str),
    /// No reply for another reason, in words.
    Nothing(&'r str),
}

/// What an answer is held against besides the expected codes.
#[derive(Debug, Clone, Copy)]
pub struct Standard<'a> {
    /// The dialect.
    pub dialect: &'a Dialect,
    /// The operation that was asked.
    pub operation: &'a Operation,
    /// Whether messages must be those of the tables, byte by byte.
    pub strict: bool,
    /// Whether the fields of a success must be as documented: not where a change of the request may change them.
    pub fields: bool,
    /// The time in which an answer must come.
    pub within: Option<Duration>,
}

impl<'a> Standard<'a> {
    /// The shape of answers alone.
    pub const fn new(dialect: &'a Dialect, operation: &'a Operation) -> Self {
        Self { dialect, operation, strict: false, fields: false, within: None }
    }
}

/// What the judge says of one answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// What could be read.
    pub answer: Answer,
    /// Whether the answer was one that is only tolerated.
    pub tolerated: bool,
    /// The deviations.
    pub findings: Vec<Finding>,
}

/// Judges what came.
pub fn judge(came: Came<'_>, expected: &Expected, standard: &Standard<'_>) -> Judgement {
    let reply = match came {
        Came::Reply(reply) => reply,
        Came::Closed(_) if expected.closes => return Judgement::default(),
        Came::Closed(why) | Came::Nothing(why) => {
            let wanted = match expected.is_ranked() {
                true => "an answer".to_owned(),
                false => expected.words(standard.dialect, standard.operation),
            };
            let findings = vec![Finding::new(Check::Transport, wanted, why)];
            return Judgement { findings, ..Judgement::default() };
        }
    };
    let mut judgement = judge_reply(reply, expected, standard);
    if let Some(within) = standard.within.filter(|within| reply.took > *within) {
        judgement.findings.push(Finding::new(
            Check::Transport,
            format!("an answer in {} ms", within.as_millis()),
            format!("one after {} ms", reply.took.as_millis()),
        ));
    }
    if let (true, true, Some(body)) = (standard.fields, judgement.answer.success, &judgement.answer.body) {
        judgement.findings.extend(judge_fields(body, standard.operation));
    }
    judgement
}

/// Judges a reply but for its time and its fields.
fn judge_reply(reply: &Reply, expected: &Expected, standard: &Standard<'_>) -> Judgement {
    let Standard { dialect, operation, strict, .. } = *standard;
    let mut findings = Vec::new();
    let Some(read) = judge_envelope(reply, dialect, operation, &mut findings) else {
        return Judgement { findings, ..Judgement::default() };
    };
    let Reading { envelope, answer, no_code, .. } = read;
    if expected.statuses.contains(&reply.status) {
        // A gateway answers in its own words; where the code is in them all the same, it is the answer.
        let tolerated = !expected.is_own(answer.code.as_ref(), answer.success);
        return Judgement { answer, tolerated, findings: Vec::new() };
    }
    let code = answer.code.as_ref().map(|code| by_value(code, envelope));
    let success = answer.success || code.as_ref().is_some_and(|code| envelope.is_success(code));
    let mut tolerated = false;
    let says_something = code.is_some() || (no_code.is_none() && answer.success);
    if let Some(own) = allowed_in_items(&answer, expected).filter(|_| success) {
        tolerated = !own;
    } else if says_something {
        if expected.allows(code.as_ref(), success) {
            tolerated = !expected.is_own(code.as_ref(), success);
        } else {
            let actual = told(code.as_ref(), success, expected, standard);
            findings.push(Finding::new(Check::Code, expected.words(dialect, operation), actual));
        }
    }
    if let (true, Some(body), Some(code), Some(at)) = (strict, &answer.body, &answer.code, &envelope.message)
    {
        findings.extend(message::judge_exactly(body, at, code, dialect, operation));
    }
    Judgement { answer, tolerated, findings }
}

/// A code that may not answer, in words.
fn told(code: Option<&Code>, success: bool, expected: &Expected, standard: &Standard<'_>) -> String {
    let Standard { dialect, operation, .. } = *standard;
    match code {
        None => "a success".to_owned(),
        Some(code) if expected.is_ranked() => code.to_string(),
        Some(code) if success => format!("{code}, a success"),
        Some(code) if dialect.rows_of(operation, code).next().is_some() => code.to_string(),
        Some(code) => format!("{code}, which {} never answers", operation.name),
    }
}

/// Whether a code that may stand at one of several things stands there: `true` if it is the row's own, `false` if it is only
/// tolerated.
fn allowed_in_items(answer: &Answer, expected: &Expected) -> Option<bool> {
    let (pointer, body) = (expected.item.as_deref()?, answer.body.as_ref()?);
    let codes = values_at(body, pointer).into_iter().filter_map(|value| match value {
        Value::Number(number) => number.as_i64().map(Code::Int),
        Value::String(text) => Some(Code::Text(text.clone())),
        _ => None,
    });
    codes.filter(|code| expected.allows_in_items(code)).map(|code| expected.is_own(Some(&code), false)).max()
}
