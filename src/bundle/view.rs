//! A request as a person reads it: its lines, and its parameters one by one.

use serde::{Deserialize, Serialize};

use super::seal::Seal;
use crate::wire::{Field, FieldValue, File, Request};

/// Characters of a value that are shown.
const LONGEST: usize = 200;

/// Bytes of a body that are shown.
const BODY: usize = 2000;

/// A request as a person reads it. For reading only: what is sent again are the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestView {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The header lines in order.
    pub headers: Vec<(String, String)>,
    /// How the body is delimited, where not by its true length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framing: Option<String>,
    /// The parameters before they were written.
    pub parameters: Vec<(String, String)>,
    /// The beginning of the body, where it is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Bytes of the body.
    pub body_bytes: usize,
    /// How often the same bytes go before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sent_before: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl RequestView {
    /// The request of these parameters, sent once and framed as usual.
    pub(super) fn of(request: &Request, fields: &[Field], seal: &Seal) -> Self {
        let header = |(name, value): &(String, String)| {
            let line = seal.close_text(&format!("\r\n{name}: {value}\r\n"));
            let shown = line.trim_matches(['\r', '\n']).split_once(": ").map(|(_, value)| value.to_owned());
            (name.clone(), cut(&shown.unwrap_or_default()))
        };
        Self {
            method: request.method.clone(),
            target: seal.close_text(&request.target),
            headers: request.headers.iter().map(header).collect(),
            framing: None,
            parameters: fields.iter().map(|field| parameter(field, seal)).collect(),
            body: text(&request.body).map(|body| seal.close_text(body)),
            body_bytes: request.body.len(),
            sent_before: 0,
        }
    }
}

fn parameter(field: &Field, seal: &Seal) -> (String, String) {
    let value = match &field.value {
        FieldValue::Json(value) => cut(&seal.close_text(&value.to_string())),
        FieldValue::File(one) => file(one),
        FieldValue::Files(several) => several.iter().map(|one| file(one)).collect::<Vec<_>>().join(", "),
    };
    (field.name.clone(), value)
}

fn file(file: &File) -> String {
    format!("{} ({}, {} bytes)", cut(&file.name), cut(&file.media_type), file.bytes.len())
}

/// The beginning, where all of it is printable.
fn text(body: &[u8]) -> Option<&str> {
    let end = body.len().min(BODY);
    let start = match std::str::from_utf8(&body[..end]) {
        Ok(text) => text,
        // A character may be cut by the end, but not broken within.
        Err(error) if end < body.len() && error.error_len().is_none() => {
            std::str::from_utf8(&body[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    (!start.bytes().any(|byte| byte < b' ' && !b"\r\n\t".contains(&byte))).then_some(start)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
