//! The body as a whole: what its content type says of it, whether it is there at all, and as what else it may be sent.

use lianpu_corpus::{BodyKind, Certainty};

use super::json::{as_json, meaningless};
use super::known::{MALFORMED, OTHER_VALUE, WHICH, malformed, may_be_malformed, needs_any};
use super::mutation::BodyMutation;
use super::ways::{Charset, ContentType};
use super::written::Written;
use crate::mutate::effect::{Effect, EffectOutcome};
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;
use crate::wire::{FieldValue, write_form};

impl ContentType {
    const fn text(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Multipart => "multipart/form-data; boundary=nowhere-in-the-body",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
            Self::Picture => "image/jpeg",
            Self::Nonsense => "lianpu",
        }
    }

    /// Whether it is that of a body, a boundary apart.
    const fn is_of(self, kind: BodyKind) -> bool {
        matches!((self, kind), (Self::Json, BodyKind::Json) | (Self::Form, BodyKind::Form))
    }
}

/// Changes the body or its content type, as the mutation wants it.
pub(super) fn write(mutation: &BodyMutation, making: &Making<'_>) -> Option<Written> {
    let body = making.request.body.clone();
    let by_bytes = making.ground.dialect.manifest.bodies_by_bytes.as_ref();
    let right = making.request.header("Content-Type").unwrap_or_default().to_owned();
    let typed = |kinds: Vec<String>, effect| {
        let content_type = Some(kinds);
        Some(Written { body: body.clone(), content_type, effect, hides: Hides::Nothing })
    };
    // Of a body that is not taken apart nothing is read; where something is needed that cannot pass.
    let unread = if needs_any(making) { Hides::Nothing } else { Hides::Parameters };
    match *mutation {
        BodyMutation::ContentTypeMissing {} => {
            let effect = match (making.kind, by_bytes) {
                (BodyKind::Multipart, _) => {
                    malformed(making, &format!("nothing names the boundary; {WHICH}"), Certainty::Inferred)
                }
                (_, Some(founded)) => Effect::harmless("the bytes tell what the body is", founded.certainty),
                _ => may_be_malformed(
                    "one of the vendor's clients sends JSON without a content type, to another operation",
                    Certainty::Recorded,
                ),
            };
            typed(Vec::new(), effect)
        }
        BodyMutation::ContentTypeOther { kind } => {
            let effect = match (making.kind, by_bytes) {
                (own, _) if kind.is_of(own) => Effect::harmless("it is the right one", Certainty::Documented),
                (_, Some(founded)) if matches!(kind, ContentType::Form | ContentType::Json) => {
                    Effect::harmless(
                        "the bytes tell what the body is: clients send JSON under either type",
                        founded.certainty,
                    )
                }
                (BodyKind::Multipart, _) => unsupported(false),
                (_, None) if kind == ContentType::Multipart => unsupported(false),
                _ => unsupported(true),
            };
            Some(typed(vec![kind.text().to_owned()], effect)?.hiding(unread))
        }
        BodyMutation::ContentTypeCharset { charset } => {
            let name = match charset {
                Charset::Utf8 => "UTF-8",
                Charset::Gbk => "gbk",
                Charset::Utf16 => "utf-16",
                Charset::Latin1 => "iso-8859-1",
                Charset::Nonsense => "lianpu",
            };
            let effect = match charset {
                Charset::Utf8 => Effect::harmless("the vendor's own clients say so", Certainty::Recorded),
                _ => {
                    let classes = [MALFORMED, OTHER_VALUE].concat();
                    let rule = "RFC 8259 §11: JSON has no charset; whoever obeys one reads other texts";
                    Effect::refused_or_taken(&classes, rule, Certainty::Inferred)
                }
            };
            let hides = match charset {
                Charset::Utf8 | Charset::Nonsense => Hides::Nothing,
                Charset::Gbk | Charset::Latin1 if body.is_ascii() => Hides::Nothing,
                Charset::Gbk | Charset::Latin1 | Charset::Utf16 => Hides::Parameters,
            };
            Some(typed(vec![format!("{right}; charset={name}")], effect)?.hiding(hides))
        }
        BodyMutation::ContentTypeSpelling { quoted } => {
            let odd = match quoted {
                true => format!("\"{right}\""),
                false => right.split('/').map(capital).collect::<Vec<_>>().join("/"),
            };
            typed(vec![odd], Effect::harmless("the vendor's own examples write it so", Certainty::Recorded))
        }
        BodyMutation::ContentTypeTwice { same } => {
            let other = if same { right.clone() } else { "text/plain".to_owned() };
            let effect = Effect {
                outcome: EffectOutcome::gateway(&[400], false, MALFORMED, true),
                rule: "RFC 9110 §5.3: a content type stands there once; which of two counts is not said"
                    .to_owned(),
                certainty: Certainty::Inferred,
            };
            Some(typed(vec![right, other], effect)?.hiding(unread))
        }
        BodyMutation::EmptyBody {} => {
            let effect = meaningless(making, &format!("there is no body; {WHICH}"));
            Some(Written::bytes(Vec::new(), effect).hiding(unread))
        }
        BodyMutation::RandomBody { seed, length } => {
            let effect = meaningless(making, &format!("the body has no meaning; {WHICH}"));
            Some(Written::bytes(noise(seed, usize::from(length) + 16), effect).hiding(unread))
        }
        BodyMutation::BodyAsJson {} => {
            let kinds = vec!["application/json".to_owned()];
            let body = as_json(making)?;
            let effect = match making.ground.operation.bodies.contains(&BodyKind::Json) {
                true => {
                    Effect::harmless("the operation takes JSON, the documents say", Certainty::Documented)
                }
                false => may_be_malformed("no document says that it takes JSON", Certainty::Inferred),
            };
            Some(Written { body, content_type: Some(kinds), effect, hides: Hides::Types(OTHER_VALUE) })
        }
        BodyMutation::BodyAsForm {} => {
            let multipart = making.ground.operation.bodies.contains(&BodyKind::Multipart);
            if multipart && making.fields.iter().any(|field| !matches!(field.value, FieldValue::Json(_))) {
                return None;
            }
            let kinds = vec!["application/x-www-form-urlencoded".to_owned()];
            Some(Written {
                body: write_form(&making.fields),
                content_type: Some(kinds),
                effect: as_form(making),
                hides: Hides::Types(OTHER_VALUE),
            })
        }
        _ => None,
    }
}

/// What a form means in place of the right body.
fn as_form(making: &Making<'_>) -> Effect {
    let operation = making.ground.operation;
    if operation.elements.is_some() {
        return malformed(making, "a list is asked for, and a form is not one", Certainty::Documented);
    }
    // What nests in JSON has no place in a form.
    let nests = making.fields.iter().any(|field| {
        field.name.contains('.')
            || matches!(&field.value, FieldValue::Json(value) if value.is_object() || value.is_array())
    });
    match &making.ground.dialect.manifest.bodies_by_bytes {
        _ if operation.bodies.contains(&BodyKind::Form) => {
            Effect::harmless("the operation takes forms, the documents say", Certainty::Documented)
        }
        Some(founded) if !nests => {
            Effect::harmless("some of the vendor's clients send forms", founded.certainty)
        }
        _ => may_be_malformed("no document says that it takes forms", Certainty::Inferred),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn unsupported(or_taken: bool) -> Effect {
    Effect {
        outcome: EffectOutcome::gateway(&[415], false, MALFORMED, or_taken),
        rule: format!("the content type is another body's; {WHICH}"),
        certainty: Certainty::Inferred,
    }
}

/// Bytes without a meaning; the first is that of no text.
fn noise(seed: u8, length: usize) -> Vec<u8> {
    let mut state = u32::from(seed) * 2_654_435 + 88_675_123;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    std::iter::once(0xFE).chain(std::iter::repeat_with(next)).take(length).collect()
}
