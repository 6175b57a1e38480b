//! What a reply says: its code, and whether that is a success. Nothing is judged here.
//!
//! The only place that knows where codes stand; whoever needs one asks [`read`], with the operation that was asked.

use lianpu_corpus::{Code, CodePlace, CodeType, Dialect, Envelope, Operation};
use serde_json::Value;

use super::fields::value_at;
use crate::wire::{Reply, read_json};

/// Bytes of the longest text that is taken for a code.
const LONGEST_CODE: usize = 64;

/// What could be read of a reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The code, if there is one of a type that codes have.
    pub code: Option<Code>,
    /// The body as JSON, if it is one object.
    pub body: Option<Value>,
    /// Whether it is a success: by its code, or, where successes have none, by its status.
    pub success: bool,
}

impl Answer {
    /// The message in it; empty where it has none.
    pub fn message(&self, dialect: &Dialect, operation: &Operation) -> &str {
        let at = dialect.envelope_of(operation).and_then(|envelope| envelope.message.as_deref());
        let found = self.body.as_ref().zip(at).and_then(|(body, at)| value_at(body, at)?.as_str());
        found.unwrap_or_default()
    }
}

/// A reply read by the envelope that it came in.
pub(super) struct Reading<'d> {
    pub(super) envelope: &'d Envelope,
    pub(super) answer: Answer,
    /// Why the body is not one JSON object.
    pub(super) no_json: Option<String>,
    /// What stands in the code's place, where it is not of the type of codes.
    pub(super) no_code: Option<String>,
}

/// Reads a reply to an operation.
pub fn read(reply: &Reply, dialect: &Dialect, operation: &Operation) -> Answer {
    reading(reply, dialect, operation).map(|reading| reading.answer).unwrap_or_default()
}

/// Reads a reply by the envelope of one of the operation's tables whose code it has, else by the operation's own; nothing
/// where the dialect says of no answer how it looks.
pub(super) fn reading<'d>(
    reply: &Reply,
    dialect: &'d Dialect,
    operation: &'d Operation,
) -> Option<Reading<'d>> {
    let own = dialect.envelope_of(operation)?;
    let (body, no_json) = match read_json(&reply.body) {
        Ok(body @ Value::Object(_)) => (Some(body), None),
        Ok(_) => (None, Some(format!("JSON, but {}", reply.excerpt(80)))),
        Err(error) => (None, Some(format!("{error}: {}", reply.excerpt(80)))),
    };
    let (mut envelope, mut found) = (own, code(reply, body.as_ref(), own));
    for (table, further) in dialect.further_envelopes(operation) {
        if let Found::Code(code) = code_of(table, reply, body.as_ref(), further) {
            (envelope, found) = (further, Found::Code(code));
        }
    }
    let (code, no_code) = match found {
        Found::Code(code) => (Some(code), None),
        Found::OfAnotherType(code, actual) => (code, Some(actual)),
        Found::Nothing if envelope.success_without_code => (None, None),
        Found::Nothing => (None, Some("nothing".to_owned())),
    };
    let readable = body.is_some() || !envelope.body.is_json();
    let success = match &code {
        Some(code) => envelope.is_success(code),
        None => readable && no_code.is_none() && envelope.is_success_without_code(reply.status),
    };
    Some(Reading { envelope, answer: Answer { code, body, success }, no_json, no_code })
}

/// The code in the JSON type of the envelope's codes: that it came in another has a finding of its own.
pub(super) fn by_value(code: &Code, envelope: &Envelope) -> Code {
    match (code, envelope.code_type()) {
        (Code::Text(text), CodeType::Integer) => Code::parse(text),
        (Code::Int(number), CodeType::Text) => Code::Text(number.to_string()),
        _ => code.clone(),
    }
}

/// What stands in the places of a code.
enum Found {
    Nothing,
    /// Not of the type of codes: as one all the same, if it can be, and as it stands there.
    OfAnotherType(Option<Code>, String),
    Code(Code),
}

/// A code that the table has.
fn code_of(table: &lianpu_corpus::Table, reply: &Reply, body: Option<&Value>, envelope: &Envelope) -> Found {
    match code(reply, body, envelope) {
        Found::Code(code) if table.row(&code).is_some() => Found::Code(code),
        _ => Found::Nothing,
    }
}

fn code(reply: &Reply, body: Option<&Value>, envelope: &Envelope) -> Found {
    let kind = envelope.code_type();
    let found = envelope.code.all().iter().map(|place| match place {
        CodePlace::Pointer(pointer) => body
            .and_then(|body| value_at(body, pointer))
            .map_or(Found::Nothing, |value| of_value(value, kind)),
        CodePlace::Header(name) => {
            reply.header(&name.header).map_or(Found::Nothing, |text| of_text(text, kind))
        }
    });
    found.into_iter().find(|found| !matches!(found, Found::Nothing)).unwrap_or(Found::Nothing)
}

fn of_value(value: &Value, kind: CodeType) -> Found {
    match (value, kind) {
        (Value::Number(number), CodeType::Integer) if number.is_i64() => {
            number.as_i64().map_or(Found::Nothing, |code| Found::Code(Code::Int(code)))
        }
        (Value::String(text), _) if text.len() > LONGEST_CODE => {
            Found::OfAnotherType(None, value.to_string())
        }
        (Value::String(text), CodeType::Text) => Found::Code(Code::Text(text.clone())),
        (Value::String(text), CodeType::Integer) => {
            Found::OfAnotherType(Some(Code::Text(text.clone())), value.to_string())
        }
        (Value::Number(number), _) => Found::OfAnotherType(number.as_i64().map(Code::Int), value.to_string()),
        _ => Found::OfAnotherType(None, value.to_string()),
    }
}

fn of_text(text: &str, kind: CodeType) -> Found {
    match (Code::parse(text.trim()), kind) {
        _ if text.len() > LONGEST_CODE => Found::OfAnotherType(None, text.to_owned()),
        (code @ Code::Int(_), CodeType::Integer) => Found::Code(code),
        (code @ Code::Text(_), CodeType::Integer) => Found::OfAnotherType(Some(code), text.to_owned()),
        (_, CodeType::Text) => Found::Code(Code::Text(text.trim().to_owned())),
    }
}
