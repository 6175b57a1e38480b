//! The shape that every answer has.

use lianpu_corpus::{CodeType, Dialect, Envelope, Operation};
use serde_json::Value;

use super::fields::{has_type, value_at, words};
use super::reading::{Reading, reading};
use super::{Check, Finding};
use crate::wire::Reply;

/// Reads a reply and holds its shape against the envelope it came in. Which code is right is not judged here.
pub(super) fn judge_envelope<'d>(
    reply: &Reply,
    dialect: &'d Dialect,
    operation: &'d Operation,
    findings: &mut Vec<Finding>,
) -> Option<Reading<'d>> {
    let read = reading(reply, dialect, operation)?;
    let Reading { envelope, answer, no_json, no_code } = &read;
    if envelope.body.is_json() || answer.success {
        judge_content_type(reply, envelope, findings);
    }
    if let (Some(why), true) = (no_json, envelope.body.is_json()) {
        findings.push(Finding::new(Check::Json, "one JSON object", why.clone()));
        if answer.code.is_none() {
            return Some(read); // what stands nowhere needs no finding of its own
        }
    }
    if let Some(actual) = no_code {
        let wanted = match envelope.code_type() {
            CodeType::Integer => "an integer",
            CodeType::Text => "a string",
        };
        findings.push(Finding::new(
            Check::CodeType,
            format!("{wanted} at {}", envelope.code),
            actual.as_str(),
        ));
    }
    if answer.code.is_none() && no_code.is_some() {
        return Some(read); // neither a success nor an error
    }
    // What has no code and is no success has the status of an error, and no code to say so.
    judge_status(reply, envelope, answer.success || answer.code.is_none(), findings);
    let body = answer.body.as_ref();
    if let (Some(at), Some(body), true) =
        (&envelope.message, body, envelope.message_on.includes(answer.success))
    {
        judge_message(body, at, answer.success, envelope, findings);
    }
    let bare = answer.code.as_ref().is_some_and(|code| dialect.is_bare(operation, code));
    if !bare {
        judge_further(body, answer.success, envelope, findings);
        judge_headers(reply, answer.success, envelope, findings);
    }
    Some(read)
}

fn judge_content_type(reply: &Reply, envelope: &Envelope, findings: &mut Vec<Finding>) {
    let actual = reply.content_type.as_deref().unwrap_or("none");
    let essence = actual.split(';').next().unwrap_or_default().trim();
    let fits = |allowed: &String| match allowed.strip_suffix('*') {
        Some(kind) => essence.get(..kind.len()).is_some_and(|own| own.eq_ignore_ascii_case(kind)),
        None => allowed.eq_ignore_ascii_case(essence),
    };
    if !envelope.content_types.iter().any(fits) {
        findings.push(Finding::new(Check::ContentType, envelope.content_types.join(" or "), actual));
    }
}

fn judge_status(reply: &Reply, envelope: &Envelope, success: bool, findings: &mut Vec<Finding>) {
    let allowed = envelope.statuses(success);
    if !allowed.is_empty() && !allowed.contains(&reply.status) {
        let words: Vec<_> = allowed.iter().map(u16::to_string).collect();
        findings.push(Finding::new(
            Check::Status,
            format!("HTTP {}", words.join(" or ")),
            reply.status.to_string(),
        ));
    }
}

fn judge_message(body: &Value, at: &str, success: bool, envelope: &Envelope, findings: &mut Vec<Finding>) {
    match value_at(body, at) {
        Some(Value::String(text)) if text.is_empty() => {
            findings.push(Finding::new(Check::Message, format!("a text at {at}"), "an empty one"));
        }
        Some(Value::String(text)) => {
            if !success && envelope.success_messages.contains(text) {
                findings.push(Finding::new(Check::Message, "a message of an error", format!("«{text}»")));
            }
        }
        other => {
            let actual = other.map_or_else(|| "nothing".to_owned(), Value::to_string);
            findings.push(Finding::new(Check::Message, format!("a text at {at}"), actual));
        }
    }
}

fn judge_further(body: Option<&Value>, success: bool, envelope: &Envelope, findings: &mut Vec<Finding>) {
    for field in envelope.fields.iter().filter(|field| field.on.includes(success)) {
        let value = body.and_then(|body| value_at(body, &field.pointer));
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

fn judge_headers(reply: &Reply, success: bool, envelope: &Envelope, findings: &mut Vec<Finding>) {
    for header in envelope.headers.iter().filter(|header| header.on.includes(success)) {
        let value = reply.header(&header.name);
        let fits = |value: &str| match header.one_of.as_slice() {
            [] => !value.trim().is_empty(),
            allowed => allowed.iter().any(|allowed| allowed == value.trim()),
        };
        if !value.is_some_and(fits) {
            let wanted = match header.one_of.as_slice() {
                [] => "a text".to_owned(),
                allowed => allowed.join(" or "),
            };
            let actual = value.map_or_else(|| "nothing".to_owned(), |value| format!("«{value}»"));
            findings.push(Finding::new(Check::Header, format!("{wanted} in {}", header.name), actual));
        }
    }
}
