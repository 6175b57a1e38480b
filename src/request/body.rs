//! How a body carries the parameters of an operation, written rightly.

use std::borrow::Cow;

use lianpu_corpus::{BodyKind, Operation, Parameter};

use crate::wire::{Field, FieldValue, Request, write_form, write_json, write_json_list, write_multipart};

/// The boundary of multipart bodies. Written by hand, not chosen at random: the pictures drawn never contain it, and the same
/// request gives the same bytes.
pub const BOUNDARY: &str = "lianpu-7d1f0c52a94b4e0f";

/// A request of the operation without parameters, body and signature: its method, its path, and the headers and the query that
/// every request of it has.
pub fn bare(operation: &Operation) -> Request {
    let headers = operation.fixed_headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut request = Request {
        method: operation.method.clone(),
        target: operation.path.clone(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    for (name, value) in operation.fixed_query() {
        request.set_query(name, Some(value));
    }
    request
}

/// How a body carries these parameters: pictures go as multipart where the operation takes it, all else as the first kind it
/// names.
pub fn natural_kind(operation: &Operation, fields: &[Field]) -> BodyKind {
    kind_for(operation, fields.iter().any(|field| !matches!(field.value, FieldValue::Json(_))))
}

/// How the body of the operation's valid request carries its parameters.
pub fn valid_kind(operation: &Operation) -> BodyKind {
    let pictures = operation.parameters.iter().any(Parameter::takes_medium);
    kind_for(operation, pictures)
}

fn kind_for(operation: &Operation, pictures: bool) -> BodyKind {
    if pictures && operation.bodies.contains(&BodyKind::Multipart) {
        return BodyKind::Multipart;
    }
    operation.bodies.first().copied().unwrap_or(BodyKind::Json)
}

/// Writes the body, and the content type that fits it. Of a body that is a list `elements` objects are written: absent, as many
/// as there are pictures, else the operation's own number.
pub fn write_body(
    operation: &Operation,
    fields: &[Field],
    kind: BodyKind,
    boundary: &str,
    elements: Option<usize>,
) -> (Vec<u8>, String) {
    match kind {
        BodyKind::Multipart => {
            (write_multipart(fields, boundary), format!("multipart/form-data; boundary={boundary}"))
        }
        BodyKind::Json => (json(operation, fields, elements), "application/json".to_owned()),
        BodyKind::Form => (write_form(fields), "application/x-www-form-urlencoded".to_owned()),
    }
}

fn json(operation: &Operation, fields: &[Field], elements: Option<usize>) -> Vec<u8> {
    let fields = carried_by_json(operation, fields);
    match operation.elements {
        Some(own) => write_json_list(&fields, elements.or_else(|| pictures(&fields)).unwrap_or(own)),
        None => write_json(&fields),
    }
}

/// Pictures go into JSON only where the operation knows no multipart.
fn carried_by_json<'f>(operation: &Operation, fields: &'f [Field]) -> Cow<'f, [Field]> {
    let is_carried = |field: &Field| matches!(field.value, FieldValue::Json(_));
    match !operation.bodies.contains(&BodyKind::Multipart) || fields.iter().all(is_carried) {
        true => Cow::Borrowed(fields),
        false => Cow::Owned(fields.iter().filter(|field| is_carried(field)).cloned().collect()),
    }
}

/// How many objects several pictures ask for; one picture stands in all of them.
fn pictures(fields: &[Field]) -> Option<usize> {
    fields.iter().find_map(|field| match &field.value {
        FieldValue::Files(files) if files.len() > 1 => Some(files.len()),
        _ => None,
    })
}
