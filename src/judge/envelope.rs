//! The shape that every answer of a dialect has.

use lianpu_corpus::{Code, Dialect, Envelope, Outcome};
use serde_json::Value;

use super::fields::{has_type, words};
use super::{Check, Finding};
use crate::wire::Reply;

/// Bytes of the longest text that is taken for a code.
const LONGEST_CODE: usize = 64;

/// What could be read of a reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The code, if the body has one of a type that codes have.
    pub code: Option<Code>,
    /// The body as JSON, if it is.
    pub body: Option<Value>,
}

/// Reads a reply and holds its shape against the dialect's envelope. Which code is right is not judged here.
pub fn judge_envelope(reply: &Reply, dialect: &Dialect, findings: &mut Vec<Finding>) -> Answer {
    let Some(envelope) = dialect.envelope() else { return Answer::default() };
    judge_content_type(reply, envelope, findings);
    let body: Value = match serde_json::from_slice(&reply.body) {
        Ok(body @ Value::Object(_)) => body,
        Ok(_) => {
            findings.push(Finding::new(
                Check::Json,
                "one JSON object",
                format!("JSON, but {}", reply.excerpt(80)),
            ));
            return Answer::default();
        }
        Err(error) => {
            let actual = format!("{error}: {}", reply.excerpt(80));
            findings.push(Finding::new(Check::Json, "one JSON object", actual));
            return Answer::default();
        }
    };
    let code = judge_code_type(&body, envelope, findings);
    if let Some(code) = &code {
        judge_status(reply, code, envelope, findings);
        judge_message(&body, code, envelope, findings);
        if !dialect.is_bare(code) {
            judge_further(&body, code, envelope, findings);
        }
    }
    Answer { code, body: Some(body) }
}

fn judge_content_type(reply: &Reply, envelope: &Envelope, findings: &mut Vec<Finding>) {
    let actual = reply.content_type.as_deref().unwrap_or("none");
    let essence = actual.split(';').next().unwrap_or_default().trim();
    if !envelope.content_types.iter().any(|allowed| allowed.eq_ignore_ascii_case(essence)) {
        findings.push(Finding::new(Check::ContentType, envelope.content_types.join(" or "), actual));
    }
}

fn judge_code_type(body: &Value, envelope: &Envelope, findings: &mut Vec<Finding>) -> Option<Code> {
    let wanted = match envelope.success {
        Code::Int(_) => "an integer",
        Code::Text(_) => "a string",
    };
    let (code, right) = match (body.pointer(&envelope.code), &envelope.success) {
        (Some(Value::Number(number)), Code::Int(_)) if number.is_i64() => {
            (number.as_i64().map(Code::Int), true)
        }
        (Some(Value::String(text)), _) if text.len() > LONGEST_CODE => (None, false),
        (Some(Value::String(text)), Code::Text(_)) => (Some(Code::Text(text.clone())), true),
        (Some(Value::String(text)), Code::Int(_)) => (Some(Code::Text(text.clone())), false),
        (Some(Value::Number(number)), _) => (number.as_i64().map(Code::Int), false),
        _ => (None, false),
    };
    if !right {
        let actual = body.pointer(&envelope.code).map_or_else(|| "nothing".to_owned(), Value::to_string);
        findings.push(Finding::new(Check::CodeType, format!("{wanted} at {}", envelope.code), actual));
    }
    code
}

fn judge_status(reply: &Reply, code: &Code, envelope: &Envelope, findings: &mut Vec<Finding>) {
    let allowed =
        if *code == envelope.success { &envelope.success_statuses } else { &envelope.error_statuses };
    if !allowed.contains(&reply.status) {
        let words: Vec<_> = allowed.iter().map(u16::to_string).collect();
        findings.push(Finding::new(
            Check::Status,
            format!("HTTP {}", words.join(" or ")),
            reply.status.to_string(),
        ));
    }
}

fn judge_message(body: &Value, code: &Code, envelope: &Envelope, findings: &mut Vec<Finding>) {
    let at = &envelope.message;
    match body.pointer(at) {
        Some(Value::String(text)) if text.is_empty() => {
            findings.push(Finding::new(Check::Message, format!("a text at {at}"), "an empty one"));
        }
        Some(Value::String(text)) => {
            if *code != envelope.success && envelope.success_messages.contains(text) {
                findings.push(Finding::new(Check::Message, "a message of an error", format!("«{text}»")));
            }
        }
        other => {
            let actual = other.map_or_else(|| "nothing".to_owned(), Value::to_string);
            findings.push(Finding::new(Check::Message, format!("a text at {at}"), actual));
        }
    }
}

fn judge_further(body: &Value, code: &Code, envelope: &Envelope, findings: &mut Vec<Finding>) {
    let outcome = if *code == envelope.success { Outcome::Success } else { Outcome::Error };
    for field in envelope.fields.iter().filter(|field| field.on == Outcome::Any || field.on == outcome) {
        let value = body.pointer(&field.pointer);
        if !value.is_some_and(|value| has_type(value, field.kind)) {
            let actual = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
            findings.push(Finding::new(
                Check::Field,
                format!("{} at {}", words(field.kind), field.pointer),
                actual,
            ));
        }
    }
}
