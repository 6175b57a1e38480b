//! The documented fields of a successful reply.

use lianpu_corpus::{Operation, Reply as ReplyField, ReplyType};
use serde_json::Value;

use super::{Check, Finding};

/// Holds the body of a successful reply against the operation's reply table: presence, type, range.
pub fn judge_fields(body: &Value, operation: &Operation) -> Vec<Finding> {
    operation.replies.iter().flat_map(|field| judge_field(body, field)).collect()
}

/// The value at a JSON pointer.
pub(super) fn value_at<'a>(body: &'a Value, pointer: &str) -> Option<&'a Value> {
    match pointer.strip_prefix('/') {
        // `Value::pointer` allocates for the escapes that a name may have; nearly every pointer is one name without any.
        Some(name) if body.is_object() && !name.contains(['/', '~']) => body.get(name),
        _ => body.pointer(pointer),
    }
}

/// Every value at a pointer in which `*` stands for every entry of a list.
pub fn values_at<'a>(body: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let mut found = vec![body];
    for key in pointer.split('/').skip(1) {
        found = match key {
            "*" => found.into_iter().filter_map(Value::as_array).flatten().collect(),
            key => found
                .into_iter()
                .filter_map(|value| match value {
                    Value::Array(entries) => key.parse::<usize>().ok().and_then(|index| entries.get(index)),
                    other => other.get(key),
                })
                .collect(),
        };
    }
    found
}

/// Complains where the value does not stand at the pointer.
pub fn judge_value(body: &Value, pointer: &str, value: &Value) -> Option<Finding> {
    let found = values_at(body, pointer);
    if found.contains(&value) {
        return None;
    }
    let actual = found.first().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    Some(Finding::new(Check::Field, format!("{value} at {pointer}"), actual))
}

/// Complains where nothing is at the pointer, or not all of it is right.
pub fn judge_each(
    body: &Value,
    pointer: &str,
    words: &str,
    right: impl Fn(&Value) -> bool,
) -> Option<Finding> {
    let found = values_at(body, pointer);
    let wrong = found.iter().find(|value| !right(value));
    if wrong.is_none() && !found.is_empty() {
        return None;
    }
    let actual = wrong.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    Some(Finding::new(Check::Field, format!("{words} at {pointer}"), actual))
}

fn judge_field(body: &Value, field: &ReplyField) -> Vec<Finding> {
    let (parent, _) = field.pointer.rsplit_once('/').unwrap_or_default();
    let present = values_at(body, &field.pointer);
    // With a `*` above, every entry must have the field; without entries there is nothing to miss.
    let expected = if field.pointer.ends_with('*') { 0 } else { values_at(body, parent).len() };
    let mut findings = Vec::new();
    if !field.optional
        && (present.len() < expected || (expected == 0 && !parent.contains('*') && present.is_empty()))
    {
        findings.push(Finding::new(
            Check::Field,
            format!("{} at {}", words(field.kind), field.pointer),
            "nothing",
        ));
    }
    for value in present {
        if let Some(complaint) = complaint(value, field) {
            let wanted = format!("{complaint} at {}", field.pointer);
            findings.push(Finding::new(Check::Field, wanted, value.to_string()));
        }
    }
    findings
}

/// What would be right, if the value is wrong.
fn complaint(value: &Value, field: &ReplyField) -> Option<String> {
    if !has_type(value, field.kind) && !field.or.is_some_and(|or| has_type(value, or)) {
        let or = field.or.map_or_else(String::new, |or| format!(" or {}", words(or)));
        return Some(format!("{}{or}", words(field.kind)));
    }
    if let (Some([least, greatest]), Some(number)) = (field.range, value.as_f64())
        && !(least..=greatest).contains(&number)
    {
        return Some(format!("a number from {least} to {greatest}"));
    }
    let entries = value.as_array().map(Vec::len)?;
    match (field.entries, field.max_entries) {
        (Some(wanted), _) if entries != wanted => Some(format!("{wanted} entries")),
        (_, Some(most)) if entries > most => Some(format!("at most {most} entries")),
        _ => None,
    }
}

pub(super) fn has_type(value: &Value, kind: ReplyType) -> bool {
    let all = |of: fn(&Value) -> bool| value.as_array().is_some_and(|entries| entries.iter().all(of));
    match kind {
        ReplyType::String => value.is_string(),
        ReplyType::Strings => all(Value::is_string),
        ReplyType::Integer => value.is_i64() || value.is_u64(),
        ReplyType::Integers => all(|entry| entry.is_i64() || entry.is_u64()),
        ReplyType::Number => value.is_number(),
        ReplyType::Boolean => value.is_boolean(),
        ReplyType::Object => value.is_object(),
        ReplyType::Objects => all(Value::is_object),
        ReplyType::Null => value.is_null(),
    }
}

pub(super) const fn words(kind: ReplyType) -> &'static str {
    match kind {
        ReplyType::String => "a string",
        ReplyType::Strings => "a list of strings",
        ReplyType::Integer => "an integer",
        ReplyType::Integers => "a list of integers",
        ReplyType::Number => "a number",
        ReplyType::Boolean => "true or false",
        ReplyType::Object => "an object",
        ReplyType::Objects => "a list of objects",
        ReplyType::Null => "null",
    }
}
