//! The signature that carries its text: fields, then text, digest, envelope, header. A mutation spoils one of the steps.
//!
//! The list is in `mutation`, what it leaves to be drawn in `parameters`, a file a step carries it out. Start with [`sign`].

mod envelope;
mod fields;
mod header;
mod mutation;
mod parameters;
mod signing;
mod tenant;

pub use mutation::PlaintextMutation;
pub use parameters::{
    AfterSigning, FieldName, Foreign, LineBreak, NotANumber, NumberField, PlainField, SchemeWord,
    SecondHeader, Separator, ShortForm, SignedInstead, Spelling, TimeField,
};
use signing::EnvelopeWriter;

use crate::mutate::making::Making;
use crate::sign::Lacking;

/// Signs the request in the making as the mutation wants it.
pub(super) fn sign(mutation: &PlaintextMutation, making: &mut Making<'_>) -> Result<(), Lacking> {
    let mut writer = EnvelopeWriter::of(making.ground.circumstances());
    let mut effects = Vec::new();
    effects.extend(fields::change(mutation, &mut writer));
    effects.extend(tenant::change(mutation, &mut writer)?);
    let (envelope, effect) = envelope::write(mutation, &writer);
    effects.extend(effect);
    making.signed_text = Some(String::from_utf8_lossy(&envelope.signed).into_owned());
    effects.extend(header::carry(mutation, &envelope.text, making));
    making.sent_before = match mutation {
        PlaintextMutation::Replayed { times } => u32::from(*times),
        PlaintextMutation::OneTimeReplayed {} => 1,
        _ => 0,
    };
    making.effects.extend(effects);
    Ok(())
}
