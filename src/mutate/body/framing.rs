//! How the request is put on the wire: another method, lengths that lie, lengths that are no numbers, chunks. What a length that
//! is too short leaves of the body is judged in `cut`.

use lianpu_corpus::{Certainty, ConditionClass as Class};

use super::cut::Left;
use super::known::{MALFORMED, NO_PICTURE, OTHER_VALUE, needs_any};
use super::mutation::BodyMutation;
use super::ways::{Method, NoLength};
use crate::mutate::effect::{Effect, EffectOutcome};
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;
use crate::wire::Length;

/// Changes how the body is delimited, says what that breaks, and what of the body may not be read any more.
pub(super) fn apply(mutation: &BodyMutation, making: &mut Making<'_>) -> Hides {
    let mut hides = Hides::Nothing;
    let length = making.request.body.len();
    let (outcome, rule) = match *mutation {
        BodyMutation::MethodOther { method } => {
            let method = match method {
                Method::Get => "GET",
                Method::Put => "PUT",
                Method::Delete => "DELETE",
                Method::Face => "FACE",
            };
            method.clone_into(&mut making.request.method);
            // A signature that covers the method is one of another request now.
            let classes = [MALFORMED, &[Class::OperationUnknown, Class::CredentialsWrong]].concat();
            (
                EffectOutcome::gateway(&[400, 404, 405, 424, 501], true, &classes, false),
                "every operation is documented with one method; the status table has 424 for another, RFC 9110 §15.5.6 405",
            )
        }
        BodyMutation::LengthShort { by } => {
            let short = length.saturating_sub(usize::from(by) + 1);
            making.framing.length = Length::Says(short.to_string());
            let left = Left::of(making, short);
            let classes = match left {
                Some(Left::Fewer) => [MALFORMED, OTHER_VALUE, NO_PICTURE].concat(),
                _ => MALFORMED.to_vec(),
            };
            hides = left.map_or(Hides::Nothing, Left::hides);
            (
                EffectOutcome::gateway(&[400], true, &classes, left.is_some()),
                "RFC 9112 §6.3: the body ends where Content-Length says, so it is cut off",
            )
        }
        BodyMutation::LengthLong { by } => {
            making.framing.length = Length::Says((length + usize::from(by) + 1).to_string());
            (
                EffectOutcome::gateway(&[400, 408, 413], true, MALFORMED, false),
                "RFC 9112 §6.3: the body is not complete before Content-Length says so, and the rest never comes",
            )
        }
        BodyMutation::LengthAbsent {} => {
            making.framing.length = Length::Absent;
            let or_taken = length == 0 || !needs_any(making);
            hides = Hides::Everything;
            (
                EffectOutcome::gateway(&[411, 400], true, MALFORMED, or_taken),
                "RFC 9112 §6.3: a request without a length has no body; a service may want one (411, the documents say)",
            )
        }
        BodyMutation::LengthTwice { same } => {
            let second = if same { length } else { length + 1 };
            making.framing.length = Length::Twice(second.to_string());
            (
                EffectOutcome::gateway(&[400], true, MALFORMED, same),
                "RFC 9112 §6.3: two lengths are an error, unless they are the same",
            )
        }
        BodyMutation::LengthNoNumber { how } => {
            let (text, or_taken) = match how {
                NoLength::Word => ("many".to_owned(), false),
                NoLength::Negative => (format!("-{length}"), false),
                NoLength::Plus => (format!("+{length}"), true),
                NoLength::Hexadecimal => (format!("0x{length:x}"), false),
                NoLength::Empty => (String::new(), false),
                NoLength::Huge => ("99999999999999999999999".to_owned(), false),
                NoLength::Fraction => (format!("{length}.0"), false),
                NoLength::List => (format!("{length}, {length}"), true),
            };
            making.framing.length = Length::Says(text);
            let classes = [MALFORMED, &[Class::BodyTooLong]].concat();
            (
                EffectOutcome::gateway(&[400, 411, 413], true, &classes, or_taken),
                "RFC 9112 §6.3: a length that is no number is an error",
            )
        }
        BodyMutation::Chunked { bytes } => {
            making.framing.chunked = Some(usize::from(bytes) + 1);
            (
                EffectOutcome::gateway(&[411], false, &[], true),
                "RFC 9112 §7.1: every server takes chunks, but a service may want a length (411, the documents say)",
            )
        }
        BodyMutation::ChunkedAndLength { bytes, right } => {
            making.framing.chunked = Some(usize::from(bytes) + 1);
            let says = if right { length } else { length / 2 };
            making.framing.length = Length::Says(says.to_string());
            (
                EffectOutcome::gateway(&[400, 411], true, MALFORMED, true),
                "RFC 9112 §6.1: chunks and a length together may be refused, or the length passed over",
            )
        }
        _ => return hides,
    };
    making.effects.push(Effect { outcome, rule: rule.to_owned(), certainty: Certainty::Inferred });
    hides
}
