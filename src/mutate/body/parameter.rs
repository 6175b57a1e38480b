//! What the parameters say: each left out, emptied, of another type, out of its range, too long, or of wrong characters.
//!
//! Which row refuses what stands in the operations' tables; here is only how it is made.

use lianpu_corpus::{BodyKind, Certainty, ConditionClass as Class, Parameter, ParameterType};
use serde_json::{Value, json};

use super::known::{
    IDENTITY, NO_PICTURE, OTHER_VALUE, is_address, is_id, is_identity, is_needed, is_picture, refusals,
};
use super::mutation::BodyMutation;
use super::ways::{Characters, Swap};
use crate::mutate::effect::{Effect, Refusal};
use crate::mutate::making::Making;
use crate::mutate::rows::has_row;
use crate::wire::{Field, FieldValue};

/// Longer than any limit that a service has.
const FAR_TOO_LONG: usize = 65_536;

impl Swap {
    fn value(self, number: u64) -> Value {
        match self {
            Self::Number => json!(number),
            Self::Fraction => json!(0.5),
            Self::Text => json!("x"),
            Self::Boolean => json!(true),
            Self::List => json!([]),
            Self::Object => json!({}),
            Self::ListOfObjects => json!([{}]),
        }
    }
}

impl Characters {
    const fn text(self) -> &'static str {
        match self {
            Self::Hyphen => "-",
            Self::Space => " ",
            Self::Chinese => "组",
            Self::Slash => "/",
            Self::Tab => "\t",
            Self::LineBreak => "\n",
            Self::Nul => "\0",
            Self::Emoji => "😀",
            Self::Quote => "\"",
            Self::Direction => "\u{202E}",
        }
    }
}

/// Changes a parameter of the request in the making and says what that breaks.
pub(super) fn apply(mutation: &BodyMutation, making: &mut Making<'_>) {
    let effect = match *mutation {
        BodyMutation::ParameterDropped { parameter } => dropped(making, parameter),
        BodyMutation::ParameterEmptied { parameter } => emptied(making, parameter),
        BodyMutation::ParameterNull { parameter } => null(making, parameter),
        BodyMutation::ParameterType { parameter, swap } => swapped(making, parameter, swap),
        BodyMutation::ParameterLong { parameter } => long(making, parameter),
        BodyMutation::ParameterAtLimit { parameter, over } => at_limit(making, parameter, over),
        BodyMutation::ParameterCharacters { parameter, characters } => {
            characters_of(making, parameter, characters)
        }
        BodyMutation::ParameterRange { parameter, greatest, beyond } => {
            range(making, parameter, greatest, beyond)
        }
        BodyMutation::ParameterWrong { parameter, choice } => wrong(making, parameter, choice),
        BodyMutation::ParameterRight { parameter, choice } => right(making, parameter, choice),
        BodyMutation::ParameterRecased { parameter } => recased(making, parameter),
        BodyMutation::ParameterUnknown { number, swap } => Some(unknown(making, number, swap)),
        BodyMutation::ListEntry { parameter, empty } => list_entry(making, parameter, empty),
        BodyMutation::UrlBesidePicture {} => url_beside_picture(making),
        _ => None,
    };
    making.effects.extend(effect);
}

/// One of the parameters that are so.
fn choose(making: &Making<'_>, index: u8, so: impl Fn(&Parameter) -> bool) -> Option<&'static Parameter> {
    let open: Vec<_> = making.ground.operation.parameters.iter().filter(|parameter| so(parameter)).collect();
    open.get(usize::from(index) % open.len().max(1)).copied()
}

fn put(making: &mut Making<'_>, parameter: &Parameter, value: Value) {
    let value = FieldValue::Json(value);
    match making.fields.iter_mut().find(|field| field.name == parameter.name) {
        Some(field) => field.value = value,
        None => making.fields.push(Field { name: parameter.name.clone(), value }),
    }
}

/// Whether a request has it before anything is changed.
fn is_given(making: &Making<'_>, parameter: &Parameter) -> bool {
    making.fields.iter().any(|field| field.name == parameter.name)
}

/// What a wrong value means. Where no row is for it, or nobody need read the parameter, it may pass.
fn refused(making: &Making<'_>, parameter: &Parameter, rule: &str) -> Effect {
    let mut refusals = refusals(parameter);
    let has_own = parameter.refusal.is_some() || has_row(making, Class::Form);
    let is_read = parameter.valid.is_some()
        || parameter.refusal.is_some()
        || matches!(parameter.kind, ParameterType::Integer | ParameterType::Digits | ParameterType::Number);
    let inferred = parameter.lenient && parameter.certainty == Certainty::Inferred;
    let rule = format!("{}: {rule}", parameter.name);
    if has_own && is_read && !inferred {
        return Effect::refused(refusals, &rule, Certainty::Inferred);
    }
    refusals.push(Class::Presence.into());
    Effect::refused_or_taken(refusals, &format!("{rule}, but no row is only for that"), Certainty::Inferred)
}

/// What a wrong value of a parameter is refused for, and these classes.
fn refusals_and(parameter: &Parameter, classes: &[Class]) -> Vec<Refusal> {
    refusals(parameter).into_iter().chain(classes.iter().map(Refusal::from)).collect()
}

/// What may become of any other value.
fn open(parameter: &Parameter, rule: &str) -> Effect {
    let refusals = refusals_and(parameter, OTHER_VALUE);
    Effect::refused_or_taken(refusals, &format!("{}: {rule}", parameter.name), Certainty::Inferred)
}

/// What it means that a parameter is not there.
fn absent(making: &Making<'_>, parameter: &Parameter) -> Effect {
    let operation = making.ground.operation;
    let rule = format!("{} is absent", parameter.name);
    let mut classes = vec![Class::Presence];
    if is_identity(making.ground.dialect, parameter) {
        classes = IDENTITY.to_vec();
    } else if is_picture(parameter) {
        classes.push(Class::PictureAbsent);
        classes.extend(operation.elements.map(|_| Class::PictureCount));
    } else if parameter.refusal.is_none() {
        classes.push(Class::Form);
    }
    if is_needed(making.ground.dialect, operation, parameter) {
        return Effect::refused(&classes, &rule, parameter.certainty);
    }
    if parameter.valid.is_some() {
        let rule = format!(
            "{rule}: the documents call it optional, and leave open what a request without it asks for"
        );
        return Effect::refused_or_taken(&classes, &rule, Certainty::Inferred);
    }
    Effect::harmless(&format!("{rule}: the documents call it optional"), Certainty::Documented)
}

fn dropped(making: &mut Making<'_>, index: u8) -> Option<Effect> {
    let parameter = choose(making, index, |parameter| is_given(making, parameter))?;
    making.fields.retain(|field| field.name != parameter.name);
    Some(absent(making, parameter))
}

fn emptied(making: &mut Making<'_>, index: u8) -> Option<Effect> {
    let parameter = choose(making, index, |parameter| !is_address(parameter))?;
    let list = matches!(parameter.kind, ParameterType::Strings | ParameterType::Pictures);
    let given = is_given(making, parameter);
    match parameter.kind {
        ParameterType::Pictures if given => {
            let field = making.fields.iter_mut().find(|field| field.name == parameter.name)?;
            field.value = FieldValue::Files(Vec::new());
        }
        _ => put(making, parameter, if list { json!([]) } else { json!("") }),
    }
    let mut classes = vec![Class::Presence, Class::Form];
    if is_identity(making.ground.dialect, parameter) {
        classes.extend(IDENTITY);
    }
    if is_picture(parameter) {
        classes.extend([Class::PictureAbsent, Class::PictureDamaged, Class::PictureFormat]);
        classes.extend(making.ground.operation.elements.map(|_| Class::PictureCount));
    }
    let refusals = refusals_and(parameter, &classes);
    let rule = format!("{} is empty", parameter.name);
    let needed = is_needed(making.ground.dialect, making.ground.operation, parameter);
    if needed && given {
        return Some(Effect::refused(refusals, &rule, parameter.certainty));
    }
    let rule = format!("{rule}, which may count as absent");
    Some(Effect::refused_or_taken(refusals, &rule, Certainty::Inferred))
}

fn null(making: &mut Making<'_>, index: u8) -> Option<Effect> {
    let json = making.kind == BodyKind::Json;
    let parameter = choose(making, index, |p| !is_address(p) && (json || !is_picture(p)))?;
    let given = is_given(making, parameter);
    put(making, parameter, Value::Null);
    if is_identity(making.ground.dialect, parameter) {
        return Some(identity(parameter, "null"));
    }
    if !json {
        return Some(open(
            parameter,
            "the text null, which one of the vendor's clients sends for what is absent",
        ));
    }
    let needed = given && is_needed(making.ground.dialect, making.ground.operation, parameter);
    let mut classes = vec![Class::Presence, Class::Form, Class::PictureAbsent];
    classes.extend(making.ground.operation.elements.map(|_| Class::PictureCount));
    let refusals = refusals_and(parameter, &classes);
    let rule = format!("{} is null: absent, or of a wrong type", parameter.name);
    Some(if needed {
        Effect::refused(refusals, &rule, Certainty::Inferred)
    } else {
        Effect::refused_or_taken(refusals, &rule, Certainty::Inferred)
    })
}

/// Another value of appid or bucket; a bucket may be left out, and so pass where it is no bucket's name.
fn identity(parameter: &Parameter, what: &str) -> Effect {
    let rule = format!("{} is {what}: not the signature's, or no value of it", parameter.name);
    if parameter.required {
        return Effect::refused(IDENTITY, &rule, Certainty::Documented);
    }
    Effect::refused_or_taken(IDENTITY, &rule, Certainty::Inferred)
}

fn swapped(making: &mut Making<'_>, index: u8, swap: Swap) -> Option<Effect> {
    let kind = making.kind;
    let parameter = choose(making, index, |p| !is_address(p) && (kind == BodyKind::Json || !is_picture(p)))?;
    let number = making.ground.caller.nonce;
    let as_before = (swap == Swap::Number && parameter.valid.as_deref() == Some("appid"))
        .then(|| making.ground.caller.account.part("appid").parse::<u64>().ok())
        .flatten();
    put(making, parameter, swap.value(as_before.unwrap_or(number)));
    if as_before.is_some() {
        let rule = "appid may be a number: the vendor's own examples and clients send both";
        return Some(Effect::harmless(rule, Certainty::Recorded));
    }
    if is_identity(making.ground.dialect, parameter) {
        return Some(identity(parameter, "of another type"));
    }
    Some(match fit(parameter, swap, kind) {
        Fit::Wrong => refused(making, parameter, "a value of another type"),
        Fit::Open => open(parameter, "a value that may be taken for one of its type"),
        Fit::Absent => {
            let absent = absent(making, parameter);
            match is_needed(making.ground.dialect, making.ground.operation, parameter) {
                true => absent,
                false => open(parameter, "an empty list"),
            }
        }
    })
}

/// How a value of another type is seen.
enum Fit {
    /// As one of a wrong type.
    Wrong,
    /// Perhaps as one of the right type.
    Open,
    /// As none.
    Absent,
}

fn fit(parameter: &Parameter, swap: Swap, kind: BodyKind) -> Fit {
    use ParameterType as Type;
    if kind == BodyKind::Multipart {
        // Everything is a text there; only lists differ, in their names.
        return match (parameter.kind, swap) {
            (_, Swap::List) => Fit::Absent,
            (Type::Integer | Type::Digits | Type::Number, Swap::Number) => Fit::Open,
            (Type::Integer | Type::Digits | Type::Number, _)
            | (Type::String | Type::Boolean | Type::Object, Swap::ListOfObjects) => Fit::Wrong,
            _ => Fit::Open,
        };
    }
    match (parameter.kind, swap) {
        (Type::Strings, Swap::List) => Fit::Absent,
        (Type::String, Swap::Object | Swap::List | Swap::ListOfObjects) if kind == BodyKind::Json => {
            Fit::Wrong
        }
        (Type::String, _)
        | (Type::Integer | Type::Digits | Type::Number, Swap::Number)
        | (Type::Number, Swap::Fraction)
        | (Type::Boolean, Swap::Boolean)
        | (Type::Object, Swap::Object | Swap::Text) => Fit::Open,
        _ => Fit::Wrong,
    }
}

fn long(making: &mut Making<'_>, index: u8) -> Option<Effect> {
    let parameter =
        choose(making, index, |p| matches!(p.kind, ParameterType::String | ParameterType::Strings))?;
    let bytes = parameter.refused_length.unwrap_or(FAR_TOO_LONG);
    put(making, parameter, text(parameter, bytes));
    if is_identity(making.ground.dialect, parameter) {
        return Some(identity(parameter, "too long"));
    }
    Some(too_long(making, parameter, bytes))
}

fn too_long(making: &Making<'_>, parameter: &Parameter, bytes: usize) -> Effect {
    let rule = format!("{} is {bytes} bytes long", parameter.name);
    if parameter.refused_length.is_some_and(|refused| bytes >= refused) {
        return Effect::refused(refusals(parameter), &rule, Certainty::Documented);
    }
    if has_row(making, Class::Limit) {
        let listed = matches!(parameter.kind, ParameterType::Strings) && parameter.valid.is_none();
        let rule = format!("{rule} (row -1304)");
        return match listed {
            false => Effect::refused([Class::Limit], &rule, Certainty::Documented),
            true => Effect::refused_or_taken([Class::Limit], &rule, Certainty::Inferred),
        };
    }
    open(parameter, "longer than anything, but the documents give no limit")
}

/// A text of so many bytes, or a list of it.
fn text(parameter: &Parameter, bytes: usize) -> Value {
    let text = "a".repeat(bytes);
    if parameter.kind == ParameterType::Strings { json!([text]) } else { json!(text) }
}

fn at_limit(making: &mut Making<'_>, index: u8, over: bool) -> Option<Effect> {
    let common =
        if has_row(making, Class::Limit) { making.ground.caller.limits.get("id-bytes") } else { None };
    let common = common.and_then(|bytes| usize::try_from(*bytes).ok());
    let dialect = making.ground.dialect;
    let limit = |p: &Parameter| {
        let texts =
            matches!(p.kind, ParameterType::String | ParameterType::Strings) && !is_identity(dialect, p);
        p.max_length.or(common.filter(|_| texts && (p.valid.is_some() || p.kind == ParameterType::String)))
    };
    let parameter = choose(making, index, |p| limit(p).is_some() || p.refused_length.is_some())?;
    let Some(longest) = limit(parameter) else {
        let refused = parameter.refused_length?;
        put(making, parameter, text(parameter, refused));
        return Some(too_long(making, parameter, refused));
    };
    put(making, parameter, text(parameter, longest + usize::from(over)));
    if over {
        return Some(too_long(making, parameter, longest + 1));
    }
    if is_id(making.ground.dialect, parameter) {
        return Some(Effect::refused_or_taken(
            OTHER_VALUE,
            "an id of the greatest length, which may name nothing",
            Certainty::Documented,
        ));
    }
    Some(Effect::harmless(&format!("{} is as long as it may be", parameter.name), Certainty::Documented))
}

fn characters_of(making: &mut Making<'_>, index: u8, characters: Characters) -> Option<Effect> {
    let dialect = making.ground.dialect;
    let parameter = choose(making, index, |p| p.charset.is_some() || is_id(dialect, p))?;
    let value = format!("{}{}z", making.ground.caller.nonce, characters.text());
    let list = parameter.kind == ParameterType::Strings;
    put(making, parameter, if list { json!([value]) } else { json!(value) });
    if parameter.charset.as_deref() == Some("word") {
        return Some(refused(making, parameter, "letters, digits and the underscore are allowed"));
    }
    Some(open(parameter, "a text of 2019 forbids blanks, slashes and line breaks, older ones nothing"))
}

fn range(making: &mut Making<'_>, index: u8, greatest: bool, beyond: bool) -> Option<Effect> {
    let parameter = choose(making, index, |p| p.range.is_some())?;
    let [least, most] = parameter.range?;
    let number = match (greatest, beyond) {
        (false, false) => least,
        (false, true) => least - 1,
        (true, false) => most,
        (true, true) => most + 1,
    };
    put(making, parameter, json!(number));
    let rule = format!("{number}, where {least} to {most} is allowed");
    Some(match (beyond, greatest && parameter.lenient) {
        (false, false) => Effect::refused_or_taken(
            [Class::MatchAbsent],
            &format!("{}: {rule}; what it asks for may find nobody", parameter.name),
            Certainty::Documented,
        ),
        (_, true) => {
            let refusals = refusals_and(parameter, &[Class::MatchAbsent]);
            let rule = format!("{}: {rule}; the documents disagree about the upper end", parameter.name);
            Effect::refused_or_taken(refusals, &rule, Certainty::Documented)
        }
        (true, false) => refused(making, parameter, &rule),
    })
}

fn wrong(making: &mut Making<'_>, index: u8, choice: u8) -> Option<Effect> {
    let parameter = choose(making, index, |p| !p.wrong.is_empty())?;
    let value = &parameter.wrong[usize::from(choice) % parameter.wrong.len()];
    put(making, parameter, serde_json::to_value(value).ok()?);
    if parameter.lenient && value.is_str() {
        let rule = format!("{} is {value}: an unknown word may be passed over", parameter.name);
        return Some(Effect::refused_or_taken(refusals(parameter), &rule, Certainty::Inferred));
    }
    Some(refused(making, parameter, &format!("{value} is wrong")))
}

fn right(making: &mut Making<'_>, index: u8, choice: u8) -> Option<Effect> {
    let parameter = choose(making, index, |p| !p.one_of.is_empty())?;
    let value = &parameter.one_of[usize::from(choice) % parameter.one_of.len()];
    put(making, parameter, serde_json::to_value(value).ok()?);
    Some(Effect::harmless(&format!("{} may be {value}", parameter.name), parameter.certainty))
}

fn recased(making: &mut Making<'_>, index: u8) -> Option<Effect> {
    let parameter = choose(making, index, |p| is_given(making, p))?;
    let field = making.fields.iter_mut().find(|field| field.name == parameter.name)?;
    field.name = field.name.to_uppercase();
    let classes = [IDENTITY, &[Class::PictureAbsent, Class::PictureCount]].concat();
    let refusals = refusals_and(parameter, &classes);
    let rule = format!("{} stands there in capitals: another name, or the same", parameter.name);
    Some(Effect::refused_or_taken(refusals, &rule, Certainty::Inferred))
}

fn unknown(making: &mut Making<'_>, number: u8, swap: Swap) -> Effect {
    let value = FieldValue::Json(swap.value(u64::from(number)));
    making.fields.push(Field { name: format!("lianpu_{number}"), value });
    Effect::harmless(
        "a parameter that nobody knows is passed over: the vendors' clients send some that the texts of the time do not list",
        Certainty::Recorded,
    )
}

fn list_entry(making: &mut Making<'_>, index: u8, empty: bool) -> Option<Effect> {
    let parameter = choose(making, index, |p| p.kind == ParameterType::Strings && is_given(making, p))?;
    let field = making.fields.iter_mut().find(|field| field.name == parameter.name)?;
    let FieldValue::Json(Value::Array(entries)) = &mut field.value else { return None };
    let more = if empty { json!("") } else { entries.first()?.clone() };
    entries.push(more);
    Some(open(parameter, if empty { "an entry is empty" } else { "an entry stands there twice" }))
}

fn url_beside_picture(making: &mut Making<'_>) -> Option<Effect> {
    let picture = choose(making, 0, |p| is_picture(p) && p.instead.is_some() && is_given(making, p))?;
    let url = making.ground.operation.parameter(picture.instead.as_deref()?)?;
    let list = url.kind == ParameterType::Urls;
    put(making, url, if list { json!(["no-address"]) } else { json!("no-address") });
    let classes = [&[Class::PictureUnreachable, Class::Form][..], NO_PICTURE].concat();
    let rule = "where both are given only the address is used, the documents say; this one leads nowhere";
    Some(Effect::refused(&classes, rule, Certainty::Documented))
}
