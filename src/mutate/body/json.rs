//! JSON bodies written wrongly, or rightly in ways that few write them.

use lianpu_corpus::{BodyKind, Certainty, ConditionClass as Class, Operation, Parameter};
use serde_json::Value;

use super::known::{
    IDENTITY, MALFORMED, NO_PICTURE, OTHER_VALUE, WHICH, malformed, may_be_malformed, needs_any, refusals,
};
use super::mutation::BodyMutation;
use super::ways::{Relaxed, TopLevel, Trailing};
use super::written::Written;
use crate::mutate::effect::{Effect, Refusal};
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;
use crate::wire::{Field, FieldValue, Json};

/// Writes the body anew, as the mutation wants it.
pub(super) fn write(mutation: &BodyMutation, making: &Making<'_>) -> Option<Written> {
    if making.kind != BodyKind::Json {
        return None;
    }
    let mut body = tree(making.ground.operation.elements, &making.fields);
    let mut hides = Hides::Nothing;
    let effect = match *mutation {
        BodyMutation::JsonBom {} => {
            let bytes = [b"\xEF\xBB\xBF", &body.write()[..]].concat();
            let effect = may_be_malformed(
                "RFC 8259 §8.1: a byte order mark is not to be sent, and may be passed over",
                Certainty::Inferred,
            );
            return Some(Written::bytes(bytes, effect));
        }
        BodyMutation::JsonDuplicateKey { parameter, same, first } => {
            let (name, effect) = duplicate(making.ground.operation, &mut body, parameter, same, first)?;
            hides = Hides::Parameter(name);
            effect
        }
        BodyMutation::JsonDeep { depth } => {
            let depth = usize::from(depth) % 5000 + 1;
            let nested = [vec![b'['; depth], vec![b']'; depth]].concat();
            push(&mut body, nested);
            match depth {
                0..=20 => Effect::harmless("a member that nobody knows is passed over", Certainty::Inferred),
                _ => may_be_malformed(
                    "RFC 8259 §9: how deep lists may nest is for the parser to say",
                    Certainty::Inferred,
                ),
            }
        }
        BodyMutation::JsonHugeNumber { digits } => {
            push(&mut body, if digits { vec![b'9'; 400] } else { b"1e999".to_vec() });
            may_be_malformed(
                "RFC 8259 §6: how great numbers may be is for the parser to say",
                Certainty::Inferred,
            )
        }
        BodyMutation::JsonLoneSurrogate { low } => {
            push(&mut body, if low { br#""\udc00""#.to_vec() } else { br#""\ud800""#.to_vec() });
            may_be_malformed(
                "RFC 8259 §8.2: what becomes of half a surrogate pair is not predictable",
                Certainty::Inferred,
            )
        }
        BodyMutation::JsonInvalidUtf8 { byte } => {
            push(&mut body, vec![b'"', byte | 0x80, b'"']);
            may_be_malformed("RFC 8259 §8.1: JSON is UTF-8, and this is not", Certainty::Inferred)
        }
        BodyMutation::JsonTrailing { what } => {
            let more: &[u8] = match what {
                Trailing::Blank => b" \r\n\t\n",
                Trailing::Text => b"x",
                Trailing::Object => b"{}",
                Trailing::Comma => b",",
                Trailing::Nul => b"\0",
            };
            let effect = match what {
                Trailing::Blank => Effect::harmless("RFC 8259 §2: blanks may follow", Certainty::Inferred),
                _ => malformed(
                    making,
                    &format!("RFC 8259 §2: a JSON text is one value and nothing more; {WHICH}"),
                    Certainty::Inferred,
                ),
            };
            return Some(Written::bytes([&body.write()[..], more].concat(), effect));
        }
        BodyMutation::JsonRelaxed { how } => return Some(relaxed(&mut body, how)),
        BodyMutation::JsonTopLevel { how } => {
            let text = body.write();
            body = match how {
                TopLevel::EmptyList => Json::List(Vec::new()),
                TopLevel::Listed => Json::List(vec![body]),
                TopLevel::Text => Json::Value(Value::from(String::from_utf8_lossy(&text))),
                TopLevel::Number => Json::Value(Value::from(7)),
                TopLevel::Null => Json::Value(Value::Null),
                TopLevel::True => Json::Value(Value::Bool(true)),
            };
            malformed(
                making,
                &format!("the body is of another shape than the documents'; {WHICH}"),
                Certainty::Recorded,
            )
        }
        BodyMutation::JsonElements { how } => {
            let own = making.ground.operation.elements?;
            let count = [0, own + 1, own + 8][usize::from(how % 3)];
            body = Json::list(&making.fields, count);
            let classes: &[Class] = match count {
                0 => &[Class::PictureCount, Class::Presence, Class::BodyMalformed],
                _ => &[Class::PictureCount],
            };
            Effect::refused(
                classes,
                &format!("{count} pictures, which no document takes here"),
                Certainty::Documented,
            )
        }
        BodyMutation::JsonUtf16 { little, mark } => {
            let effect = may_be_malformed(
                "RFC 8259 §8.1: JSON is UTF-8; RFC 4627 had UTF-16 too",
                Certainty::Inferred,
            );
            return Some(Written::bytes(utf16(&body.write(), little, mark), effect));
        }
        BodyMutation::JsonEscaped {} => {
            let effect = Effect::harmless("RFC 8259 §7: any character may be escaped", Certainty::Inferred);
            return Some(Written::bytes(escaped(&body.write()), effect));
        }
        BodyMutation::JsonBlanks {} => {
            let effect =
                Effect::harmless("RFC 8259 §2: blanks may stand between tokens", Certainty::Inferred);
            return Some(Written::bytes(spaced(&body.write()), effect));
        }
        BodyMutation::JsonCut { percent } => {
            let mut text = body.write();
            let at = text.len() * usize::from(percent % 100) / 100;
            text.truncate(at.clamp(1, text.len() - 1));
            let effect = malformed(
                making,
                &format!("RFC 8259: a text that is cut off is no JSON; {WHICH}"),
                Certainty::Inferred,
            );
            return Some(Written::bytes(text, effect));
        }
        _ => return None,
    };
    Some(Written::bytes(body.write(), effect).hiding(hides))
}

fn tree(elements: Option<usize>, fields: &[Field]) -> Json {
    match elements {
        Some(elements) => Json::list(fields, elements),
        None => Json::object(fields, 0),
    }
}

/// Adds a member that nobody knows.
fn push(body: &mut Json, raw: Vec<u8>) {
    if let Some(members) = body.members() {
        members.push(("lianpu".to_owned(), Json::Raw(raw)));
    }
}

/// Writes a member twice: its name, and what that breaks.
fn duplicate(
    operation: &Operation,
    body: &mut Json,
    index: u8,
    same: bool,
    first: bool,
) -> Option<(String, Effect)> {
    let members = body.members()?;
    if members.is_empty() {
        members.push(("lianpu".to_owned(), Json::Value(Value::from("lianpu"))));
    }
    let (name, value) = members[usize::from(index) % members.len()].clone();
    let value = if same { value } else { Json::Value(Value::from("lianpu")) };
    let at = if first { 0 } else { members.len() };
    members.insert(at, (name.clone(), value));
    let rule = format!("RFC 8259 §4: which of two members named {name} counts is not predictable");
    if same {
        return Some((name, may_be_malformed(&rule, Certainty::Inferred)));
    }
    let named = |parameter: &&Parameter| parameter.name.split('.').next() == Some(&name);
    let own = operation.parameters.iter().filter(named).flat_map(refusals);
    let classes = [MALFORMED, OTHER_VALUE, IDENTITY, NO_PICTURE].concat();
    let refusals = classes.iter().map(Refusal::from).chain(own);
    let effect = Effect::refused_or_taken(refusals, &rule, Certainty::Inferred);
    Some((name, effect))
}

fn relaxed(body: &mut Json, how: Relaxed) -> Written {
    let inserted = |text: &[u8], more: &[u8]| {
        let at = text.iter().position(|byte| *byte == b'{').map_or(0, |at| at + 1);
        let comma: &[u8] = if text.get(at) == Some(&b'}') || more.starts_with(b"/*") { b"" } else { b"," };
        [&text[..at], more, comma, &text[at..]].concat()
    };
    let text = body.write();
    let bytes = match how {
        Relaxed::Comment => inserted(&text, b"/* lianpu */"),
        Relaxed::TrailingComma => {
            let at = text.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
            [&text[..at], b",", &text[at..]].concat()
        }
        Relaxed::SingleQuotes => inserted(&text, b"'lianpu':1"),
        Relaxed::BareName => inserted(&text, b"lianpu:1"),
        Relaxed::NotANumber => inserted(&text, b"\"lianpu\":NaN"),
        Relaxed::LeadingZero => inserted(&text, b"\"lianpu\":007"),
        Relaxed::ControlCharacter => inserted(&text, b"\"lianpu\":\"a\x01b\""),
        Relaxed::OddEscape => inserted(&text, br#""lianpu":"\x41""#),
    };
    let rule = "RFC 8259 §9: what is no JSON may be taken as an extension of it";
    Written::bytes(bytes, may_be_malformed(rule, Certainty::Inferred))
}

fn utf16(text: &[u8], little: bool, mark: bool) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// Every character of every text as `\uXXXX`; escapes stay.
fn escaped(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut out = String::with_capacity(text.len() * 6);
    let (mut within, mut after_backslash) = (false, false);
    for character in text.chars() {
        match character {
            _ if after_backslash => {
                out.push(character);
                after_backslash = false;
            }
            '"' => {
                within = !within;
                out.push('"');
            }
            '\\' if within => {
                out.push('\\');
                after_backslash = true;
            }
            _ if within => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => out.push(character),
        }
    }
    out.into_bytes()
}

/// Blanks of every kind between all tokens.
fn spaced(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let (mut within, mut after_backslash) = (false, false);
    for byte in text {
        let token = !within && matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',');
        if token {
            out.extend_from_slice(b"\r\n\t ");
        }
        out.push(*byte);
        if token {
            out.extend_from_slice(b" \n");
        }
        match byte {
            b'"' if !after_backslash => within = !within,
            _ => {}
        }
        after_backslash = within && *byte == b'\\' && !after_backslash;
    }
    out
}

/// The bytes of the body as JSON, where all of it can be said so.
pub(super) fn as_json(making: &Making<'_>) -> Option<Vec<u8>> {
    let carried = making.fields.iter().all(|field| matches!(field.value, FieldValue::Json(_)));
    let multipart = making.ground.operation.bodies.contains(&BodyKind::Multipart);
    (carried || !multipart).then(|| tree(making.ground.operation.elements, &making.fields).write())
}

/// What a body of nothing, or of no meaning, is: malformed, unless nothing is needed.
pub(super) fn meaningless(making: &Making<'_>, rule: &str) -> Effect {
    if needs_any(making) {
        malformed(making, rule, Certainty::Inferred)
    } else {
        may_be_malformed(&format!("{rule}; but the operation needs no parameter"), Certainty::Inferred)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_blanks_say_the_same() {
        let value = serde_json::json!({"a\"b\\": ["x:{,}", "脸😀\n", 1.5, null], "c": {}});
        let text = value.to_string();
        for odd in [escaped(text.as_bytes()), spaced(text.as_bytes())] {
            assert_ne!(odd, text.as_bytes());
            assert_eq!(serde_json::from_slice::<Value>(&odd).unwrap(), value);
        }
        assert!(!escaped(text.as_bytes()).contains(&b'x'));
    }

    #[test]
    fn utf_16_is_what_it_says() {
        assert_eq!(utf16(b"{}", true, true), [0xFF, 0xFE, b'{', 0, b'}', 0]);
        assert_eq!(utf16(b"{}", false, false), [0, b'{', 0, b'}']);
    }

    #[test]
    fn what_only_some_parsers_take_is_no_json() {
        use Relaxed::{
            BareName, Comment, ControlCharacter, LeadingZero, NotANumber, OddEscape, SingleQuotes,
            TrailingComma,
        };
        for how in [
            Comment,
            TrailingComma,
            SingleQuotes,
            BareName,
            NotANumber,
            LeadingZero,
            ControlCharacter,
            OddEscape,
        ] {
            for fields in [&[][..], &[Field { name: "a".into(), value: FieldValue::Json(Value::from(1)) }]] {
                let written = relaxed(&mut Json::object(fields, 0), how);
                assert!(serde_json::from_slice::<Value>(&written.body).is_err(), "{how:?}");
            }
        }
    }
}
