//! What a valid request of an operation carries: every parameter that has a word for a valid value in the catalogue.

use std::sync::Arc;

use lianpu_corpus::{Account, BodyKind, Dialect, Operation, Resource, Which, Word};
use serde_json::{Value, json};

use super::body::natural_kind;
use super::caller::Caller;
use super::standing::Standing;
use crate::sign::Circumstances;
use crate::wire::{Field, FieldValue};

/// Where the values of a valid request come from.
pub struct Source<'a> {
    /// The dialect.
    pub dialect: &'a Dialect,
    /// Who asks; none where the target has no such account: then the request does not say who asks.
    pub account: Option<&'a Account>,
    /// What requests can be about.
    pub standing: &'a Standing,
    /// Names that nothing has, for things of a kind; where one thing is meant the first is taken.
    pub fresh: &'a mut dyn FnMut(&str) -> Vec<String>,
}

/// A valid request in its parts, before anything is changed, and all that signing it needs.
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

/// A valid word of the catalogue that this code does not know, or has nothing for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: the parameter {parameter} has no valid value named {word}")]
pub struct UnknownWord {
    operation: String,
    parameter: String,
    word: String,
}

impl Ground {
    /// The valid request of an operation; whatever it creates gets the `fresh` name.
    pub fn valid(
        dialect: &'static Dialect,
        operation: &'static Operation,
        standing: &Standing,
        fresh: &str,
        mut caller: Caller,
    ) -> Result<Self, UnknownWord> {
        if let Some(host) = &operation.host {
            caller.host.clone_from(host);
        }
        let mut fresh = |_: &str| vec![fresh.to_owned()];
        let source = Source { dialect, account: Some(&caller.account), standing, fresh: &mut fresh };
        let fields = fields(operation, source)?;
        let kind = natural_kind(operation, &fields);
        Ok(Self { dialect, operation, fields, kind, caller })
    }

    /// What signing needs.
    pub fn circumstances(&self) -> Circumstances<'_> {
        self.caller.circumstances()
    }
}

/// The parameters of an operation's valid request, in the document's order.
pub(super) fn fields(operation: &Operation, mut source: Source<'_>) -> Result<Vec<Field>, UnknownWord> {
    let fixed = operation
        .fixed_fields()
        .map(|(name, text)| Field { name: name.to_owned(), value: FieldValue::Json(json!(text)) });
    let mut fields: Vec<_> = fixed.collect();
    for parameter in &operation.parameters {
        let Some(text) = parameter.valid.as_deref() else { continue };
        let word = source.dialect.manifest.word(text);
        if let (Some(Word::Part(_)), None) = (word, source.account) {
            continue;
        }
        let value = word.and_then(|word| value(word, operation, &mut source)).ok_or_else(|| UnknownWord {
            operation: operation.name.clone(),
            parameter: parameter.name.clone(),
            word: text.to_owned(),
        })?;
        fields.push(Field { name: parameter.name.clone(), value });
    }
    Ok(fields)
}

fn value(word: Word<'_>, operation: &Operation, source: &mut Source<'_>) -> Option<FieldValue> {
    let Standing { picture, further, .. } = source.standing;
    let json = match word {
        Word::Literal(literal) => serde_json::from_str(literal).ok()?,
        Word::Part(part) => json!(source.account?.part(part)),
        Word::Thing { which: Which::Fresh, resource, several } => {
            ids((source.fresh)(&resource.name), several)
        }
        Word::Thing { resource, several, .. } => {
            let key = word.key()?;
            match source.standing.ids(&key) {
                [] => ids(nobody(resource, &key, source), several),
                standing => ids(standing.to_vec(), several),
            }
        }
        Word::Medium { several: false, .. } => return picture.clone().map(FieldValue::File),
        // One person in every element of a body that is a list, else a face that the person asked about has not.
        Word::Medium { several: true, .. } => {
            let files = match operation.elements {
                Some(elements) => vec![Arc::clone(picture.as_ref()?); elements],
                None => vec![Arc::clone(further.as_ref()?)],
            };
            return Some(FieldValue::Files(files));
        }
    };
    Some(FieldValue::Json(json))
}

/// All, or the first.
fn ids(ids: Vec<String>, list: bool) -> Value {
    if list { json!(ids) } else { ids.into_iter().next().map_or(Value::Null, Value::String) }
}

/// What names nothing, in the form that a target takes for a name of that kind.
fn nobody(resource: &Resource, key: &str, source: &mut Source<'_>) -> Vec<String> {
    match &resource.unknown {
        Some(id) => vec![id.clone()],
        None => (source.fresh)(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields_of(operation: &str, standing: &Standing) -> Result<Vec<(String, Value)>, UnknownWord> {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        let mut number = 0;
        let mut fresh = |kind: &str| {
            number += 1;
            vec![format!("{kind}{number}")]
        };
        let account = dialect.manifest.accounts.first();
        let source = Source { dialect, account, standing, fresh: &mut fresh };
        let fields = fields(dialect.operation(operation).unwrap(), source)?;
        let json = |field: Field| match field.value {
            FieldValue::Json(value) => (field.name, value),
            _ => (field.name, json!("a file")),
        };
        Ok(fields.into_iter().map(json).filter(|(name, _)| !["appid", "bucket"].contains(&&**name)).collect())
    }

    #[test]
    fn what_stands_is_named_and_what_does_not_is_fresh() {
        let standing = Standing::default().with("person", ["p"]).with("face", ["7"]);
        let named = |name: &str, value: Value| (name.to_owned(), value);
        assert_eq!(
            fields_of("delface", &standing).unwrap(),
            [named("person_id", json!("p")), named("face_ids", json!(["7"]))]
        );
        assert_eq!(
            fields_of("delface", &Standing::default()).unwrap(),
            [named("person_id", json!("person1")), named("face_ids", json!(["1"]))]
        );
    }

    #[test]
    fn a_picture_that_nobody_gave_is_told() {
        let error = fields_of("newperson", &Standing::default()).unwrap_err();
        assert_eq!(error.to_string(), "newperson: the parameter image has no valid value named portrait");
    }
}
