//! Bodies that grew so long that a server may refuse them for it alone.

use lianpu_corpus::{Certainty, ConditionClass as Class};

use super::effect::{Effect, EffectOutcome};
use super::making::Making;

/// Bytes that the other parameters may take beside the pictures.
const BESIDE: usize = 64 << 10;

/// Bytes of a body of which no document says how long it may be.
const UNTOLD: usize = 2 << 20;

/// What the length of the written body means, where it is above what the documents allow its pictures: they say what one
/// picture may have, not whether that counts what a text stands for or how it is written, nor what the whole body may have.
pub(super) fn effect(making: &Making<'_>) -> Option<Effect> {
    let or = [Class::BodyTooLong, Class::PictureSize, Class::PictureDamaged, Class::PictureForm];
    (making.request.body.len() > allowed(making)).then(|| Effect {
        outcome: EffectOutcome::gateway(&[413], true, &or, true),
        rule: "as a whole the body is longer than the documents allow its pictures to be".to_owned(),
        certainty: Certainty::Inferred,
    })
}

/// The most bytes that the documents let a body have.
fn allowed(making: &Making<'_>) -> usize {
    let limits = &making.ground.caller.limits;
    let bytes = |name: &str| limits.get(name).map(|bytes| usize::try_from(*bytes).unwrap_or(usize::MAX));
    let pictures = making.ground.operation.elements.unwrap_or(1);
    let together = |one: usize| one.saturating_mul(pictures).saturating_add(BESIDE);
    bytes("body-bytes").or_else(|| bytes("image-base64-bytes").map(together)).unwrap_or(UNTOLD)
}
