//! What the mutations of bodies must know of an operation: which parameters it needs, how it refuses them, and the
//! classes of conditions that the documents do not tell apart.

use lianpu_corpus::{
    Certainty, ConditionClass as Class, Dialect, Operation, Parameter, ParameterType, Which, Word,
};

use crate::mutate::effect::{Effect, Refusal};
use crate::mutate::making::Making;

/// Of a body that cannot be taken apart: malformed, or without its parameters.
pub(super) const MALFORMED: &[Class] =
    &[Class::RequestMalformed, Class::Form, Class::Presence, Class::BodyMalformed];
/// Of a parameter that is not seen.
pub(super) const LOST: &[Class] =
    &[Class::RequestMalformed, Class::Form, Class::Presence, Class::PictureAbsent];
/// Of a picture that comes as other bytes.
pub(super) const NO_PICTURE: &[Class] = &[Class::PictureFormat, Class::PictureDamaged, Class::PictureForm];
/// Of who asks: an appid or a bucket that is not the signature's.
pub(super) const IDENTITY: &[Class] = &[
    Class::CredentialsMisdirected,
    Class::TenantUnknown,
    Class::SpaceUnknown,
    Class::Form,
    Class::Presence,
    Class::Limit,
    Class::RequestMalformed,
];
/// Of a value of the right type that is another than the valid one: it may name what is not there, or what is there.
pub(super) const OTHER_VALUE: &[Class] = &[
    Class::Form,
    Class::Presence,
    Class::RequestMalformed,
    Class::ThingUnknown,
    Class::ThingExists,
    Class::ReferenceUnknown,
    Class::MatchAbsent,
    Class::PictureDamaged,
    Class::PictureFormat,
    Class::Permission,
];

/// The documents do not say which of the codes for bodies answers.
pub(super) const WHICH: &str =
    "the documents do not divide a malformed body from one without, or with invalid, parameters";

/// Whether a parameter says who asks.
pub(super) fn is_identity(dialect: &Dialect, parameter: &Parameter) -> bool {
    dialect.manifest.names_account(parameter.valid.as_deref())
}

/// Whether it carries pictures as bytes.
pub(super) fn is_picture(parameter: &Parameter) -> bool {
    matches!(parameter.kind, ParameterType::Picture | ParameterType::Pictures)
}

/// Whether it carries addresses of pictures.
pub(super) fn is_address(parameter: &Parameter) -> bool {
    matches!(parameter.kind, ParameterType::Url | ParameterType::Urls)
}

/// Whether it names something at the target.
pub(super) fn is_id(dialect: &Dialect, parameter: &Parameter) -> bool {
    let word = dialect.manifest.word_of(parameter);
    matches!(word, Some(Word::Thing { which: Which::Standing | Which::Fresh, .. }))
}

/// Whether a valid request must have it: by itself, or because nothing stands in its place. Whether a person may be
/// made without a picture the documents leave open.
pub(super) fn is_needed(dialect: &Dialect, operation: &Operation, parameter: &Parameter) -> bool {
    let creates = dialect.manifest.role("create-person") == Some(&operation.name);
    let alone = parameter.valid.is_some() && parameter.instead.is_some();
    parameter.required || (alone && !(creates && is_picture(parameter)))
}

/// Whether some parameter of the operation is needed.
pub(super) fn needs_any(making: &Making<'_>) -> bool {
    let operation = making.ground.operation;
    operation.parameters.iter().any(|parameter| is_needed(making.ground.dialect, operation, parameter))
}

/// What a wrong value is refused for: the conditions that the data name for the parameter, else those of any parameter.
pub(super) fn refusals(parameter: &Parameter) -> Vec<Refusal> {
    match &parameter.refusal {
        Some(own) => {
            std::iter::once(own).chain(&parameter.refusal_or).cloned().map(Refusal::Condition).collect()
        }
        None => [Class::Form, Class::RequestMalformed, Class::Presence].map(Refusal::Of).to_vec(),
    }
}

/// The parameter of a part such as `images[0]`.
pub(super) fn parameter_of<'o>(operation: &'o Operation, part: &str) -> Option<&'o Parameter> {
    operation.parameter(part.split('[').next().unwrap_or(part))
}

/// A body that cannot be taken apart. Where the body is a list, that may count as a wrong number of pictures.
pub(super) fn malformed(making: &Making<'_>, rule: &str, certainty: Certainty) -> Effect {
    let mut classes = MALFORMED.to_vec();
    if making.ground.operation.elements.is_some() {
        classes.push(Class::PictureCount);
    }
    Effect::refused(&classes, rule, certainty)
}

/// A body that may be found malformed.
pub(super) fn may_be_malformed(rule: &str, certainty: Certainty) -> Effect {
    Effect::refused_or_taken(MALFORMED, rule, certainty)
}

/// A part whose parameter is not seen by whoever passes over what is malformed.
pub(super) fn lost(making: &Making<'_>, part: &str, rule: &str) -> Effect {
    let operation = making.ground.operation;
    let needed = parameter_of(operation, part)
        .is_some_and(|parameter| is_needed(making.ground.dialect, operation, parameter));
    let classes = [LOST, &[Class::CredentialsMisdirected, Class::SpaceUnknown]].concat();
    if needed {
        Effect::refused(&classes, rule, Certainty::Inferred)
    } else {
        Effect::refused_or_taken(&classes, rule, Certainty::Inferred)
    }
}
