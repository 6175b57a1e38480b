//! What a plan starts from: a valid request of one operation, and all that signing needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use lianpu_corpus::{Account, BodyKind, Dialect, Operation};
use serde_json::{Value, json};

use crate::sign::Circumstances;
use crate::wire::{Field, FieldValue, File};

/// What exists at the target for a request to be about, and a name that nothing has.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The id of a person that exists.
    pub person: String,
    /// The id of a group that it is in.
    pub group: String,
    /// The id of a group that it is not in.
    pub other_group: String,
    /// The ids of the person's faces, at least one.
    pub faces: Vec<String>,
    /// The picture that the person was created with.
    pub picture: Arc<File>,
    /// A picture of another face.
    pub further: Arc<File>,
    /// An id that nothing has, for what a request creates.
    pub fresh: String,
}

/// Who asks, when, and where.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The tenant.
    pub account: Account,
    /// Another tenant of the same target, where there is one.
    pub other: Option<Account>,
    /// The access token in force, where the dialect has tokens.
    pub token: Option<String>,
    /// The other tenant's access token.
    pub other_token: Option<String>,
    /// Host and port, as the `Host` header names them.
    pub host: String,
    /// Seconds since 1970.
    pub now: i64,
    /// A random number of at most ten digits.
    pub nonce: u64,
    /// The limits in force by name: the target's own, else the documented ones.
    pub limits: BTreeMap<String, u64>,
}

/// A valid request in its parts, before anything is changed.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The dialect.
    pub dialect: &'static Dialect,
    /// The operation.
    pub operation: &'static Operation,
    /// The parameters in the document's order.
    pub fields: Vec<Field>,
    /// How the body carries them.
    pub kind: BodyKind,
    /// Who asks.
    pub caller: Caller,
}

/// A valid word of the catalogue that this code does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: the parameter {parameter} has no valid value named {word}")]
pub struct UnknownWord {
    operation: String,
    parameter: String,
    word: String,
}

impl Ground {
    /// The valid request of an operation: every parameter that has a word for a valid value in the catalogue.
    pub fn valid(
        dialect: &'static Dialect,
        operation: &'static Operation,
        standing: &Standing,
        caller: Caller,
    ) -> Result<Self, UnknownWord> {
        let mut fields = Vec::new();
        for parameter in &operation.parameters {
            let Some(word) = parameter.valid.as_deref() else { continue };
            let value = value(word, operation, standing, &caller).ok_or_else(|| UnknownWord {
                operation: operation.name.clone(),
                parameter: parameter.name.clone(),
                word: word.to_owned(),
            })?;
            fields.push(Field { name: parameter.name.clone(), value });
        }
        let kind = natural_kind(operation, &fields);
        Ok(Self { dialect, operation, fields, kind, caller })
    }

    /// What signing needs.
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            account: &self.caller.account,
            other: self.caller.other.as_ref(),
            now: self.caller.now,
            nonce: self.caller.nonce,
            token: self.caller.token.as_deref(),
            host: &self.caller.host,
        }
    }
}

/// Pictures go as multipart where the operation takes it, all else as the first kind it names.
fn natural_kind(operation: &Operation, fields: &[Field]) -> BodyKind {
    let files = fields.iter().any(|field| !matches!(field.value, FieldValue::Json(_)));
    if files && operation.bodies.contains(&BodyKind::Multipart) {
        return BodyKind::Multipart;
    }
    operation.bodies.first().copied().unwrap_or(BodyKind::Json)
}

fn value(word: &str, operation: &Operation, standing: &Standing, caller: &Caller) -> Option<FieldValue> {
    let Standing { person, group, other_group, faces, picture, further, fresh } = standing;
    if let Some(literal) = word.strip_prefix('=') {
        return serde_json::from_str(literal).ok().map(FieldValue::Json);
    }
    let json: Value = match word {
        "appid" => json!(caller.account.part("appid")),
        "bucket" => json!(caller.account.part("bucket")),
        "fresh-person" | "fresh-group" => json!(fresh),
        "fresh-groups" => json!([fresh]),
        "other-group" => json!(other_group),
        "person" => json!(person),
        "group" => json!(group),
        "groups" => json!([group]),
        "face" => json!(faces.first()),
        "faces" => json!([faces.first()]),
        "portrait" => return Some(FieldValue::File(Arc::clone(picture))),
        // One person in every element of a body that is a list, else a face that the person asked about has not.
        "portraits" => {
            let files = match operation.elements {
                Some(elements) => vec![Arc::clone(picture); elements],
                None => vec![Arc::clone(further)],
            };
            return Some(FieldValue::Files(files));
        }
        _ => return None,
    };
    Some(FieldValue::Json(json))
}
